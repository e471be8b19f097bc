package dev.ashlar.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ashlar policy`.
@Command(
        name = "policy",
        description = "Work on row-level security: explain, test and speed up policies.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ashlar policy explain notes --as ann@example.com --where id=3",
            "  ashlar policy fix --dry-run",
            "  ashlar policy test"
        },
        subcommands = {PolicyExplainCommand.class, PolicyFixCommand.class, PolicyTestCommand.class})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PolicyCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
