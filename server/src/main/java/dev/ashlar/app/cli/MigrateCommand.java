package dev.ashlar.app.cli;

import dev.ashlar.app.MigrationRun;
import dev.ashlar.app.Project;
import dev.ashlar.app.Site;
import dev.ashlar.backend.postgres.migrate.MigrationStatus;
import dev.ashlar.backend.postgres.migrate.Migrations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            Migrations.Outcome outcome = run.up(this::remark);
            outcome.system().forEach(file -> out.println("applied " + file + " (Ashlar's own)"));
            outcome.application().forEach(file -> out.println("applied " + file));
            if (!outcome.changed()) {
                out.println("Nothing is pending.");
            }
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
