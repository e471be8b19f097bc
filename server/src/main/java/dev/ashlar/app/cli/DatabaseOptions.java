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

/// Which database is looked at, and as what.
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DatabaseOptions {
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
            description = "The database of an app of examples/, and its files.")
    private @Nullable String example;

    /// To work on the policies of the database.
    PolicyRun openPolicies(PrintWriter remarks) {
        return openPolicies(Map.of(), remarks);
    }

    PolicyRun openPolicies(Map<String, String> ownFlags, PrintWriter remarks) {
        return PolicyRun.open(
                config(ownFlags),
                site(),
                example == null ? settings.project().newMigrations() : site().migrations(),
                text -> remarks.println("  " + text));
    }

    /// The settings, with the flags of the command itself added.
    Config config(Map<String, String> ownFlags) {
        Map<String, String> flags = new LinkedHashMap<>(ownFlags);
        put(flags, "database.url", url);
        put(flags, "rest.schemas", schemas);
        return settings.load(flags).config();
    }

    Site site() {
        return example == null
                ? Site.of(settings.project())
                : Site.ofExample(settings.project(), example);
    }

    static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
