package dev.ashlar.backend.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Unpacks a `.tar.xz` into an empty directory of ours. Nothing is written outside of it: names
/// with `..` and links that lead out are refused. Permissions become 755 or 644, so that a server
/// running as another user can read but not change its own programs.
final class ArchiveUnpacker {
    /// Far above the real 60 MB; a bound for a damaged archive.
    private static final long MAX_BYTES = 1L << 30;

    private final Path target;
    private final List<Link> links = new ArrayList<>();
    private long written;

    private record Link(Path path, Path destination) {}

    ArchiveUnpacker(Path target) {
        this.target = target;
    }

    void unpack(InputStream archive) throws IOException {
        try (var tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                add(entry, tar);
            }
        }
        // Links come last, so that no file can be written through one.
        for (Link link : links) {
            Files.createDirectories(link.path().getParent());
            Files.createSymbolicLink(link.path(), link.destination());
        }
    }

    private void add(TarArchiveEntry entry, InputStream content) throws IOException {
        Path path = inside(target.resolve(entry.getName()), entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
            Path destination = Path.of(entry.getLinkName());
            inside(path.resolveSibling(destination), entry.getName());
            links.add(new Link(path, destination));
        } else if (entry.isFile()) {
            Files.createDirectories(path.getParent());
            write(path, entry, content);
        } else {
            throw new IOException("unexpected kind of entry: " + entry.getName());
        }
    }

    private void write(Path path, TarArchiveEntry entry, InputStream content) throws IOException {
        written += entry.getSize();
        if (written > MAX_BYTES) {
            throw new IOException("the archive is larger than " + MAX_BYTES + " bytes");
        }
        try (FileChannel file =
                        FileChannel.open(
                                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(file)) {
            content.transferTo(out);
        }
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private Path inside(Path path, String name) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(target)) {
            throw new IOException("the archive leads out of its directory: " + name);
        }
        return normal;
    }
}
