package dev.ashlar.app.cli;

import dev.ashlar.app.SignInRun;
import dev.ashlar.auth.audit.AuditLog.Finding;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ashlar audit`.
@Command(
        name = "audit",
        description = "Read the log of who did what to accounts, and check that nobody changed it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ashlar audit verify", "  ashlar audit list --query login"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AuditCommand implements Runnable {
    /// `verify` found the chain broken.
    static final int BROKEN = 3;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "verify",
            description = "Walk the whole chain.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Exit status: 0 whole, 3 broken (the position is printed), 1 could not look.",
                "Keep the printed position and hash elsewhere: they show later that nothing was put"
                        + " back."
            })
    int verify(@Mixin SignInOptions signIn) {
        PrintWriter out = spec.commandLine().getOut();
        try (SignInRun run = signIn.open(spec.commandLine().getErr())) {
            Finding finding =
                    run.ask(domain -> {
                        domain.auditLog().seal();
                        return domain.auditLog().verify();
                    });
            return switch (finding) {
                case Finding.Whole(long rows, long position, String hash, long unsealed) -> {
                    out.println(
                            "whole: %d rows, position %d, hash %s".formatted(rows, position, hash));
                    if (unsealed > 0) {
                        out.println(unsealed + " rows are not in the chain yet");
                    }
                    out.flush();
                    yield 0;
                }
                case Finding.Broken(long position, String reason) -> {
                    out.println("broken at row " + position + ": " + reason);
                    out.flush();
                    yield BROKEN;
                }
            };
        }
    }

    @Command(
            name = "list",
            description = "Show entries, the latest first.",
            mixinStandardHelpOptions = true)
    void list(
            @Mixin SignInOptions signIn,
            @Option(
                            names = "--query",
                            paramLabel = "TEXT",
                            description = "Those that hold the text.")
                    @Nullable String text,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many (50).")
                    int limit) {
        PrintWriter out = spec.commandLine().getOut();
        try (SignInRun run = signIn.open(spec.commandLine().getErr())) {
            run.ask(domain -> domain.auditLog().page(text, 0, Math.clamp(limit, 1, 100_000)))
                    .entries()
                    .forEach(entry ->
                            out.println(
                                    "%s  %-15s %s"
                                            .formatted(
                                                    entry.at().truncatedTo(ChronoUnit.SECONDS),
                                                    entry.address(),
                                                    entry.payload())));
        }
        out.flush();
    }
}
