package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Chooses the directory of the Unix socket: private to the server's user, and short enough. The
/// address of a Unix socket holds 107 bytes on Linux and 103 on macOS (`sun_path`), which a deep
/// data directory exceeds.
final class SocketDirectory {
    private static final int MAX_BYTES = 103;
    private static final int SOCKET_NAME_BYTES = "/.s.PGSQL.65535".length();

    private SocketDirectory() {}

    /// Inside the data directory where that fits, else in the user's runtime directory or `/tmp`.
    static Path prepare(DataDirectory directory, OsUser server, @Nullable String runtimeDirectory)
            throws IOException {
        Path inside = directory.sockets();
        if (fits(inside)) {
            FileTree.privateDirectory(inside, server);
            clear(inside);
            return inside;
        }
        CRC32 sum = new CRC32();
        sum.update(directory.root().toString().getBytes(StandardCharsets.UTF_8));
        String name = "ashlar-%d-%08x".formatted(server.uid(), sum.getValue());
        Path parent = Path.of("/tmp");
        // Root's runtime directory is closed to the user that the server runs as.
        if (runtimeDirectory != null && !OsUser.current().isRoot()) {
            Path candidate = Path.of(runtimeDirectory);
            boolean usable = candidate.isAbsolute() && Files.isWritable(candidate);
            parent = usable && fits(candidate.resolve(name)) ? candidate : parent;
        }
        return outside(parent, name, server);
    }

    static boolean fits(Path directory) {
        return directory.toString().getBytes(StandardCharsets.UTF_8).length + SOCKET_NAME_BYTES
                <= MAX_BYTES;
    }

    /// In a directory that everybody can write to, a name may have been taken by somebody else:
    /// then a random one serves, since the choice is made anew at each start.
    private static Path outside(Path parent, String name, OsUser server) throws IOException {
        Path known = parent.resolve(name);
        if (Files.exists(known, LinkOption.NOFOLLOW_LINKS)) {
            if (isPrivate(known, server)) {
                clear(known);
                return known;
            }
            Path random =
                    Files.createTempDirectory(
                            parent,
                            "ashlar-",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
            server.own(random);
            return random;
        }
        FileTree.privateDirectory(known, server);
        return known;
    }

    private static boolean isPrivate(Path directory, OsUser server) throws IOException {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && (int) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        == server.uid()
                && PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS))
                        .equals("rwx------");
    }

    /// Removes sockets and their lock files, which name a process that may be anybody's by now. No
    /// server of this data directory runs any more when this is called.
    private static void clear(Path directory) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, ".s.PGSQL.*")) {
            for (Path entry : old) {
                Files.deleteIfExists(entry);
            }
        }
    }
}
