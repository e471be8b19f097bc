package dev.ashlar.app.cli;

import dev.ashlar.app.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ashlar version`.
@Command(
        name = "version",
        description = "Print the version of Ashlar and of the Java that runs it.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class VersionCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .println("ashlar " + Version.current() + " (Java " + Runtime.version() + ")");
    }
}
