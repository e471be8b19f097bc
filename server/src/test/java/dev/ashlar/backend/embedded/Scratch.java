package dev.ashlar.backend.embedded;

import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// A data directory of one test, and what it takes to start a server on it and to ask it things.
/// The unpacked programs are shared by all tests of a run.
final class Scratch implements AutoCloseable {
    static final Secret PASSWORD = new Secret("correct-horse-battery-staple-0123456789");

    /// Below `/tmp` itself: the server's user must be able to pass, and socket paths are short.
    static final Path SHARED_PROGRAMS =
            Path.of(System.getProperty("java.io.tmpdir"), "ashlar-test-programs");

    final Path top;
    final List<String> steps = new ArrayList<>();

    Scratch() throws IOException {
        top = Files.createTempDirectory("ashlar-it-");
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(SHARED_PROGRAMS);
    }

    /// With a cluster already in it, copied from one that the first test to ask creates.
    static Scratch withCluster() throws IOException {
        Scratch scratch = new Scratch();
        try {
            Process copy =
                    new ProcessBuilder(
                                    "cp", "-a", Template.DATA.toString(), scratch.data().toString())
                            .inheritIO()
                            .start();
            if (copy.waitFor() != 0) {
                throw new IOException("the template cannot be copied");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return scratch;
    }

    /// Creating a cluster syncs a thousand files; copying one syncs none.
    private static final class Template {
        static final Path DATA = create();

        private static Path create() {
            try {
                Scratch scratch = new Scratch();
                scratch.start().stop();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(scratch)));
                return scratch.data();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Scratch scratch) {
            try {
                scratch.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Path data() {
        return top.resolve("data");
    }

    Path cluster() {
        return data().resolve("postgres/pgdata");
    }

    static EmbeddedConfig config() {
        return config(0);
    }

    static EmbeddedConfig config(int port) {
        return new EmbeddedConfig(
                port,
                Optional.of(new ByteSize(32 << 20)),
                Optional.empty(),
                Optional.of(SHARED_PROGRAMS),
                Duration.ofMinutes(1),
                Duration.ofSeconds(20));
    }

    EmbeddedPostgres start() {
        return start(config());
    }

    EmbeddedPostgres start(EmbeddedConfig config) {
        return EmbeddedPostgres.start(config, data(), PASSWORD, steps::add);
    }

    static Connection connect(EmbeddedPostgres server) throws SQLException {
        return connect(server, PASSWORD.reveal());
    }

    static Connection connect(EmbeddedPostgres server, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", EmbeddedPostgres.SUPERUSER);
        properties.setProperty("password", password);
        properties.setProperty(
                "socketFactory", "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg");
        properties.setProperty("socketFactoryArg", server.socket().toString());
        properties.setProperty("sslmode", "disable");
        return DriverManager.getConnection("jdbc:postgresql://localhost/postgres", properties);
    }

    static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String ask(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(top);
    }
}
