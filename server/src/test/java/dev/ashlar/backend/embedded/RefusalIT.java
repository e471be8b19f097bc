package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Directories that cannot be served: a clear message, and nothing touched.
class RefusalIT {
    private Scratch scratch;

    @BeforeEach
    void make() throws IOException {
        scratch = new Scratch();
    }

    @AfterEach
    void clear() throws IOException {
        scratch.close();
    }

    @Test
    void anotherMajorVersion() throws Exception {
        Files.createDirectories(scratch.cluster());
        Files.writeString(scratch.cluster().resolve("PG_VERSION"), "17\n");
        Files.writeString(scratch.data().resolve("ashlar.lock"), "");
        expectRefusal("PostgreSQL 17", "PostgreSQL 18", "Nothing was changed");
    }

    @Test
    void aClusterWithoutItsVersion() throws Exception {
        Files.createDirectories(scratch.cluster().resolve("base"));
        Files.writeString(scratch.data().resolve("ashlar.lock"), "");
        expectRefusal("PG_VERSION is missing", "Nothing was changed");
    }

    @Test
    void somebodysDirectory() throws Exception {
        Files.createDirectories(scratch.data());
        Files.writeString(scratch.data().resolve("thesis.txt"), "mine");
        expectRefusal("was not made by Ashlar", "Nothing was changed");
    }

    @Test
    void aFile() throws Exception {
        Files.writeString(scratch.data(), "mine");
        expectRefusal("is a file");
    }

    @Test
    void aPlaceWhereNothingCanBeMade() {
        assertThatThrownBy(() ->
                        EmbeddedPostgres.start(
                                Scratch.config(),
                                Path.of("/proc/ashlar/data"),
                                Scratch.PASSWORD,
                                scratch.steps::add))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("/proc/ashlar/data")
                .hasMessageContaining("cannot be used");
    }

    @Test
    void aReadOnlyDisk() throws Exception {
        Files.createDirectory(scratch.data());
        mount("ro");
        try {
            expectRefusal("cannot be written", "read-only");
        } finally {
            unmount();
        }
    }

    @Test
    void aFullDisk() throws Exception {
        Files.createDirectory(scratch.data());
        mount("size=20m");
        try {
            assertThatThrownBy(scratch::start)
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("is full")
                    .hasMessageContaining("300 MB needed");
            assertThat(scratch.data().resolve("postgres")).doesNotExist();
        } finally {
            unmount();
        }
    }

    private void mount(String options) throws Exception {
        assumeThat(OsUser.current().isRoot()).isTrue();
        assumeThat(run("mount", "-t", "tmpfs", "-o", options, "none", scratch.data().toString()))
                .as("may mount")
                .isZero();
    }

    private void unmount() throws Exception {
        run("umount", scratch.data().toString());
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void expectRefusal(String... words) throws IOException {
        var before = contents();
        assertThatThrownBy(scratch::start)
                .isInstanceOf(EmbeddedPostgresException.class)
                .message()
                .contains(words);
        var after = contents();
        // The lock is taken before the cluster is looked at; it says nothing about data.
        before.remove("ashlar.lock");
        after.remove("ashlar.lock");
        assertThat(after).isEqualTo(before);
        assertThat(scratch.steps).isEmpty();
    }

    /// Names and times of change of everything below.
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        Path root = scratch.data();
        try (var paths = Files.walk(root)) {
            for (Path path : paths.filter(path -> !path.equals(root)).toList()) {
                contents.put(
                        root.relativize(path).toString(),
                        String.valueOf(
                                Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS)));
            }
        }
        return contents;
    }
}
