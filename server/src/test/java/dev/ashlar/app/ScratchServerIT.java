package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.backend.postgres.migrate.MigrationException;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server for policy tests alone: the project's schema, in copies that do not touch each other,
/// and nothing left of it.
class ScratchServerIT {
    @TempDir private Path folder;

    @Test
    void copiesHaveTheMigrationsSchemaAndShareNothing() throws IOException, SQLException {
        migration(
                """
                create role scratch_editor;
                create table public.notes (id int primary key, title text);
                insert into public.notes values (1, 'from the migration');
                """);
        List<PostgresAddress> copies;
        try (ScratchServer server = ScratchServer.start(config(), folder, _ -> {})) {
            assertThat(scratches()).hasSize(1);
            copies = server.copies(2);
            assertThat(copies).extracting(PostgresAddress::database).doesNotHaveDuplicates();
            assertThat(ask(copies.getFirst(), "insert into public.notes values (2) returning id"))
                    .isEqualTo("2");
            assertThat(ask(copies.getFirst(), "select count(*) from public.notes")).isEqualTo("2");
            assertThat(ask(copies.getLast(), "select count(*) from public.notes")).isEqualTo("1");
            // Made as a migration of the project's is: by its owner, and closed.
            assertThat(
                            ask(
                                    copies.getLast(),
                                    "select relowner::regrole || ' ' || relrowsecurity from pg_class"
                                            + " where oid = 'public.notes'::regclass"))
                    .isEqualTo("postgres true");
            assertThat(
                            ask(
                                    copies.getLast(),
                                    "select count(*) from pg_roles"
                                            + " where rolname = 'scratch_editor'"))
                    .isEqualTo("1");
        }
        assertThat(scratches()).isEmpty();
        assertThatThrownBy(() -> ask(copies.getFirst(), "select 1"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void aMigrationThatFailsLeavesNothingBehind() throws IOException {
        migration("create table public.notes (id int); select 1 / 0;");
        assertThatThrownBy(() -> ScratchServer.start(config(), folder, _ -> {}))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("20260101000000_notes.sql")
                .hasMessageContaining("division by zero");
        assertThat(scratches()).isEmpty();
    }

    private void migration(String sql) throws IOException {
        Files.writeString(folder.resolve("20260101000000_notes.sql"), sql);
    }

    private Config config() {
        Project project = new Project(folder, folder, folder, Optional.empty());
        return Config.load(
                        project,
                        Map.of(
                                "log.level",
                                "error",
                                "embedded.programs",
                                PostgresForTests.programs().toString()),
                        Map.of())
                .config();
    }

    /// Folders of this process's scratch servers.
    private static List<Path> scratches() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file ->
                            String.valueOf(file.getFileName()).startsWith(ScratchServer.prefix()))
                    .toList();
        }
    }

    private static String ask(PostgresAddress address, String query) throws SQLException {
        try (Connection connection = JdbcConnections.open(address, "ashlar-test");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
