package dev.ashlar.testing;

import dev.ashlar.backend.embedded.EmbeddedConfig;
import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import dev.ashlar.backend.postgres.migrate.Migrations;
import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The embedded PostgreSQL that all tests of a run share: started when the first one asks, stopped
/// and deleted when the JVM ends.
///
/// Its database `postgres` has the system migrations, with schema `public` exposed, and is the
/// template of every [#fresh] one; no test may connect to it.
///
/// `-Dashlar.test.postgres=postgres://ashlar_admin@127.0.0.1:5614/postgres` takes a server that
/// runs already instead, of whatever version: one made for this (`initdb --username=ashlar_admin
/// --auth=trust`), for it gets Ashlar's roles and loses every database called `test_` and a number.
public final class PostgresForTests {
    private static final String TEMPLATE = "postgres";
    private static final Secret PASSWORD = new Secret("for-tests-only-0123456789abcdefghij");
    private static final List<String> LOGINS =
            List.of("postgres", "authenticator", "supabase_auth_admin", "supabase_storage_admin");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private PostgresForTests() {}

    /// A new, empty database with the system schemas and roles.
    public static DatabaseForTests fresh() {
        return copy(TEMPLATE);
    }

    /// A new database without anything of the system's but its roles, which the cluster has.
    public static DatabaseForTests plain() {
        return copy("template0");
    }

    /// Where PostgreSQL's programs are unpacked, once for all runs: for `embedded.programs`.
    public static Path programs() {
        Path programs = Path.of(System.getProperty("java.io.tmpdir"), "ashlar-test-programs");
        try {
            return Files.createDirectories(programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatabaseForTests copy(String template) {
        PostgresAddress admin = Running.ADMIN;
        String name = "test_" + COUNT.incrementAndGet();
        DatabaseForTests server = new DatabaseForTests(admin, PASSWORD);
        server.executeAs(
                EmbeddedPostgres.SUPERUSER,
                "create database " + name + " template " + template + " owner postgres");
        // A copy has the template's schemas, but not its settings.
        server.executeAs(
                EmbeddedPostgres.SUPERUSER,
                "alter database " + name + " set search_path = \"$user\", public, extensions");
        return new DatabaseForTests(
                new PostgresAddress(
                        admin.host(), admin.port(), name, admin.user(), PASSWORD, admin.tls()),
                PASSWORD);
    }

    /// Loaded, and so started, by the first [#fresh]; a failed start fails every test that asks.
    private static final class Running {
        static final PostgresAddress ADMIN =
                Optional.ofNullable(System.getProperty("ashlar.test.postgres"))
                        .map(Running::other)
                        .orElseGet(Running::start);

        private static PostgresAddress other(String url) {
            PostgresAddress named = PostgresAddress.parse(url);
            PostgresAddress template =
                    new PostgresAddress(
                            named.host(),
                            named.port(),
                            TEMPLATE,
                            EmbeddedPostgres.SUPERUSER,
                            PASSWORD,
                            named.tls());
            try {
                Path top = Files.createTempDirectory("ashlar-it-");
                PostgresAddress admin = migrated(template, top);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteAll(top)));
                new DatabaseForTests(admin, PASSWORD).dropOthers();
                return admin;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static PostgresAddress start() {
            try {
                // Below /tmp: the server's user must be able to pass, and socket paths are short.
                Path top = Files.createTempDirectory("ashlar-it-");
                Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
                EmbeddedPostgres server =
                        EmbeddedPostgres.start(
                                config(programs()), top.resolve("data"), PASSWORD, _ -> {});
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, top)));
                PostgresAddress template =
                        new PostgresAddress(
                                server.socketDirectory().toString(),
                                server.port(),
                                TEMPLATE,
                                EmbeddedPostgres.SUPERUSER,
                                PASSWORD,
                                Tls.DISABLE);
                return migrated(template, top);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static PostgresAddress migrated(PostgresAddress template, Path top)
                throws IOException {
            Map<String, Secret> passwords = new LinkedHashMap<>();
            LOGINS.forEach(role -> passwords.put(role, PASSWORD));
            Path none = Files.createDirectory(top.resolve("migrations"));
            Migrations.embedded(template, passwords, none).up(List.of("public"), _ -> {});
            return new PostgresAddress(
                    template.host(),
                    template.port(),
                    "template1",
                    EmbeddedPostgres.SUPERUSER,
                    PASSWORD,
                    template.tls());
        }

        private static EmbeddedConfig config(Path programs) {
            return new EmbeddedConfig(
                    0,
                    Optional.of(new ByteSize(64 << 20)),
                    Optional.empty(),
                    Optional.of(programs),
                    Duration.ofMinutes(1),
                    // Nothing is kept, so nothing is worth a checkpoint.
                    Duration.ZERO);
        }

        private static void end(EmbeddedPostgres server, Path top) {
            server.stop();
            deleteAll(top);
        }

        private static void deleteAll(Path top) {
            try (Stream<Path> files = Files.walk(top)) {
                files.sorted(Comparator.reverseOrder()).forEach(Running::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path file) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
