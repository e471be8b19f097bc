package dev.ashlar.app.cli;

import dev.ashlar.app.Config;
import dev.ashlar.app.Project;
import dev.ashlar.app.StartFailure;
import dev.ashlar.config.Bound;
import dev.ashlar.config.SettingKey;
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

    Project project() {
        Map<String, String> environment = System.getenv();
        Path working = Path.of("").toAbsolutePath();
        Path home = Path.of(System.getProperty("ashlar.home", ".")).toAbsolutePath().normalize();
        return Project.locate(
                home, working, Optional.ofNullable(config).or(() -> named(environment)));
    }

    /// The settings, with the flags of the command itself added.
    Bound<Config> load(Map<String, String> ownFlags) {
        settings.keySet().forEach(SettingOptions::refuseSecret);
        Map<String, String> flags = new LinkedHashMap<>(settings);
        if (data != null) {
            flags.put("data.dir", data);
        }
        flags.putAll(ownFlags);
        return Config.load(project(), flags, System.getenv());
    }

    /// Other users of the machine can read the arguments of a command.
    private static void refuseSecret(String key) {
        Config.schema()
                .find(key)
                .filter(SettingKey::secret)
                .ifPresent(secret -> {
                    throw new StartFailure(
                            key + " is a secret, and lists of processes show every argument.",
                            "Set "
                                    + secret.environmentName()
                                    + " instead, or write it in the settings file.");
                });
    }

    private static Optional<Path> named(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("ASHLAR_CONFIG"))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }
}
