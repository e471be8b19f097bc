package dev.ashlar.app;

import dev.ashlar.config.Setting;
import java.nio.file.Path;

/// Where the program keeps its own state.
public record DataConfig(
        @Setting(
                        def = "data",
                        doc =
                                "Folder of the embedded database, secrets and logs. Made on first"
                                        + " start.")
                Path dir) {}
