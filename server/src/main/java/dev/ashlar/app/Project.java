package dev.ashlar.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folders of a run.
///
/// @param home where Ashlar itself is: its examples
/// @param working where the command was given: paths in flags start here
/// @param folder what is served: its `migrations/`, `ashlar.yaml` and, unless set, `data/`
public record Project(Path home, Path working, Path folder, Optional<Path> configFile) {
    static final String CONFIG_FILE = "ashlar.yaml";

    /// A named config file decides the folder; else the current folder when it looks like a
    /// project; else the home, so that a fresh clone serves from any folder.
    public static Project locate(Path home, Path working, Optional<Path> namedConfig) {
        if (namedConfig.isPresent()) {
            Path file = working.resolve(namedConfig.get()).normalize();
            Path parent = file.getParent();
            return new Project(home, working, parent == null ? working : parent, Optional.of(file));
        }
        boolean isProject =
                Files.isRegularFile(working.resolve(CONFIG_FILE))
                        || Files.isDirectory(working.resolve("migrations"));
        Path folder = isProject ? working : home;
        Path file = folder.resolve(CONFIG_FILE);
        return new Project(
                home,
                working,
                folder,
                Files.isRegularFile(file) ? Optional.of(file) : Optional.empty());
    }

    /// Where a new migration goes: a folder that holds nothing yet becomes a project by its first.
    public Path newMigrations() {
        boolean fresh = folder.equals(home) && !working.startsWith(home);
        return fresh ? working.resolve("migrations") : migrations();
    }

    public Path migrations() {
        return folder.resolve("migrations");
    }
}
