package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Names as they stand in the archives of the binaries.
class PlatformTest {
    @Test
    void namesTheArchivesOfAllFourPlatforms() {
        assertThat(Platform.of("Linux", "amd64").archive()).isEqualTo("/postgres-linux-x86_64.txz");
        assertThat(Platform.of("Linux", "aarch64").archive())
                .isEqualTo("/postgres-linux-arm_64.txz");
        assertThat(Platform.of("Mac OS X", "x86_64").archive())
                .isEqualTo("/postgres-darwin-x86_64.txz");
        assertThat(Platform.of("Mac OS X", "aarch64").archive())
                .isEqualTo("/postgres-darwin-arm_64.txz");
    }

    @Test
    void saysWhatToDoElsewhere() {
        assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("Windows 11")
                .hasMessageContaining("database.url");
        assertThatThrownBy(() -> Platform.of("Linux", "riscv64"))
                .isInstanceOf(EmbeddedPostgresException.class);
    }
}
