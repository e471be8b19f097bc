package dev.ashlar.app.cli;

import dev.ashlar.app.DataApi;
import dev.ashlar.app.DataInspection;
import dev.ashlar.app.Project;
import dev.ashlar.app.StartFailure;
import dev.ashlar.app.StopSignals;
import dev.ashlar.app.postgrest.PostgrestSettings;
import dev.ashlar.app.postgrest.SettingsText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ashlar postgrest`.
@Command(
        name = "postgrest",
        description = {
            "Serve only the data API, on a PostgreSQL of your own, from PostgREST's configuration.",
            "Nothing is created in that database. SIGUSR1 reads the schema anew, SIGUSR2 the settings,",
            "SIGTERM stops."
        },
        versionProvider = CommandLineTool.VersionLine.class,
        footer = {
            "",
            "Examples:",
            "  ashlar postgrest postgrest.conf",
            "  PGRST_DB_URI=postgres://authenticator:secret@host/db PGRST_DB_ANON_ROLE=anon \\",
            "    ashlar postgrest --port 3000"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PostgrestCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "PostgREST's configuration file; PGRST_* variables win over it.")
    private @Nullable Path file;

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (server-port).")
    private @Nullable String port;

    @Option(names = "--verbose", description = "Show stack traces of failures.")
    @SuppressWarnings("UnusedVariable") // CommandLineTool asks the parse result
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli asks it
    private boolean help;

    @Option(
            names = {"-v", "-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli asks it
    private boolean version;

    @ArgGroup(exclusive = true, heading = "Instead of serving:%n")
    private @Nullable Question question;

    /// What is to be told instead of serving.
    static final class Question {
        @Option(
                names = "--dump-config",
                required = true,
                description = "Print the settings that hold, secrets included.")
        private boolean dumpConfig;

        @Option(
                names = "--dump-schema",
                required = true,
                description = "Print what is known of the database, as JSON.")
        private boolean dumpSchema;

        @Option(
                names = {"-e", "--example"},
                required = true,
                description = "Print a configuration file to begin with.")
        private boolean example;

        @Option(
                names = "--ready",
                required = true,
                description = "Ask the running server's admin port whether it is ready.")
        private boolean ready;
    }

    @Override
    public void run() {
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        if (port != null) {
            environment.put("PGRST_SERVER_PORT", port);
        }
        Path home = Path.of(System.getProperty("ashlar.home", ".")).toAbsolutePath().normalize();
        Project project = Project.locate(home, Path.of("").toAbsolutePath(), Optional.empty());
        if (question != null) {
            try {
                tell(question, environment, project);
            } catch (IllegalArgumentException e) {
                throw unusable(e);
            }
            return;
        }
        StopSignals signals = new StopSignals();
        try (DataApi api = DataApi.start(() -> settings(environment), project)) {
            signals.onReload(api::reloadCatalog);
            signals.onReloadSettings(api::reloadSettings);
            PrintWriter out = spec.commandLine().getOut();
            out.println("Ashlar serves the data API on port " + api.port());
            out.flush();
            api.whenDown(signals::stop);
            signals.await();
            if (api.isDown()) {
                throw new StartFailure(
                        "The database was lost.",
                        "With db-pool-automatic-recovery the server waits for it instead.");
            }
        }
    }

    private void tell(Question asked, Map<String, String> environment, Project project) {
        PrintWriter out = spec.commandLine().getOut();
        if (asked.example) {
            out.print(SettingsText.example());
        } else {
            inspect(asked, new DataInspection(settings(environment), project), out);
        }
        out.flush();
    }

    private static void inspect(Question asked, DataInspection inspection, PrintWriter out) {
        if (asked.ready) {
            out.println("OK: " + inspection.requireReady());
        } else if (asked.dumpSchema) {
            out.println(inspection.catalog());
        } else if (asked.dumpConfig) {
            out.print(inspection.settings());
        }
    }

    private PostgrestSettings settings(Map<String, String> environment) {
        try {
            return PostgrestSettings.of(file == null ? "" : Files.readString(file), environment);
        } catch (IOException e) {
            throw new StartFailure(
                    "The configuration file " + file + " cannot be read.",
                    "Name a file that exists, or none to use PGRST_* variables alone.",
                    e);
        } catch (IllegalArgumentException e) {
            throw unusable(e);
        }
    }

    private static StartFailure unusable(IllegalArgumentException e) {
        return new StartFailure(
                "The configuration cannot be used: " + e.getMessage(),
                "PostgREST's documentation describes each setting.",
                e);
    }
}
