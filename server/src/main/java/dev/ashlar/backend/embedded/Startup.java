package dev.ashlar.backend.embedded;

import dev.ashlar.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The steps from a locked data directory to a server that takes connections. Checks come before
/// anything is changed.
final class Startup {
    /// Names the socket when no TCP port is open; PostgreSQL's own default.
    private static final int SOCKET_PORT = 5432;

    private static final long BYTES_TO_CREATE = 300L << 20;
    private static final long BYTES_TO_START = 32L << 20;
    private static final Path SYSTEM_CACHE = Path.of("/var/cache/ashlar");
    private static final List<String> USERS = List.of("postgres", "nobody");

    private final EmbeddedConfig config;
    private final DataDirectory directory;
    private final Consumer<String> progress;
    private final Platform platform = Platform.current();

    Startup(EmbeddedConfig config, DataDirectory directory, Consumer<String> progress) {
        this.config = config;
        this.directory = directory;
        this.progress = progress;
    }

    EmbeddedPostgres run(Secret superuserPassword, DataLock lock) {
        try {
            boolean creating = requireSoundCluster();
            requireSpace(creating ? BYTES_TO_CREATE : BYTES_TO_START);
            Launcher launcher = Launcher.as(serverUser(creating), platform);
            directory.prepare(launcher.user());
            ClusterPath path =
                    !OsUser.current().isRoot() || launcher.reaches(directory.postgres())
                            ? ClusterPath.ABSOLUTE
                            : ClusterPath.WORKING_DIRECTORY;
            Programs programs = Programs.install(programsParent(path), platform, progress);
            if (creating) {
                requireFreePort();
                progress.accept("Creating the database");
                new ClusterCreation(directory, programs, launcher, path).create(superuserPassword);
            } else {
                new LeftOvers(directory.cluster(), progress).clear(config.stopTimeout());
                // Only now: the port may have been held by a server that a crash left.
                requireFreePort();
            }
            return start(launcher, programs, path, lock);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL could not be started in %s: %s."
                            .formatted(directory.root(), FileTree.reason(e)),
                    e);
        }
    }

    private EmbeddedPostgres start(
            Launcher launcher, Programs programs, ClusterPath path, DataLock lock)
            throws IOException {
        Path sockets =
                SocketDirectory.prepare(
                        directory, launcher.user(), System.getenv("XDG_RUNTIME_DIR"));
        int port = config.port() == 0 ? SOCKET_PORT : config.port();
        writeSettings(launcher.user(), sockets, port);
        progress.accept("Starting PostgreSQL " + programs.version());
        ProcessBuilder command =
                launcher.command(
                                directory.cluster(),
                                List.of(
                                        programs.postgres().toString(),
                                        "-D",
                                        path.argument(directory.cluster())))
                        .redirectOutput(directory.startLog().toFile());
        ServerLog log = new ServerLog(directory);
        Postmaster postmaster = Postmaster.launch(command, directory.cluster(), log);
        postmaster.awaitReady(config.startTimeout(), progress);
        return new EmbeddedPostgres(postmaster, lock, sockets, port, config.stopTimeout());
    }

    /// Whether there is no cluster yet. One that this version cannot serve is refused untouched.
    private boolean requireSoundCluster() throws IOException {
        if (directory.hasDatabase()) {
            String found = Files.readString(directory.versionFile()).strip();
            String version = Programs.bundledVersion();
            String major = version.substring(0, version.indexOf('.'));
            if (!found.equals(major)) {
                throw new EmbeddedPostgresException(
                        "%s holds a database of PostgreSQL %s, and this Ashlar brings PostgreSQL %s. Nothing was changed. Dump it with the Ashlar that made it and load it into a new directory, or serve it with a PostgreSQL %s of your own (database.url)."
                                .formatted(directory.root(), found, major, found));
            }
            return false;
        }
        if (Files.exists(directory.cluster()) && !isEmpty(directory.cluster())) {
            throw new EmbeddedPostgresException(
                    "%s is not empty, but holds no PostgreSQL database (PG_VERSION is missing). Nothing was changed. Restore it from a backup, or move it away to start afresh."
                            .formatted(directory.cluster()));
        }
        return true;
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        }
    }

    private void requireSpace(long bytes) throws IOException {
        long free = Files.getFileStore(directory.root()).getUsableSpace();
        if (free < bytes) {
            throw new EmbeddedPostgresException(
                    "The disk of %s is full: %d MB free, %d MB needed to start. Nothing was changed. Make room, or choose another directory with --data."
                            .formatted(directory.root(), free >> 20, bytes >> 20));
        }
    }

    private void requireFreePort() {
        if (config.port() == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), config.port()));
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "Port %d (embedded.port) on 127.0.0.1 cannot be opened: %s. Free it, or set another; 0 opens none."
                            .formatted(config.port(), e.getMessage()),
                    e);
        }
    }

    /// Root must name somebody else: the owner of an existing cluster, or else the configured or a
    /// usual user.
    private OsUser serverUser(boolean creating) throws IOException {
        OsUser current = OsUser.current();
        if (!creating) {
            OsUser owner = OsUser.ownerOf(directory.cluster());
            if (!current.isRoot() && owner.uid() != current.uid()) {
                throw new EmbeddedPostgresException(
                        "The database in %s belongs to user %s, and Ashlar runs as %s. Start it as that user or as root."
                                .formatted(directory.root(), owner.name(), current.name()));
            }
            if (!owner.isRoot()) {
                return owner;
            }
            throw new EmbeddedPostgresException(
                    "The database in %s belongs to root, as whom PostgreSQL refuses to run. Give it back to its user with chown -R."
                            .formatted(directory.cluster()));
        }
        return current.isRoot() ? unprivilegedUser() : current;
    }

    private OsUser unprivilegedUser() throws IOException {
        List<String> names = config.user().map(List::of).orElse(USERS);
        for (String name : names) {
            Optional<OsUser> user = OsUser.find(name).filter(found -> !found.isRoot());
            if (user.isPresent()) {
                return user.get();
            }
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL refuses to run as root, and there is no unprivileged user %s in /etc/passwd. Set embedded.user to one that exists."
                        .formatted(String.join(" or ", names)));
    }

    /// Programs must be reachable by name, also when the data directory is not.
    private Path programsParent(ClusterPath path) {
        return config.programs()
                .map(Path::toAbsolutePath)
                .orElse(
                        switch (path) {
                            case ABSOLUTE -> directory.postgres();
                            case WORKING_DIRECTORY -> SYSTEM_CACHE;
                        });
    }

    private void writeSettings(OsUser server, Path sockets, int port) throws IOException {
        boolean inside = sockets.equals(directory.sockets());
        ServerSettings settings =
                new ServerSettings(
                        MachineMemory.total(),
                        config.sharedBuffers(),
                        port,
                        config.port() == 0
                                ? ServerSettings.Access.SOCKET_ONLY
                                : ServerSettings.Access.SOCKET_AND_LOOPBACK,
                        inside ? Path.of("../socket") : sockets);
        write(server, directory.cluster().resolve("ashlar.conf"), settings.text());
        write(server, directory.cluster().resolve("ashlar_hba.conf"), settings.authentication());
    }

    /// The cluster belongs to the server's user, who could have put a link there for root to write
    /// through. A new file is never a link, and a rename replaces a link instead of following it.
    private static void write(OsUser server, Path file, String text) throws IOException {
        Path fresh = file.resolveSibling("ashlar." + FileTree.randomName() + ".new");
        Files.writeString(
                fresh,
                text,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        server.own(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
