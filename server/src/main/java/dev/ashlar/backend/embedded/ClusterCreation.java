package dev.ashlar.backend.embedded;

import dev.ashlar.config.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// Creates a cluster: initdb in a directory of another name, which is renamed when it is whole.
/// Killed half way, it leaves nothing that looks like a database.
final class ClusterCreation {
    /// The superuser that owns the system catalogs; only system migrations log in as it.
    static final String SUPERUSER = "ashlar_admin";

    private static final int INITDB_SECONDS = 300;
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /// Ours is included first, then the operator's own file; `ALTER SYSTEM` beats both.
    private static final String INCLUDES =
            """

            # Ashlar writes its settings at each start. Write yours into custom.conf.
            include = 'ashlar.conf'
            include_if_exists = 'custom.conf'
            """;

    private static final String AUTHENTICATION =
            """
            # Ashlar writes its rules at each start. Write yours here; the first that fits counts.
            include ashlar_hba.conf
            """;

    private final DataDirectory directory;
    private final Programs programs;
    private final Launcher launcher;
    private final ClusterPath path;

    ClusterCreation(
            DataDirectory directory, Programs programs, Launcher launcher, ClusterPath path) {
        this.directory = directory;
        this.programs = programs;
        this.launcher = launcher;
        this.path = path;
    }

    void create(Secret password) throws IOException {
        Path fresh = directory.postgres().resolve("pgdata.new");
        Path passwordFile = directory.postgres().resolve("initdb.password");
        FileTree.delete(fresh);
        Files.deleteIfExists(passwordFile);
        try {
            FileTree.privateDirectory(fresh, launcher.user());
            writePassword(passwordFile, password);
            initialize(fresh, passwordFile);
            write(fresh.resolve("postgresql.conf"), StandardOpenOption.APPEND, INCLUDES);
            write(
                    fresh.resolve("pg_hba.conf"),
                    StandardOpenOption.TRUNCATE_EXISTING,
                    AUTHENTICATION);
            Files.move(fresh, directory.cluster(), StandardCopyOption.ATOMIC_MOVE);
            FileTree.syncDirectory(directory.postgres());
        } finally {
            Files.deleteIfExists(passwordFile);
            FileTree.delete(fresh);
        }
    }

    private void writePassword(Path file, Secret password) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        OWNER_ONLY)) {
            write(channel, password.reveal() + "\n");
        }
        launcher.user().own(file);
    }

    private void initialize(Path fresh, Path passwordFile) {
        List<String> command =
                List.of(
                        programs.initdb().toString(),
                        "--pgdata=" + path.argument(fresh),
                        "--username=" + SUPERUSER,
                        "--auth=scram-sha-256",
                        "--pwfile=../" + passwordFile.getFileName(),
                        "--encoding=UTF8",
                        // Sorts by code point and folds case by Unicode, the same on every
                        // machine: an upgrade of the system's libc cannot break indexes.
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--data-checksums",
                        "--no-instructions");
        Launcher.Outcome outcome = launcher.run(fresh, command, INITDB_SECONDS);
        if (outcome.status() != 0) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL could not create a database in %s. It said:%n%s"
                            .formatted(directory.root(), ServerLog.tail(outcome.output())));
        }
    }

    private static void write(Path file, StandardOpenOption how, String text) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(
                        file,
                        Set.of(
                                StandardOpenOption.WRITE,
                                how,
                                StandardOpenOption.SYNC,
                                LinkOption.NOFOLLOW_LINKS))) {
            write(channel, text);
        }
    }

    private static void write(SeekableByteChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
