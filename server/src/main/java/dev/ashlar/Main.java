package dev.ashlar;

import dev.ashlar.app.cli.CommandLineTool;

/// From arguments to an exit status: 0 done, 1 failed, 2 not understood.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineTool.run(arguments));
    }
}
