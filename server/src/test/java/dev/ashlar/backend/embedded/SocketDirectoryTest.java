package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The bound that an address of a Unix socket has.
class SocketDirectoryTest {
    @Test
    void countsBytesAndTheSocketsName() {
        // 103 bytes are portable; "/.s.PGSQL.65535" takes 15 of them.
        assertThat(SocketDirectory.fits(Path.of("/" + "a".repeat(87)))).isTrue();
        assertThat(SocketDirectory.fits(Path.of("/" + "a".repeat(88)))).isFalse();
    }
}
