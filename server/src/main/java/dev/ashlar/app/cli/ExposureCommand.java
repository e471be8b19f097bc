package dev.ashlar.app.cli;

import dev.ashlar.app.ExposureRun;
import dev.ashlar.app.PolicyRun;
import dev.ashlar.app.StartFailure;
import dev.ashlar.ops.exposure.ExposureHtml;
import dev.ashlar.ops.exposure.ExposureJson;
import dev.ashlar.ops.exposure.ExposureText;
import dev.ashlar.ops.exposure.Paint;
import dev.ashlar.ops.exposure.Review;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ashlar exposure`.
@Command(
        name = "exposure",
        description = {
            "Find out by trying what callers can do with the database: a matrix of roles, tables,",
            "functions and buckets, what is wrong, and what nobody declared. Nothing is changed."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 nothing undeclared, 3 something is, 1 it could not look.",
            "",
            "Examples:",
            "  ashlar exposure --example interview-trainer",
            "  ashlar exposure --html exposure.html",
            "  ashlar exposure accept",
            "  ashlar exposure --database-url postgres://user:secret@host/db --schemas public,api"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ExposureCommand implements Callable<Integer> {
    /// Something is exposed that nobody declared.
    static final int UNDECLARED = 3;

    @Spec private CommandSpec spec;
    @Mixin private ExposureOptions options;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report as one HTML file that needs nothing else.")
    private @Nullable Path html;

    @Option(
            names = "--fix",
            description = "Then write a migration that makes policies fast, as `policy fix` does.")
    private boolean fix;

    @Override
    public Integer call() {
        int status = look();
        if (fix) {
            try (PolicyRun run = options.openPolicies(spec.commandLine().getErr())) {
                PolicyFixCommand.write(run, PolicyFixCommand.USUAL_NAME, remarks());
            }
        }
        return status;
    }

    /// JSON on the output stays JSON.
    private PrintWriter remarks() {
        return json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    }

    private int look() {
        PrintWriter out = spec.commandLine().getOut();
        try (ExposureRun run = options.open(spec.commandLine().getErr())) {
            Review review = run.review();
            if (html != null) {
                write(html, ExposureHtml.of(review, run.name()));
            }
            if (json) {
                out.println(ExposureJson.of(review));
            } else {
                out.print(ExposureText.of(review, Screen.width(spec), Screen.paint()));
                advice(review, run, out);
            }
            out.flush();
            return review.undeclared().isEmpty() ? 0 : UNDECLARED;
        }
    }

    private static void advice(Review review, ExposureRun run, PrintWriter out) {
        if (review.undeclared().isEmpty()) {
            return;
        }
        out.println(
                "Close what should not be open, then declare the rest: `ashlar exposure accept`"
                        + " writes it to "
                        + run.file()
                        + ".");
    }

    @Command(
            name = "accept",
            description = {
                "Write what is exposed now to exposure.yaml, as what is meant to be. Reasons for",
                "accepted findings are kept. Read the change before you commit it."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  ashlar exposure accept && git diff exposure.yaml"})
    int accept(
            @Mixin ExposureOptions accepted,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "Where to; - prints it. Else where it is read from.")
                    @Nullable Path file) {
        PrintWriter out = spec.commandLine().getOut();
        try (ExposureRun run = accepted.open(spec.commandLine().getErr())) {
            if (file != null && file.toString().equals("-")) {
                out.print(run.accepted());
            } else {
                out.println(run.accept(Optional.ofNullable(file)));
            }
            out.flush();
            return 0;
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new StartFailure(
                    file + " cannot be written: " + e.getMessage(), "Name another file.", e);
        }
    }

    /// How reports fit the terminal.
    static final class Screen {
        private Screen() {}

        /// Without a terminal nothing is cut.
        static int width(CommandSpec spec) {
            return Ansi.AUTO.enabled()
                    ? spec.usageMessage().autoWidth(true).width()
                    : ExposureText.UNLIMITED;
        }

        static Paint paint() {
            return Ansi.AUTO.enabled() ? Screen::colour : Paint.NONE;
        }

        private static String colour(Paint.Tone tone, String text) {
            String style =
                    switch (tone) {
                        case BAD -> "bold,red";
                        case OPEN -> "yellow";
                        case OWN -> "green";
                        case DIM -> "faint";
                        case STRONG -> "bold";
                    };
            Ansi.IStyle[] styles = Ansi.Style.parse(style);
            return Ansi.Style.on(styles) + text + Ansi.Style.off(styles);
        }
    }

    /// Which database is looked at, as whom, and against which file.
    static final class ExposureOptions {
        @Mixin private DatabaseOptions database;

        @Option(
                names = "--roles",
                paramLabel = "NAMES",
                description = "Further roles that tokens name (exposure.roles).")
        private @Nullable String roles;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "What is declared (exposure.file).")
        private @Nullable String file;

        ExposureRun open(PrintWriter remarks) {
            return ExposureRun.open(
                    database.config(flags()),
                    database.site(),
                    text -> remarks.println("  " + text));
        }

        /// The same database, to work on its policies.
        PolicyRun openPolicies(PrintWriter remarks) {
            return database.openPolicies(flags(), remarks);
        }

        private Map<String, String> flags() {
            Map<String, String> flags = new LinkedHashMap<>();
            DatabaseOptions.put(flags, "exposure.roles", roles);
            DatabaseOptions.put(flags, "exposure.file", file);
            return flags;
        }
    }
}
