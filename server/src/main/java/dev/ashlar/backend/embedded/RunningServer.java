package dev.ashlar.backend.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The embedded server that another Ashlar runs on a data directory: enough to connect to it.
public record RunningServer(Path socketDirectory, int port) {

    /// The one that takes connections now. Empty when nobody holds the directory, also when a
    /// killed Ashlar left a server behind: starting one clears that.
    public static Optional<RunningServer> find(Path dataDir) {
        if (!Files.isDirectory(dataDir)) {
            return Optional.empty();
        }
        DataDirectory directory = DataDirectory.open(dataDir);
        if (!DataLock.isHeld(directory)) {
            return Optional.empty();
        }
        Path cluster = directory.cluster();
        return PostmasterFile.find(cluster)
                .filter(file -> file.isReady() && file.port().matches("\\d{1,5}"))
                .map(file ->
                        new RunningServer(
                                // Relative ones start from where the server runs.
                                cluster.resolve(file.socketDirectory()).normalize(),
                                Integer.parseInt(file.port())));
    }
}
