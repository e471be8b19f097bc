package dev.ashlar;

import dev.ashlar.app.cli.CommandLineTool;
import dev.ashlar.app.cli.ServeLine;
import java.util.List;

/// From arguments to an exit status: 0 done, 1 failed, 2 not understood.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(
                ServeLine.find(List.of(arguments))
                        .map(ServeLine::run)
                        .orElseGet(() -> CommandLineTool.run(arguments)));
    }
}
