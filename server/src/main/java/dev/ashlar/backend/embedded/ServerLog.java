package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The server's own log files: their last words, and an end to their growth. PostgreSQL starts a
/// new file at 10 MB but never deletes one under a new name.
final class ServerLog {
    private static final int KEPT_FILES = 10;
    private static final int TAIL_BYTES = 8_192;
    private static final int TAIL_LINES = 12;

    private final DataDirectory directory;

    ServerLog(DataDirectory directory) {
        this.directory = directory;
    }

    /// Deletes all but the youngest files; their names sort by time.
    void prune() {
        try {
            List<Path> files = files();
            for (Path file : files.subList(0, Math.max(0, files.size() - KEPT_FILES))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Tried again in a minute; a log that cannot be pruned is no reason to stop serving.
        }
    }

    /// What the server said last: before its log was open, or in the youngest file of it.
    String lastWords() {
        try {
            List<Path> files = files();
            String early = read(directory.startLog());
            String late = files.isEmpty() ? "" : read(files.getLast());
            return tail(late.isBlank() || early.contains("FATAL") ? early : late);
        } catch (IOException e) {
            return "(its log cannot be read: " + FileTree.reason(e) + ")";
        }
    }

    /// The last lines of a text, indented.
    static String tail(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join(
                System.lineSeparator(),
                lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                        .map(line -> "  " + line)
                        .toList());
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory.log())) {
            try (DirectoryStream<Path> entries =
                    Files.newDirectoryStream(directory.log(), "postgres-*.log")) {
                entries.forEach(files::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }

    private static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        // The directory is the server's: a link in it must not show root's files.
        try (SeekableByteChannel channel =
                Files.newByteChannel(
                        file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            ByteBuffer buffer = ByteBuffer.allocate(TAIL_BYTES);
            int read = 0;
            while (buffer.hasRemaining() && read >= 0) {
                read = channel.read(buffer);
            }
            return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
        }
    }
}
