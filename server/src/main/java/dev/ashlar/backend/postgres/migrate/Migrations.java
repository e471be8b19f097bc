package dev.ashlar.backend.postgres.migrate;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.exposure.ExposureReader;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.backend.postgres.jdbc.SqlResource;
import dev.ashlar.config.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Brings one database up to date: first our own schemas and roles, then the application's files.
///
/// Blocks; call it before serving, or from a command.
public final class Migrations {
    private static final String APPLICATION = "ashlar-migrate";
    private static final String SYSTEM_HISTORY = "schema_history_system";
    private static final String APPLICATION_HISTORY = "schema_history";

    /// Ours, oldest first. A released one is never edited: its checksum is in people's databases.
    private static final List<String> SYSTEM_SCRIPTS =
            List.of(
                    "0001_roles.sql",
                    "0002_house.sql",
                    "0003_auth.sql",
                    "0004_storage_realtime.sql",
                    "0005_exposure.sql",
                    "0006_auth_tokens.sql",
                    "0007_auth_mail.sql",
                    "0008_auth_factors.sql",
                    "0009_auth_passkeys.sql",
                    "0010_auth_social.sql",
                    "0011_auth_oauth_server.sql",
                    "0012_auth_saml.sql",
                    "0013_auth_cookies.sql",
                    "0014_auth_limits.sql",
                    "0015_auth_web3.sql",
                    "0016_auth_sweep.sql",
                    "0017_auth_phone_proof.sql");

    private final PostgresAddress system;
    private final PostgresAddress house;
    private final Map<String, Secret> passwords;
    private final MigrationDirectory directory;

    private Migrations(
            PostgresAddress system,
            PostgresAddress house,
            Map<String, Secret> passwords,
            MigrationDirectory directory) {
        this.system = system;
        this.house = house;
        this.passwords = passwords;
        this.directory = directory;
    }

    /// For a server of our own. `admin` is its bootstrap superuser; `passwords` has one for each
    /// role that logs in: `postgres`, `authenticator`, `supabase_auth_admin`,
    /// `supabase_storage_admin`.
    public static Migrations embedded(
            PostgresAddress admin, Map<String, Secret> passwords, Path directory) {
        Secret password = passwords.get("postgres");
        if (password == null) {
            throw new IllegalArgumentException("role postgres needs a password");
        }
        return new Migrations(
                admin,
                admin.as("postgres", password),
                Map.copyOf(passwords),
                new MigrationDirectory(directory));
    }

    /// For a database of the user's own: `address` does and owns everything.
    public static Migrations external(PostgresAddress address, Path directory) {
        return new Migrations(address, address, Map.of(), new MigrationDirectory(directory));
    }

    /// What [#up] did: the files applied, ours and the application's.
    public record Outcome(List<String> system, List<String> application) {
        public boolean changed() {
            return !system.isEmpty() || !application.isEmpty();
        }
    }

    /// Applies all that is pending, each file as one transaction, and tells the servers that
    /// listen. What the database remarks on the way goes to `notices`, a line each.
    ///
    /// @throws MigrationException when a file is refused, changed or fails; what was applied before
    ///   it stays
    public Outcome up(List<String> exposedSchemas, Consumer<String> notices) {
        // Read before anything is touched: a misnamed file stops the start, not half of it.
        List<MigrationFile> files = directory.load();
        List<MigrationFile> ours = systemFiles();
        try (Connection connection = open(system)) {
            AppliedVersions known = AppliedVersions.load(connection, "migrate/applied_system.sql");
            List<String> system =
                    known.holdAll(ours) && known.holdOnly(ours)
                            ? List.of()
                            : upSystem(connection, ours, notices);
            expose(connection, exposedSchemas);
            setMissingPasswords(connection);
            return new Outcome(system, upApplication(connection, files, notices));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /// The application's migrations, oldest first. Needs a database that [#up] has seen.
    public List<MigrationStatus> status() {
        return applicationHistory(directory.load(), _ -> {}).status();
    }

    /// What the database would expose with the files that are pending, and exposes without: they
    /// are tried in one transaction that is rolled back.
    public Preview preview(ExposureReader reader) {
        List<MigrationFile> files = directory.load();
        try (Connection connection = open(system)) {
            List<MigrationFile> ours = systemFiles();
            AppliedVersions known = AppliedVersions.load(connection, "migrate/applied_system.sql");
            if (!known.holdAll(ours)) {
                return new Preview.Impossible("Ashlar's own migrations come first");
            }
            return new Trial(connection, system.equals(house) ? "" : house.user(), reader)
                    .of(
                            AppliedVersions.load(connection, "migrate/applied_application.sql")
                                    .missing(files));
        } catch (SQLException e) {
            return new Preview.Impossible(String.valueOf(e.getMessage()));
        }
    }

    /// Makes an empty migration named after the present time.
    public static Path create(Path directory, String name) {
        return new MigrationDirectory(directory).create(name, InstantSource.system());
    }

    private List<String> upSystem(
            Connection connection, List<MigrationFile> files, Consumer<String> notices)
            throws SQLException {
        execute(connection, "migrate/prepare.sql");
        String prologue =
                system.equals(house)
                        ? "migrate/before_system_external.sql"
                        : "migrate/before_system_embedded.sql";
        return new History(
                        JdbcConnections.source(system, APPLICATION),
                        SYSTEM_HISTORY,
                        files,
                        SqlResource.load(prologue),
                        History.Absent.REFUSED,
                        notices)
                .migrate();
    }

    private List<String> upApplication(
            Connection connection, List<MigrationFile> files, Consumer<String> notices)
            throws SQLException {
        AppliedVersions known = AppliedVersions.load(connection, "migrate/applied_application.sql");
        if (known.holdAll(files)) {
            return List.of();
        }
        execute(connection, "migrate/forget_failed.sql");
        List<String> applied = applicationHistory(files, notices).migrate();
        if (!applied.isEmpty()) {
            execute(connection, "migrate/reload.sql");
        }
        return applied;
    }

    private History applicationHistory(List<MigrationFile> files, Consumer<String> notices) {
        return new History(
                JdbcConnections.source(house, APPLICATION),
                APPLICATION_HISTORY,
                files,
                SqlResource.load("migrate/before_application.sql"),
                History.Absent.TOLERATED,
                notices);
    }

    private static List<MigrationFile> systemFiles() {
        List<MigrationFile> files = new ArrayList<>();
        for (String script : SYSTEM_SCRIPTS) {
            int underscore = script.indexOf('_');
            files.add(
                    MigrationFile.of(
                            script,
                            script.substring(0, underscore),
                            script.substring(underscore + 1, script.length() - ".sql".length()),
                            SqlResource.load("migrations/" + script)));
        }
        return files;
    }

    private static void expose(Connection connection, List<String> schemas) throws SQLException {
        @Nullable Object[] names = schemas.toArray();
        try (PreparedStatement check =
                connection.prepareStatement(SqlResource.load("migrate/exposed.sql"))) {
            check.setArray(1, connection.createArrayOf("text", names));
            check.setArray(2, connection.createArrayOf("text", names));
            try (ResultSet same = check.executeQuery()) {
                if (same.next() && same.getBoolean(1)) {
                    return;
                }
            }
        }
        try (PreparedStatement change =
                connection.prepareStatement(SqlResource.load("migrate/expose.sql"))) {
            change.setArray(1, connection.createArrayOf("text", names));
            change.setArray(2, connection.createArrayOf("text", names));
            change.execute();
        }
    }

    /// The server gets a SCRAM verifier made here, so that neither its log nor its memory ever
    /// holds the password.
    private void setMissingPasswords(Connection connection) throws SQLException {
        if (passwords.isEmpty()) {
            return;
        }
        List<String> roles = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(SqlResource.load("migrate/without_password.sql"))) {
            @Nullable Object[] names = passwords.keySet().toArray();
            statement.setArray(1, connection.createArrayOf("text", names));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    roles.add(rows.getString(1));
                }
            }
        }
        PGConnection postgres = connection.unwrap(PGConnection.class);
        for (String role : roles) {
            char[] password = passwords.getOrDefault(role, new Secret("")).reveal().toCharArray();
            postgres.alterUserPassword(role, password, "scram-sha-256");
        }
    }

    private static void execute(Connection connection, String resource) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(SqlResource.load(resource));
        }
    }

    private static Connection open(PostgresAddress address) throws SQLException {
        return JdbcConnections.open(address, APPLICATION);
    }

    private static MigrationException failed(SQLException e) {
        return new MigrationException(
                "The database does not let migrations run: " + e.getMessage(), e);
    }
}
