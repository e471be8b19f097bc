package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's programs, unpacked once per version into a directory such as
/// `bin-18.6.0-linux-x86_64`. They are a copy of what the class path holds: deleting them costs a
/// second at the next start, nothing more.
record Programs(Path home, String version) {
    private static final String VERSIONS = "version.properties";

    Path initdb() {
        return home.resolve("bin/initdb");
    }

    Path postgres() {
        return home.resolve("bin/postgres");
    }

    /// The major version, which names the format of a data directory.
    String major() {
        return version.substring(0, version.indexOf('.'));
    }

    /// The version on the class path, without unpacking anything.
    static String bundledVersion() {
        Properties versions = new Properties();
        try (@Nullable InputStream in = Programs.class.getResourceAsStream(VERSIONS)) {
            if (in != null) {
                versions.load(in);
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "This installation of Ashlar is damaged: " + VERSIONS + " cannot be read.", e);
        }
        String version = versions.getProperty("postgres", "");
        if (!version.matches("\\d+\\.\\d+.*")) {
            throw new EmbeddedPostgresException(
                    "This installation of Ashlar is damaged: it does not know its PostgreSQL.");
        }
        return version;
    }

    /// Finds the programs below `parent`, or unpacks them there.
    static Programs install(Path parent, Platform platform, Consumer<String> progress) {
        String version = bundledVersion();
        Programs programs =
                new Programs(parent.resolve("bin-" + version + "-" + platform), version);
        if (Files.isExecutable(programs.postgres())) {
            return programs;
        }
        progress.accept("Unpacking PostgreSQL " + version);
        try {
            Files.createDirectories(parent);
            FileTree.deleteStale(parent, ".unpack-");
            Path fresh = Files.createDirectory(parent.resolve(".unpack-" + FileTree.randomName()));
            try {
                unpack(platform, fresh);
                publish(fresh, programs);
            } finally {
                FileTree.delete(fresh);
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL's programs could not be unpacked into "
                            + parent
                            + ": "
                            + FileTree.reason(e),
                    e);
        }
        return programs;
    }

    private static void unpack(Platform platform, Path fresh) throws IOException {
        try (@Nullable InputStream archive =
                Programs.class.getResourceAsStream(platform.archive())) {
            if (archive == null) {
                throw new EmbeddedPostgresException(
                        "This build of Ashlar was made on another kind of machine: it holds no PostgreSQL for %s. Build it here with ./ashlar, or set database.url."
                                .formatted(platform));
            }
            new ArchiveUnpacker(fresh).unpack(archive);
        }
        FileTree.openForReading(fresh);
        FileTree.sync(fresh);
    }

    /// Renames, which is atomic: a directory under the final name is always whole. Another process
    /// may have been first; then its copy is as good.
    private static void publish(Path fresh, Programs programs) throws IOException {
        try {
            Files.move(fresh, programs.home(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isExecutable(programs.postgres())) {
                throw e;
            }
        }
        FileTree.syncDirectory(programs.home().toAbsolutePath().getParent());
    }
}
