package dev.ashlar.app.cli;

import dev.ashlar.app.Config;
import dev.ashlar.app.PolicyRun;
import dev.ashlar.app.Site;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Whose policies are meant.
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PolicyOptions {
    @Mixin private SettingOptions settings;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = {
                "A PostgreSQL 14-18; nothing is migrated on it (database.url).",
                "DATABASE_URL does the same and stays out of lists of processes."
            })
    private @Nullable String url;

    @Option(
            names = "--schemas",
            paramLabel = "NAMES",
            description = "Schemas that the data API serves, such as public,api (rest.schemas).")
    private @Nullable String schemas;

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description = "The database of an app of examples/.")
    private @Nullable String example;

    PolicyRun open(PrintWriter remarks) {
        Map<String, String> flags = new LinkedHashMap<>();
        if (url != null) {
            flags.put("database.url", url);
        }
        if (schemas != null) {
            flags.put("rest.schemas", schemas);
        }
        Config config = settings.load(flags).config();
        Site site =
                example == null
                        ? Site.of(settings.project())
                        : Site.ofExample(settings.project(), example);
        return PolicyRun.open(
                config,
                site,
                example == null ? settings.project().newMigrations() : site.migrations(),
                text -> remarks.println("  " + text));
    }
}
