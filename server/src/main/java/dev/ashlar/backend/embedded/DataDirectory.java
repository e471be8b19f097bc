package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The directory in which Ashlar keeps everything, and the names of what lies in it. Made by
/// [#open], which refuses a directory that is not ours before anything is written.
public record DataDirectory(Path root) {
    private static final String SECRETS = "secrets.env";
    private static final String LOCK = "ashlar.lock";

    /// What an empty directory may hold: the mount point of a volume, traces of git and Finder.
    private static final Set<String> IGNORED = Set.of("lost+found", ".gitkeep", ".DS_Store");

    /// Creates the directory when it is absent, and checks that it is a writable one of ours.
    public static DataDirectory open(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            if (!Files.exists(absolute)) {
                create(absolute);
            } else if (!Files.isDirectory(absolute)) {
                throw new EmbeddedPostgresException(
                        absolute
                                + " is a file; the data directory (data.dir) must be a directory.");
            }
            Path real = absolute.toRealPath();
            requireOurs(real);
            if (!Files.isWritable(real)) {
                throw new EmbeddedPostgresException(
                        "The data directory %s cannot be written by user %s (read-only, or another's). Make it writable, or choose another with --data."
                                .formatted(real, OsUser.current().name()));
            }
            return new DataDirectory(real);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "The data directory %s cannot be used: %s. Choose another with --data."
                            .formatted(absolute, FileTree.reason(e)),
                    e);
        }
    }

    private static void create(Path absolute) throws IOException {
        // Root gives its database to another user, who must be able to pass through.
        String permissions = OsUser.current().isRoot() ? "rwx--x--x" : "rwx------";
        Path parent = absolute.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(absolute);
            // Apart from creation, so that the umask has no say.
            Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString(permissions));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(absolute)) {
                throw e;
            }
        }
    }

    private static void requireOurs(Path real) throws IOException {
        boolean empty = true;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                // Also the secrets' provisional name, which another start may just be using.
                if (name.startsWith(SECRETS) || name.equals(LOCK)) {
                    return;
                }
                empty &= IGNORED.contains(name);
            }
        }
        if (!empty) {
            throw new EmbeddedPostgresException(
                    "%s is not empty and was not made by Ashlar. Nothing was changed. Choose an empty or absent directory with --data."
                            .formatted(real));
        }
    }

    /// Whether a database has been created here.
    public boolean hasDatabase() {
        return Files.exists(versionFile());
    }

    /// Passwords and keys, readable by the owner only.
    public Path secrets() {
        return root.resolve(SECRETS);
    }

    /// Log files.
    public Path log() {
        return root.resolve("log");
    }

    Path lock() {
        return root.resolve(LOCK);
    }

    /// What belongs to the server but not to its user: settings, programs, sockets.
    Path postgres() {
        return root.resolve("postgres");
    }

    /// PostgreSQL's own data directory.
    Path cluster() {
        return postgres().resolve("pgdata");
    }

    Path versionFile() {
        return cluster().resolve("PG_VERSION");
    }

    Path sockets() {
        return postgres().resolve("socket");
    }

    /// Where the server complains before its own log is open.
    Path startLog() {
        return postgres().resolve("start.log");
    }

    /// Makes the directories around the cluster; the cluster itself is [ClusterCreation]'s.
    void prepare(OsUser server) throws IOException {
        if (OsUser.current().isRoot()) {
            allowPassage(root);
        }
        if (!Files.isDirectory(postgres())) {
            Files.createDirectory(postgres());
            Files.setPosixFilePermissions(
                    postgres(),
                    PosixFilePermissions.fromString(
                            OsUser.current().isRoot() ? "rwx--x--x" : "rwx------"));
        }
        FileTree.privateDirectory(log(), server);
    }

    private static void allowPassage(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
            Files.setPosixFilePermissions(directory, permissions);
        }
    }
}
