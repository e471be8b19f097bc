package dev.ashlar.backend.postgres.migrate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.backend.postgres.migrate.MigrationStatus.State;
import dev.ashlar.config.Secret;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// The application's migrations on a real database.
class MigrationsIT {
    private static final List<String> PUBLIC = List.of("public");

    @TempDir Path directory;

    private DatabaseForTests database;
    private List<String> notices;

    @BeforeEach
    void start() {
        database = PostgresForTests.fresh();
        notices = new ArrayList<>();
    }

    @AfterEach
    void end() {
        database.drop();
    }

    @Test
    void appliesInOrderAndOnlyOnce() throws IOException {
        write("20260102000000_second.sql", "alter table a add column y int;");
        write("20260101000000_first.sql", "create table a (x int);");
        assertThat(up().application())
                .containsExactly("20260101000000_first.sql", "20260102000000_second.sql");
        assertThat(up().changed()).isFalse();
        assertThat(database.ask("select relowner::regrole from pg_class where oid = 'a'::regclass"))
                .isEqualTo("postgres");
    }

    @Test
    void aFileWithoutNameIsAMigrationToo() throws IOException {
        write("20260101000000.sql", "create table a (x int);");
        assertThat(up().application()).containsExactly("20260101000000.sql");
    }

    @Test
    void aFailingFileLeavesTheOldSchemaAndSaysWhere() throws IOException {
        write("20260101000000_good.sql", "create table a (x int);");
        write(
                "20260102000000_bad.sql",
                """
                create table b (x int);

                -- ü: characters, not bytes
                alter table a
                  add column y nosuchtype;
                """);
        assertThatThrownBy(this::up)
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("20260102000000_bad.sql, line 5, column 16")
                .hasMessageContaining("type \"nosuchtype\" does not exist")
                .hasMessageContaining("in: alter table a")
                .hasMessageContaining("42704");
        assertThat(database.ask("select to_regclass('b')")).isNull();
        assertThat(states()).containsExactly(State.APPLIED, State.PENDING);

        write("20260102000000_bad.sql", "create table b (x int);");
        assertThat(up().application()).containsExactly("20260102000000_bad.sql");
    }

    @Test
    void aFailureWithoutPositionNamesTheStatementAndTheHint() throws IOException {
        write(
                "20260101000000_raises.sql",
                """
                select 1;
                do $$ begin
                  raise exception 'no such luck' using hint = 'try again';
                end $$;
                """);
        assertThatThrownBy(this::up)
                .hasMessageContaining("20260101000000_raises.sql, line 2, column 1: no such luck")
                .hasMessageContaining("hint: try again");
    }

    @Test
    void aChangedFileStops() throws IOException {
        write("20260101000000_first.sql", "create table a (x int);");
        up();
        write("20260101000000_first.sql", "create table a (x int, y int);");
        write("20260102000000_more.sql", "create table b (x int);");
        assertThatThrownBy(this::up)
                .hasMessageContaining("20260101000000_first.sql was changed after")
                .hasMessageContaining("ashlar migrate new");
        assertThat(database.ask("select to_regclass('b')")).isNull();
        assertThat(states()).containsExactly(State.CHANGED, State.PENDING);
    }

    @Test
    void anOlderFileIsNotSlippedIn() throws IOException {
        write("20260102000000_second.sql", "create table a (x int);");
        up();
        write("20260101000000_first.sql", "create table b (x int);");
        assertThatThrownBy(this::up)
                .hasMessageContaining(
                        "20260101000000_first.sql is older than 20260102000000_second.sql");
        assertThat(states()).containsExactly(State.OUT_OF_ORDER, State.APPLIED);
    }

    @Test
    void aMissingFileDoesNotStopTheNext() throws IOException {
        Path first = write("20260101000000_first.sql", "create table a (x int);");
        up();
        Files.delete(first);
        write("20260102000000_second.sql", "create table b (x int);");
        assertThat(up().application()).containsExactly("20260102000000_second.sql");
        assertThat(states()).containsExactly(State.MISSING, State.APPLIED);
    }

    @Test
    void misnamedFilesAreRefusedWithTheRightName() throws IOException {
        write("V20260101000000__add things.sql", "select 1;");
        assertThatThrownBy(this::up)
                .hasMessageContaining("V20260101000000__add things.sql is not named")
                .hasMessageContaining("20260101000000_add_things.sql");
    }

    @Test
    void twoFilesOfOneTimestampAreRefused() throws IOException {
        write("20260101000000_a.sql", "select 1;");
        write("20260101000000_b.sql", "select 1;");
        assertThatThrownBy(this::up)
                .hasMessageContaining("20260101000000_a.sql and 20260101000000_b.sql");
    }

    @Test
    void filesThatAreNotTextAreRefused() throws IOException {
        Files.write(
                directory.resolve("20260101000000_a.sql"),
                "-- é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(this::up).hasMessageContaining("is not UTF-8");
    }

    @Test
    void transactionControlIsRefusedBeforeAnythingRuns() throws IOException {
        write("20260101000000_a.sql", "create table a (x int);\ncommit;\n");
        assertThatThrownBy(this::up)
                .hasMessageContaining("20260101000000_a.sql, line 2, column 1")
                .hasMessageContaining("transaction");
        assertThat(database.ask("select to_regclass('a')")).isNull();
    }

    @Test
    void anIndexCanBeBuiltConcurrentlyOutsideOfATransaction() throws IOException {
        write("20260101000000_a.sql", "create table a (x int);");
        Path index = write("20260102000000_i.sql", "create index concurrently a_x on a (x);");
        assertThatThrownBy(this::up).hasMessageContaining("-- ashlar: no-transaction");

        Files.writeString(
                index, "-- ashlar: no-transaction\ncreate index concurrently a_x on a (y);");
        assertThatThrownBy(this::up).hasMessageContaining("line 2");
        Files.writeString(
                index, "-- ashlar: no-transaction\ncreate index concurrently a_x on a (x);");
        assertThat(up().application()).containsExactly("20260102000000_i.sql");
        assertThat(
                        database.ask(
                                "select indisvalid from pg_index where indexrelid = 'a_x'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void whatOneFileSetsDoesNotReachTheNext() throws IOException {
        write(
                "20260101000000_a.sql",
                "select set_config('search_path', '', false); create table public.a (x int);");
        write("20260102000000_b.sql", "create table b (x int);");
        up();
        assertThat(database.ask("select to_regclass('public.b')")).isEqualTo("b");
    }

    @Test
    void remarksOfTheDatabaseArePassedOn() throws IOException {
        write("20260101000000_a.sql", "drop table if exists nothing;");
        up();
        assertThat(notices).singleElement().asString().contains("does not exist, skipping");
    }

    @Test
    void twoProcessesAtOnceApplyEachFileOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            write(
                    "2026010%d000000_t.sql".formatted(i + 1),
                    "create table t%d (x int);".formatted(i));
        }
        Callable<Migrations.Outcome> start = () -> migrations().up(PUBLIC, _ -> {});
        List<String> applied = new ArrayList<>();
        try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Migrations.Outcome>> both =
                    List.of(processes.submit(start), processes.submit(start));
            for (Future<Migrations.Outcome> one : both) {
                applied.addAll(one.get().application());
            }
        }
        assertThat(applied).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void serversAreToldToReload() throws IOException, SQLException {
        write("20260101000000_a.sql", "create table a (x int);");
        try (Connection listener = JdbcConnections.open(database.authenticator(), "listener");
                Statement statement = listener.createStatement()) {
            statement.execute("listen pgrst");
            up();
            PGNotification[] heard = listener.unwrap(PGConnection.class).getNotifications(10_000);
            assertThat(heard).isNotEmpty();
            assertThat(heard[0].getParameter()).isEqualTo("reload schema");
        }
    }

    @Test
    void aNewerSystemSchemaIsLeftAlone() {
        database.executeAs(
                "ashlar_admin",
                "insert into ashlar.schema_history_system select installed_rank + 100, '9999',"
                        + " description, type, '9999_future.sql', checksum, installed_by,"
                        + " installed_on, execution_time, true from ashlar.schema_history_system"
                        + " order by installed_rank desc limit 1");
        assertThatThrownBy(this::up).hasMessageContaining("newer version of Ashlar");
    }

    @Test
    void createNamesTheFileAfterTheTime() throws IOException {
        Path file = Migrations.create(directory, "Add user's profiles!");
        assertThat(file.getFileName().toString()).matches("\\d{14}_add_user_s_profiles\\.sql");
        assertThat(up().application()).hasSize(1);
        assertThatThrownBy(() -> Migrations.create(directory, "../../etc"))
                .isInstanceOf(MigrationException.class);
        assertThatThrownBy(() -> Migrations.create(directory, "…"))
                .isInstanceOf(MigrationException.class);
    }

    @Test
    void aDatabaseOfTheUsersNeedsNoSuperuser() throws IOException, SQLException {
        String name = requireNonNull(database.ask("select 'ext_' || current_database()"));
        database.executeAs(
                "ashlar_admin", "create role " + name + " login createrole password 'x'");
        database.executeAs("ashlar_admin", "grant anon, authenticated, service_role to " + name);
        database.executeAs("ashlar_admin", "create database " + name + " owner " + name);
        PostgresAddress admin = database.address("ashlar_admin");
        PostgresAddress address =
                new PostgresAddress(
                        admin.host(), admin.port(), name, name, new Secret("x"), admin.tls());
        write("20260101000000_a.sql", "create table a (x uuid references auth.users);");
        Migrations migrations = Migrations.external(address, directory);
        Migrations.Outcome outcome = migrations.up(PUBLIC, notices::add);
        assertThat(outcome.application()).hasSize(1);
        assertThat(notices)
                .anySatisfy(n -> assertThat(n).contains("event triggers need a superuser"));
        try (Connection connection = JdbcConnections.open(address, "test");
                Statement statement = connection.createStatement()) {
            statement.execute("set role anon");
            assertThatThrownBy(() -> statement.execute("select * from a"))
                    .hasMessageContaining("permission denied");
        }
        database.executeAs("ashlar_admin", "drop database " + name + " with (force)");
    }

    private Migrations.Outcome up() {
        return migrations().up(PUBLIC, notices::add);
    }

    private Migrations migrations() {
        return Migrations.embedded(
                database.address("ashlar_admin"),
                Map.of("postgres", database.address("postgres").password()),
                directory);
    }

    private List<State> states() {
        return migrations().status().stream().map(MigrationStatus::state).toList();
    }

    private Path write(String name, String sql) throws IOException {
        return Files.writeString(directory.resolve(name), sql);
    }
}
