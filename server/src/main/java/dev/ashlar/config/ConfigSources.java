package dev.ashlar.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the settings are read from: flags before the environment before the file before defaults.
///
/// @param flags value by key, such as `http.port`
/// @param environment all variables; those that start with `ASHLAR_` must be known
/// @param file `ashlar.yaml`, when there is one
/// @param aliases names that platforms set, such as `PORT`, and the key that each stands for
/// @param reserved `ASHLAR_` variables that are no settings
/// @param folders where relative paths start from
public record ConfigSources(
        Map<String, String> flags,
        Map<String, String> environment,
        Optional<Path> file,
        Map<String, String> aliases,
        Set<String> reserved,
        Folders folders) {

    /// A path in the file is relative to the file.
    ///
    /// @param working for flags and the environment
    /// @param project for defaults
    public record Folders(Path working, Path project) {}

    /// Defaults only.
    public static ConfigSources none() {
        Path here = Path.of("").toAbsolutePath();
        return new ConfigSources(
                Map.of(), Map.of(), Optional.empty(), Map.of(), Set.of(), new Folders(here, here));
    }

    Path baseOf(Origin origin) {
        return switch (origin) {
            case Origin.File(Path path, _) -> {
                Path folder = path.toAbsolutePath().getParent();
                yield folder == null ? folders.working() : folder;
            }
            case Origin.Environment _, Origin.Flag _ -> folders.working();
            case Origin.Default _ -> folders.project();
        };
    }
}
