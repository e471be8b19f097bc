package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's programs, unpacked once per version into a directory such as
/// `bin-18.6.0-linux-x86_64`. They are a copy of what the class path holds: deleting them costs a
/// second at the next start, nothing more.
///
/// Syncing its thousand files one by one takes seconds. Only the list of their sizes is synced, and
/// each start compares: files that a power cut left short are unpacked again.
record Programs(Path home, String version) {
    private static final String SIZES = "sizes.txt";
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
        try {
            if (programs.areWhole()) {
                return programs;
            }
            progress.accept("Unpacking PostgreSQL " + version);
            Files.createDirectories(parent);
            FileTree.deleteStale(parent, ".unpack-");
            Path fresh = Files.createDirectory(parent.resolve(".unpack-" + FileTree.randomName()));
            try {
                unpack(platform, fresh);
                programs.replaceWith(fresh);
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
        try (FileChannel file =
                FileChannel.open(
                        fresh.resolve(SIZES),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap(sizes(fresh).getBytes(StandardCharsets.UTF_8));
            while (text.hasRemaining()) {
                file.write(text);
            }
            file.force(true);
        }
        FileTree.syncDirectory(fresh);
    }

    private boolean areWhole() throws IOException {
        Path list = home.resolve(SIZES);
        return Files.exists(list) && Files.readString(list).equals(sizes(home));
    }

    private static String sizes(Path tree) throws IOException {
        Path list = tree.resolve(SIZES);
        int below = tree.toString().length() + 1;
        List<String> lines = new ArrayList<>();
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes file) {
                        if (file.isRegularFile() && !path.equals(list)) {
                            lines.add(file.size() + " " + path.toString().substring(below) + "\n");
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        Collections.sort(lines);
        return String.join("", lines);
    }

    /// Renames, which is atomic: a directory under the final name is whole but for power cuts.
    /// Another process may have been first; then its copy is as good.
    private void replaceWith(Path fresh) throws IOException {
        if (Files.exists(home) && !areWhole()) {
            Files.move(home, home.resolveSibling(".unpack-" + FileTree.randomName()));
        }
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!areWhole()) {
                throw e;
            }
        }
        FileTree.syncDirectory(home.toAbsolutePath().getParent());
    }
}
