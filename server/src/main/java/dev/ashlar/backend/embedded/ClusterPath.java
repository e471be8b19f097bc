package dev.ashlar.backend.embedded;

import java.nio.file.Path;

/// How the server is told where its cluster is.
enum ClusterPath {
    /// By its name.
    ABSOLUTE,

    /// By `/proc/self/cwd`, the directory that it is started in: for a cluster below a directory
    /// that the server's user may not pass, as below `/root`. All its processes stay in that
    /// directory, and every other path in the settings is relative to it. Linux only.
    WORKING_DIRECTORY;

    String argument(Path cluster) {
        return switch (this) {
            case ABSOLUTE -> cluster.toString();
            case WORKING_DIRECTORY -> "/proc/self/cwd";
        };
    }
}
