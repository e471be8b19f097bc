package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a second Ashlar off a data directory. The operating system frees the lock when the process
/// ends, however it ends; the file stays, since deleting it would let two processes lock two files
/// of one name.
final class DataLock implements AutoCloseable {
    /// POSIX drops all locks of a process on a file when any descriptor of it is closed. So a
    /// directory that this process holds must not even be opened a second time.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final int MAX_PID_LENGTH = 20;

    private final Path file;
    private final FileChannel channel;

    private DataLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DataLock take(DataDirectory directory) {
        Path file = directory.lock();
        if (!HELD.add(file)) {
            throw inUse(directory, "this process, " + ProcessHandle.current().pid());
        }
        try {
            FileChannel channel =
                    FileChannel.open(
                            file,
                            EnumSet.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            return lock(directory, channel);
        } catch (IOException e) {
            HELD.remove(file);
            throw new EmbeddedPostgresException(
                    "The lock %s cannot be taken: %s.".formatted(file, FileTree.reason(e)), e);
        } catch (EmbeddedPostgresException e) {
            HELD.remove(file);
            throw e;
        }
    }

    /// Whether this process or another holds the directory now.
    static boolean isHeld(DataDirectory directory) {
        Path file = directory.lock();
        if (HELD.contains(file)) {
            return true;
        }
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "The lock %s cannot be read: %s.".formatted(file, FileTree.reason(e)), e);
        }
    }

    private static DataLock lock(DataDirectory directory, FileChannel channel) throws IOException {
        if (channel.tryLock() == null) {
            String holder = read(channel);
            channel.close();
            throw inUse(directory, holder.isEmpty() ? "of unknown number" : holder);
        }
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid), 0);
        return new DataLock(directory.lock(), channel);
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_PID_LENGTH);
        channel.read(buffer, 0);
        return StandardCharsets.US_ASCII.decode(buffer.flip()).toString().strip();
    }

    private static EmbeddedPostgresException inUse(DataDirectory directory, String holder) {
        return new EmbeddedPostgresException(
                "Another Ashlar (process %s) is using the data directory %s. Stop it, or choose another directory with --data."
                        .formatted(holder, directory.root()));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone either way, and the lock with it.
        } finally {
            HELD.remove(file);
        }
    }
}
