package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.config.ByteSize;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Sizes by machine, and what may never be missing.
class ServerSettingsTest {
    private static final long MB = 1L << 20;

    @Test
    void takesAnEighthOfTheMachineWithinBounds() {
        assertThat(settings(64 * MB)).contains("shared_buffers = '16384kB'");
        assertThat(settings(2_048 * MB))
                .contains("shared_buffers = '262144kB'")
                .contains("effective_cache_size = '1048576kB'")
                .contains("work_mem = '4096kB'")
                .contains("maintenance_work_mem = '65536kB'");
        assertThat(settings(65_536 * MB))
                .contains("shared_buffers = '1048576kB'")
                .contains("work_mem = '32768kB'")
                .contains("maintenance_work_mem = '262144kB'");
    }

    @Test
    void letsTheOperatorChoose() {
        String text =
                new ServerSettings(
                                1_024 * MB,
                                Optional.of(new ByteSize(8 * MB)),
                                5432,
                                ServerSettings.Access.SOCKET_ONLY,
                                Path.of("../socket"))
                        .text();
        assertThat(text).contains("shared_buffers = '8192kB'");
    }

    @Test
    void losesNothingAndTellsNothing() {
        assertThat(settings(1_024 * MB))
                .contains(
                        "fsync = 'on'\n",
                        "synchronous_commit = 'on'\n",
                        "wal_level = 'logical'\n",
                        "max_slot_wal_keep_size = '2GB'\n",
                        "log_parameter_max_length = '0'\n",
                        "log_parameter_max_length_on_error = '0'\n",
                        "listen_addresses = ''\n");
    }

    @Test
    void asksForAPasswordOnEveryRoad() {
        ServerSettings closed = access(ServerSettings.Access.SOCKET_ONLY);
        ServerSettings open = access(ServerSettings.Access.SOCKET_AND_LOOPBACK);
        assertThat(closed.authentication()).isEqualTo("local all all scram-sha-256\n");
        assertThat(open.authentication().lines())
                .hasSize(3)
                .allMatch(l -> l.endsWith("scram-sha-256"));
        assertThat(open.text()).contains("listen_addresses = '127.0.0.1'\n");
    }

    @Test
    void quotesPaths() {
        String text =
                new ServerSettings(
                                1_024 * MB,
                                Optional.empty(),
                                5432,
                                ServerSettings.Access.SOCKET_ONLY,
                                Path.of("/tmp/it's"))
                        .text();
        assertThat(text).contains("unix_socket_directories = '/tmp/it''s'\n");
    }

    private static ServerSettings access(ServerSettings.Access access) {
        return new ServerSettings(1_024 * MB, Optional.empty(), 5432, access, Path.of("../socket"));
    }

    private static String settings(long memory) {
        return new ServerSettings(
                        memory,
                        Optional.empty(),
                        5432,
                        ServerSettings.Access.SOCKET_ONLY,
                        Path.of("../socket"))
                .text();
    }
}
