package dev.ashlar.app.cli;

import dev.ashlar.app.App;
import dev.ashlar.app.Config;
import dev.ashlar.app.Site;
import dev.ashlar.app.Version;
import java.nio.file.Path;

/// What `serve` prints when it is ready: where things are, under a screen.
final class Banner {
    private Banner() {}

    static String text(App app, Config config, Site site, long millis) {
        StringBuilder out = new StringBuilder();
        out.append('\n')
                .append("Ashlar ")
                .append(Version.current())
                .append(" is ready after ")
                .append("%.1f s".formatted(millis / 1000.0))
                .append(".\n\n");
        site.findName().ifPresent(name -> line(out, "Page", app.url() + "/   (" + name + ")"));
        line(out, "Data API", app.url() + "/rest/v1");
        line(out, "Sign-in", app.url() + "/auth/v1");
        app.findInboxUrl().ifPresent(inbox -> line(out, "Inbox", inbox));
        line(out, "Database", database(config));
        line(out, "Migrations", site.migrations().toString());
        line(out, "Log", config.log().file().map(Path::toString).orElse("this terminal"));
        out.append("\nKey for pages and apps (anon), which may be public:\n  ")
                .append(app.keys().apiKeys().anon())
                .append(
                        "\n\n`./ashlar keys` prints it with the secret one, `./ashlar help` the rest.")
                .append(" Ctrl-C stops.\n\n");
        return out.toString();
    }

    private static String database(Config config) {
        return config.database().url().isPresent()
                ? "yours (database.url)"
                : "embedded PostgreSQL in " + config.data().dir();
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append("  %-11s %s\n".formatted(name, value));
    }
}
