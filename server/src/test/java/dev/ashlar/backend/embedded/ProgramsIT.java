package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unpacking of what the class path holds.
class ProgramsIT {
    @TempDir private Path parent;

    private final List<String> steps = new ArrayList<>();

    @Test
    void unpacksOnceAndAgainOnlyWhenFilesWereLost() throws IOException {
        Programs first = install();
        assertThat(first.initdb()).isExecutable();
        assertThat(first.home().resolve("lib/libpq.so")).exists().isSymbolicLink();
        assertThat(install()).isEqualTo(first);
        assertThat(steps).hasSize(1);

        // As a power cut leaves them: there, but empty.
        Files.write(first.initdb(), new byte[0]);
        assertThat(Files.size(install().initdb())).isPositive();
        assertThat(steps).hasSize(2);
    }

    private Programs install() {
        return Programs.install(parent, Platform.current(), steps::add);
    }
}
