package dev.ashlar.testing;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// One test class's own database. Roles belong to the whole cluster: name your own ones after the
/// test.
public final class DatabaseForTests {
    private final PostgresAddress admin;
    private final Secret password;

    DatabaseForTests(PostgresAddress admin, Secret password) {
        this.admin = admin;
        this.password = password;
    }

    /// As which the data path logs in.
    public PostgresAddress authenticator() {
        return address("authenticator");
    }

    /// As which the auth domain logs in.
    public PostgresAddress authAdmin() {
        return address("supabase_auth_admin");
    }

    /// As a role that logs in: `postgres`, or the superuser for what only it may do.
    public PostgresAddress address(String role) {
        return new PostgresAddress(
                admin.host(), admin.port(), admin.database(), role, password, admin.tls());
    }

    /// For JDBC, as the bootstrap superuser.
    public PostgresAddress jdbc() {
        return admin;
    }

    /// For the setting `database.url`, as the bootstrap superuser.
    public String url() {
        return "postgres://%s:%s@/%s?host=%s&port=%d"
                .formatted(
                        admin.user(),
                        password.reveal(),
                        admin.database(),
                        URLEncoder.encode(admin.host(), StandardCharsets.UTF_8),
                        admin.port());
    }

    /// Runs a script as `postgres`, the owner of the database, as a migration would.
    public void execute(String script) {
        executeAs("postgres", script);
    }

    public void executeAs(String role, String script) {
        try (Connection connection = open(role);
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first column of the first row, as text, asked as the superuser; null for no row.
    public @Nullable String ask(String query) {
        try (Connection connection = open(EmbeddedPostgres.SUPERUSER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// For classes that take a database per test: a hundred of them make the server slow to stop.
    public void drop() {
        PostgresAddress elsewhere =
                new PostgresAddress(
                        admin.host(),
                        admin.port(),
                        "template1",
                        admin.user(),
                        password,
                        admin.tls());
        new DatabaseForTests(elsewhere, password)
                .executeAs(
                        EmbeddedPostgres.SUPERUSER,
                        "drop database " + admin.database() + " with (force)");
    }

    /// Drops what earlier runs have left on a server that stays.
    void dropOthers() {
        String names =
                ask(
                        "select string_agg(datname, ' ') from pg_database where datname ~ '^test_\\d+$'");
        if (names != null) {
            for (String name : names.split(" ", -1)) {
                executeAs(EmbeddedPostgres.SUPERUSER, "drop database " + name + " with (force)");
            }
        }
    }

    private Connection open(String role) throws SQLException {
        return JdbcConnections.open(address(role), "ashlar-test");
    }
}
