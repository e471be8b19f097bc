package dev.ashlar.app.cli;

import dev.ashlar.app.MigrationExposure;
import dev.ashlar.app.MigrationRun;
import dev.ashlar.app.Project;
import dev.ashlar.app.Site;
import dev.ashlar.app.StartFailure;
import dev.ashlar.backend.postgres.migrate.MigrationStatus;
import dev.ashlar.backend.postgres.migrate.Migrations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ashlar migrate`.
@Command(
        name = "migrate",
        description = {
            "Bring the database's schema up to date, or show how it stands.",
            "`serve` does it too, at each start."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ashlar migrate new add_profiles",
            "  ashlar migrate status",
            "  ashlar migrate diff",
            "  ashlar migrate up"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class MigrateCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "up",
            description = "Apply what is pending, each file as one transaction.",
            mixinStandardHelpOptions = true)
    void up(@Mixin SettingOptions options, @Mixin ExampleOption example) {
        PrintWriter out = spec.commandLine().getOut();
        try (MigrationRun run = open(options, example)) {
            Optional<MigrationExposure> exposure = run.exposure();
            exposure.ifPresent(known -> known.linesBefore().forEach(out::println));
            out.flush();
            Migrations.Outcome outcome = run.up(this::remark);
            outcome.system().forEach(file -> out.println("applied " + file + " (Ashlar's own)"));
            outcome.application().forEach(file -> out.println("applied " + file));
            if (!outcome.changed()) {
                out.println("Nothing is pending.");
                return;
            }
            exposure.ifPresent(known -> known.linesAfter().forEach(out::println));
        }
    }

    @Command(
            name = "diff",
            description = {
                "Show what pending migrations change in what callers can do. They are tried in a",
                "transaction that is rolled back."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Exit status: 0 nothing undeclared, 3 something would be, 1 it cannot be shown."
            })
    int diff(@Mixin SettingOptions options, @Mixin ExampleOption example) {
        PrintWriter out = spec.commandLine().getOut();
        try (MigrationRun run = open(options, example)) {
            MigrationExposure exposure =
                    run.exposure()
                            .orElseThrow(() ->
                                    new StartFailure(
                                            "exposure.check is off.", "Set it to auto or warn."));
            if (!exposure.known()) {
                throw new StartFailure(
                        String.join("\n", exposure.linesBefore()), "`ashlar migrate up` applies.");
            }
            List<String> lines = exposure.linesBefore();
            (lines.isEmpty() ? List.of("Nothing is pending.") : lines).forEach(out::println);
            List<String> undeclared = exposure.undeclared();
            if (!undeclared.isEmpty()) {
                out.println("Not declared:");
                undeclared.forEach(line -> out.println("  + " + line));
            }
            out.flush();
            return undeclared.isEmpty() ? 0 : ExposureCommand.UNDECLARED;
        }
    }

    @Command(
            name = "status",
            description = "List the migrations and whether each is applied.",
            mixinStandardHelpOptions = true)
    void status(@Mixin SettingOptions options, @Mixin ExampleOption example) {
        PrintWriter out = spec.commandLine().getOut();
        try (MigrationRun run = open(options, example)) {
            List<MigrationStatus> all = run.status();
            all.forEach(migration -> out.println(line(migration)));
            if (all.isEmpty()) {
                out.println("There are no migrations in " + run.folder() + ".");
            }
        }
    }

    @Command(
            name = "new",
            description = "Make an empty migration named after the present time.",
            mixinStandardHelpOptions = true)
    void create(
            @Mixin SettingOptions options,
            @Parameters(paramLabel = "NAME", description = "What it does, such as add_profiles.")
                    String name) {
        Path file = Migrations.create(options.project().newMigrations(), name);
        spec.commandLine().getOut().println(file);
    }

    private MigrationRun open(SettingOptions options, ExampleOption example) {
        Project project = options.project();
        return MigrationRun.open(
                options.load(Map.of()).config(), example.site(project), this::remark);
    }

    private void remark(String text) {
        spec.commandLine().getErr().println("  " + text);
    }

    private static String line(MigrationStatus migration) {
        String when =
                migration.appliedAt() == null
                        ? ""
                        : "  " + migration.appliedAt().truncatedTo(ChronoUnit.SECONDS);
        String state = migration.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "%-12s %s%s".formatted(state, migration.name(), when);
    }

    /// Whose migrations are meant.
    static final class ExampleOption {
        @Option(
                names = "--example",
                paramLabel = "NAME",
                description = "Those of an app of examples/.")
        private @Nullable String name;

        Site site(Project project) {
            return name == null ? Site.of(project) : Site.ofExample(project, name);
        }
    }
}
