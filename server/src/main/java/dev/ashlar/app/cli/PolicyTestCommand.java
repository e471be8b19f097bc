package dev.ashlar.app.cli;

import dev.ashlar.app.StartFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `ashlar policy test`.
@Command(
        name = "test",
        description = "Run the policy tests beside the migrations.",
        mixinStandardHelpOptions = true)
final class PolicyTestCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new StartFailure("Policy tests do not run yet.", "They come with the next change.");
    }
}
