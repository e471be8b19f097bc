package dev.ashlar.app.cli;

import dev.ashlar.app.PolicyRun;
import dev.ashlar.ops.policy.PolicyFixes;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ashlar policy fix`.
@Command(
        name = "fix",
        description = {
            "Write a migration that makes policies fast: who is calling is asked once per statement",
            "instead of once per row, and policies have the indexes that they need."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The migration is not applied: read it, then run `ashlar migrate up`.",
            "",
            "Examples:",
            "  ashlar policy fix --dry-run",
            "  ashlar policy fix --out faster_notes"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PolicyFixCommand implements Runnable {
    static final String USUAL_NAME = "fast_policies";

    @Spec private CommandSpec spec;
    @Mixin private DatabaseOptions options;

    @Option(names = "--dry-run", description = "Print it instead of writing it.")
    private boolean dryRun;

    @Option(
            names = "--out",
            paramLabel = "NAME",
            defaultValue = USUAL_NAME,
            description = "What the migration is called (fast_policies).")
    private String name;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (PolicyRun run = options.openPolicies(spec.commandLine().getErr())) {
            if (dryRun) {
                out.print(run.fixes().migration());
            } else {
                write(run, name, out);
            }
            out.flush();
        }
    }

    /// Says where the migration is, or that none is needed.
    static void write(PolicyRun run, String name, PrintWriter out) {
        PolicyFixes fixes = run.fixes();
        out.println(
                fixes.isEmpty()
                        ? "Nothing to do: no policy calls per row, and each has its index."
                        : run.write(fixes, name).toString());
        out.flush();
    }
}
