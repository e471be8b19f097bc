package dev.ashlar.app.cli;

import dev.ashlar.app.App;
import dev.ashlar.app.Config;
import dev.ashlar.app.Lifecycle;
import dev.ashlar.app.Project;
import dev.ashlar.app.Site;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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
        long began = System.nanoTime();
        Project project = options.project();
        Config config = options.load(flags()).config();
        Site site = example == null ? Site.of(project) : Site.ofExample(project, example);
        PrintWriter out = spec.commandLine().getOut();
        Lifecycle lifecycle = new Lifecycle(config);
        lifecycle.handleSignals();
        try (App app = App.start(config, site, this::progress)) {
            if (!quiet && !lifecycle.stopping()) {
                long millis = (System.nanoTime() - began) / 1_000_000;
                out.print(Banner.text(app, config, site, millis));
                out.flush();
            }
            lifecycle.serve(app);
        }
    }

    private void progress(String step) {
        if (!quiet) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("  " + step);
            out.flush();
        }
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        if (port != null) {
            flags.put("http.port", port);
        }
        if (host != null) {
            flags.put("http.host", host);
        }
        if (quiet) {
            flags.put("log.level", "warn");
            flags.put("log.access", "off");
        }
        return flags;
    }
}
