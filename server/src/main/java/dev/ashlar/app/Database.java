package dev.ashlar.app;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.embedded.RunningServer;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.PostgresTls;
import dev.ashlar.backend.postgres.catalog.CatalogLoader;
import dev.ashlar.backend.postgres.jdbc.ServerVersion;
import dev.ashlar.backend.postgres.migrate.Migrations;
import dev.ashlar.config.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The database of a run and who logs in to it for what: the embedded one, whose roles have a
/// password each, or one of the user's, where the given user does everything.
final class Database {
    private static final String NAME = "postgres";
    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    private final PostgresAddress data;
    private final PostgresAddress auth;
    private final PostgresAddress admin;
    private final PostgresAddress owner;
    private final Migrations migrations;
    private final Optional<PostgresKeeper> embedded;

    private Database(
            PostgresAddress data,
            PostgresAddress auth,
            PostgresAddress admin,
            PostgresAddress owner,
            Migrations migrations,
            Optional<PostgresKeeper> embedded) {
        this.data = data;
        this.auth = auth;
        this.admin = admin;
        this.owner = owner;
        this.migrations = migrations;
        this.embedded = embedded;
    }

    /// Starts the embedded server, or checks that the user's can be used. Blocks.
    static Database open(Config config, Path migrations, Consumer<String> progress) {
        Optional<Secret> url = config.database().url();
        return url.isPresent()
                ? external(url.get(), migrations)
                : embedded(config, migrations, progress);
    }

    /// For the migrations alone, which may run beside a server: then in the database that it runs.
    /// Blocks.
    static Database openForMigrations(Config config, Path migrations, Consumer<String> progress) {
        Path dataDir = config.data().dir();
        if (config.database().url().isEmpty()) {
            Optional<RunningServer> running = RunningServer.find(dataDir);
            if (running.isPresent()) {
                progress.accept("Using the database of the Ashlar that is running");
                return embedded(
                        running.get(), Secrets.loadOrCreate(dataDir), migrations, Optional.empty());
            }
        }
        return open(config, migrations, progress);
    }

    private static Database embedded(Config config, Path folder, Consumer<String> progress) {
        Path dataDir = config.data().dir();
        Secrets secrets = Secrets.loadOrCreate(dataDir);
        PostgresKeeper keeper =
                PostgresKeeper.start(() ->
                        EmbeddedPostgres.start(
                                config.embedded(), dataDir, secrets.ashlarAdmin(), progress));
        EmbeddedPostgres server = keeper.server();
        return embedded(
                new RunningServer(server.socketDirectory(), server.port()),
                secrets,
                folder,
                Optional.of(keeper));
    }

    private static Database embedded(
            RunningServer server, Secrets secrets, Path folder, Optional<PostgresKeeper> keeper) {
        Map<String, Secret> passwords = new LinkedHashMap<>();
        passwords.put("postgres", secrets.postgres());
        passwords.put("authenticator", secrets.authenticator());
        passwords.put("supabase_auth_admin", secrets.authAdmin());
        passwords.put("supabase_storage_admin", secrets.storageAdmin());
        PostgresAddress admin = login(server, EmbeddedPostgres.SUPERUSER, secrets.ashlarAdmin());
        return new Database(
                login(server, "authenticator", secrets.authenticator()),
                login(server, "supabase_auth_admin", secrets.authAdmin()),
                admin,
                login(server, "postgres", secrets.postgres()),
                Migrations.embedded(admin, passwords, folder),
                keeper);
    }

    private static PostgresAddress login(RunningServer server, String user, Secret password) {
        return new PostgresAddress(
                server.socketDirectory().toString(),
                server.port(),
                NAME,
                user,
                password,
                PostgresAddress.Tls.DISABLE);
    }

    private static Database external(Secret url, Path folder) {
        PostgresAddress address = address("database.url (DATABASE_URL)", url.reveal());
        int version = version(address);
        if (version < OLDEST || version > NEWEST) {
            throw new StartFailure(
                    "The database is PostgreSQL " + version + ".",
                    "Ashlar works with %d to %d.".formatted(OLDEST, NEWEST));
        }
        return new Database(
                address,
                address,
                address,
                address,
                Migrations.external(address, folder),
                Optional.empty());
    }

    private static int version(PostgresAddress address) {
        try {
            return ServerVersion.major(address);
        } catch (IOException e) {
            throw new StartFailure(
                    "The database at %s:%d cannot be used: %s"
                            .formatted(address.host(), address.port(), e.getMessage()),
                    "Check database.url (DATABASE_URL), and that the server runs and lets "
                            + address.user()
                            + " in.",
                    e);
        }
    }

    /// A [StartFailure] for what is no address, or names files that cannot be used.
    ///
    /// @param setting what the URL was given as, for people
    static PostgresAddress address(String setting, String url) {
        PostgresAddress address;
        try {
            address = PostgresAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    setting + " cannot be used: " + e.getMessage(),
                    "Write postgres://user:password@host:5432/database",
                    e);
        }
        try {
            PostgresTls.of(address);
            return address;
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    setting + " cannot be used: " + e.getMessage(),
                    "sslrootcert, sslcert and sslkey name files of PEM, absolutely or from the"
                            + " folder that the server is started in.",
                    e);
        }
    }

    /// For the data path, which switches to the role of each caller.
    PostgresAddress data() {
        return data;
    }

    /// For the owner of the accounts.
    PostgresAddress auth() {
        return auth;
    }

    /// For looking at what is exposed: whoever can become every caller.
    PostgresAddress admin() {
        return admin;
    }

    /// As whom the application's migrations run: the owner of its tables, whom policies do not
    /// hold.
    PostgresAddress owner() {
        return owner;
    }

    Migrations migrations() {
        return migrations;
    }

    /// The schema as the data path sees it.
    CatalogLoader catalogLoader(Config config) {
        return new CatalogLoader(data, config.rest().schemas(), config.database().searchPath());
    }

    void stop() {
        embedded.ifPresent(PostgresKeeper::stop);
    }
}
