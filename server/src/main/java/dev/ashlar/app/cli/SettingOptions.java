package dev.ashlar.app.cli;

import dev.ashlar.app.Config;
import dev.ashlar.app.Project;
import dev.ashlar.config.Bound;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that choose settings, shared by every command that reads them.
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class SettingOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings file; else ASHLAR_CONFIG, else ashlar.yaml where there is one.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the database and secrets (data.dir).")
    private @Nullable String data;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting, such as --set rest.max-rows=500; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--verbose", description = "Show stack traces of failures.")
    @SuppressWarnings("UnusedVariable") // CommandLineTool asks the parse result
    private boolean verbose;

    ChosenSettings chosen() {
        return new ChosenSettings(Optional.ofNullable(config), Optional.ofNullable(data), settings);
    }

    Project project() {
        return chosen().project();
    }

    /// The settings, with the flags of the command itself added.
    Bound<Config> load(Map<String, String> ownFlags) {
        return chosen().load(ownFlags);
    }
}
