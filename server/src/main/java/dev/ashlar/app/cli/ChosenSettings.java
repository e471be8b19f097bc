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

/// Which settings a command line chose.
///
/// @param config the settings file
/// @param data the folder of the database and secrets
/// @param settings single ones, by key
record ChosenSettings(Optional<Path> config, Optional<String> data, Map<String, String> settings) {
    ChosenSettings {
        settings = new LinkedHashMap<>(settings);
    }

    Project project() {
        Map<String, String> environment = System.getenv();
        Path working = Path.of("").toAbsolutePath();
        Path home = Path.of(System.getProperty("ashlar.home", ".")).toAbsolutePath().normalize();
        return Project.locate(home, working, config.or(() -> named(environment)));
    }

    /// The settings, with the flags of the command itself added.
    Bound<Config> load(Map<String, String> ownFlags) {
        settings.keySet().forEach(ChosenSettings::refuseSecret);
        Map<String, String> flags = new LinkedHashMap<>(settings);
        data.ifPresent(folder -> flags.put("data.dir", folder));
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
