package dev.ashlar.app.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ashlar serve`.
@Command(
        name = "serve",
        description = {
            "Start the server: the database, its migrations, the APIs.",
            "SIGTERM and SIGINT stop it cleanly, SIGHUP reads the schema and the certificate anew."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ashlar serve --example interview-trainer",
            "  ashlar serve --port 8080 --data /var/lib/ashlar",
            "  DATABASE_URL=postgres://user:secret@host/db ashlar serve"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ServeCommand implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private SettingOptions options;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen on; 0 takes any free one (http.port).")
    private @Nullable String port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on; 0.0.0.0 for all (http.host).")
    private @Nullable String host;

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description = "Serve an app of examples/: its migrations and its page.")
    private @Nullable String example;

    @Option(names = "--quiet", description = "Print nothing but warnings.")
    private boolean quiet;

    @Override
    public void run() {
        line().serve(spec.commandLine().getOut());
    }

    /// What the fields say.
    ServeLine line() {
        return new ServeLine(
                options.chosen(),
                Optional.ofNullable(port),
                Optional.ofNullable(host),
                Optional.ofNullable(example),
                quiet ? ServeLine.Output.WARNINGS : ServeLine.Output.ALL);
    }
}
