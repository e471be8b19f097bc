package dev.ashlar.backend.embedded;

import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Section `embedded`: the PostgreSQL that comes inside. Ignored with `database.url`.
public record EmbeddedConfig(
        @Setting(
                        def = "0",
                        doc =
                                "TCP port of the embedded PostgreSQL on 127.0.0.1 for tools such as"
                                        + " psql; 0 opens none.")
                int port,
        @Setting(
                        doc =
                                "Memory in which the embedded PostgreSQL caches pages; unset: an"
                                        + " eighth of the machine's, at most 1GB.")
                Optional<ByteSize> sharedBuffers,
        @Setting(
                        doc =
                                "System user that runs the embedded PostgreSQL when root starts"
                                        + " Ashlar; unset: postgres, else nobody.")
                Optional<String> user,
        @Setting(
                        doc =
                                "Directory for PostgreSQL's unpacked programs; unset: inside the"
                                        + " data directory.")
                Optional<Path> programs,
        @Setting(
                        def = "5m",
                        doc =
                                "How long to wait for PostgreSQL to be ready, crash recovery included.")
                Duration startTimeout,
        @Setting(
                        def = "1m",
                        doc = "How long PostgreSQL may take to stop cleanly before it is aborted.")
                Duration stopTimeout) {

    public EmbeddedConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535");
        }
        if (sharedBuffers.isPresent() && sharedBuffers.get().bytes() < 1 << 20) {
            throw new IllegalArgumentException("shared-buffers needs at least 1MB");
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("start-timeout must be longer than nothing");
        }
        if (stopTimeout.isNegative()) {
            throw new IllegalArgumentException("stop-timeout cannot be negative");
        }
    }

    /// What an empty configuration says.
    public static EmbeddedConfig defaults() {
        return new EmbeddedConfig(
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1));
    }
}
