package dev.ashlar.app;

import dev.ashlar.backend.embedded.EmbeddedConfig;
import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.migrate.Migrations;
import dev.ashlar.backend.postgres.policy.DatabaseCopies;
import dev.ashlar.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A PostgreSQL of its own, with the project's migrations and no rows but theirs, in a folder of
/// the system's temporary files; both are gone when it is closed. Roles belong to a whole server,
/// and migrations make some: a second database beside the real one would not do.
final class ScratchServer implements AutoCloseable {
    private static final List<String> LOGINS =
            List.of("postgres", "authenticator", "supabase_auth_admin", "supabase_storage_admin");
    private static final String TEMPLATE = "postgres";

    private final EmbeddedPostgres server;
    private final Path folder;
    private final Secret password;

    private ScratchServer(EmbeddedPostgres server, Path folder, Secret password) {
        this.server = server;
        this.folder = folder;
        this.password = password;
    }

    static ScratchServer start(Config config, Path migrations, Consumer<String> progress) {
        try {
            Path folder = Files.createTempDirectory(prefix());
            // Root gives its server to another user, who must be able to pass through.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            boolean done = false;
            try {
                Secret password = randomPassword();
                ScratchServer scratch =
                        new ScratchServer(
                                EmbeddedPostgres.start(
                                        settings(config),
                                        folder.resolve("data"),
                                        password,
                                        progress),
                                folder,
                                password);
                try {
                    scratch.migrate(config, migrations);
                    done = true;
                    return scratch;
                } finally {
                    if (!done) {
                        scratch.server.stop();
                    }
                }
            } finally {
                if (!done) {
                    delete(folder);
                }
            }
        } catch (IOException e) {
            throw new StartFailure(
                    "There is no place for a scratch database: " + e.getMessage(),
                    "Check the folder of temporary files, or name a database: --database-url",
                    e);
        }
    }

    /// Names the process, so that a folder which a crash left can be told from one in use.
    static String prefix() {
        return "ashlar-scratch-" + ProcessHandle.current().pid() + "-";
    }

    private static Secret randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().encodeToString(bytes));
    }

    /// Nothing is kept, so no stop is worth a checkpoint.
    private static EmbeddedConfig settings(Config config) {
        return new EmbeddedConfig(
                0,
                config.embedded().sharedBuffers(),
                config.embedded().user(),
                config.embedded().programs(),
                config.embedded().startTimeout(),
                Duration.ZERO);
    }

    private void migrate(Config config, Path migrations) {
        Map<String, Secret> passwords = new LinkedHashMap<>();
        LOGINS.forEach(role -> passwords.put(role, password));
        Migrations.embedded(address(TEMPLATE), passwords, migrations)
                .up(config.rest().schemas(), _ -> {});
    }

    /// So many databases with the same schema, as the superuser, whom no policy holds.
    List<PostgresAddress> copies(int count) {
        return DatabaseCopies.make(address(TEMPLATE), address("template1"), count);
    }

    private PostgresAddress address(String database) {
        return new PostgresAddress(
                server.socketDirectory().toString(),
                server.port(),
                database,
                EmbeddedPostgres.SUPERUSER,
                password,
                PostgresAddress.Tls.DISABLE);
    }

    @Override
    public void close() {
        server.stop();
        try {
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
