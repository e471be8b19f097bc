package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Blocking transactions of a domain.
class PostgresDatabaseIT {
    private static DatabaseForTests postgres;
    private static Vertx vertx;
    private static PostgresDatabase database;

    @BeforeAll
    static void open() {
        postgres = PostgresForTests.fresh();
        postgres.executeAs(
                "supabase_auth_admin",
                """
                create table auth.thing (
                  id uuid primary key, name text, at timestamptz, n int, big bigint, yes boolean,
                  many text[], raw bytea, doc jsonb);
                create table auth.part (
                  thing uuid references auth.thing deferrable initially deferred);
                """);
        vertx = Vertx.vertx();
        database =
                PostgresDatabase.open(
                        vertx,
                        postgres.authAdmin(),
                        LaneFixtures.config(2, Duration.ofMillis(300), Duration.ofSeconds(5)));
    }

    @AfterAll
    static void close() {
        LaneFixtures.await(database.close());
        LaneFixtures.await(vertx.close());
    }

    @Test
    void everyTypeGoesThereAndBack() {
        UUID id = UUID.randomUUID();
        Instant at = Instant.parse("2026-01-02T03:04:05.678901Z");
        SqlRow row =
                database.transaction(transaction -> {
                    transaction.execute(
                            SqlText.of(
                                    "insert into auth.thing values ($1, $2, $3, $4, $5, $6,"
                                            + " $7, $8, $9::text::jsonb)",
                                    id,
                                    "näme",
                                    at,
                                    7,
                                    8L,
                                    true,
                                    new String[] {"a", "b,c"},
                                    "raw".getBytes(StandardCharsets.UTF_8),
                                    "{\"k\": null}"));
                    return transaction
                            .find(
                                    SqlText.of(
                                            "select *, array_to_string(many, '|') as joined,"
                                                    + " doc::text as text,"
                                                    + " encode(raw, 'escape') as bytes,"
                                                    + " null::uuid as nothing"
                                                    + " from auth.thing where id = $1",
                                            id))
                            .orElseThrow();
                });
        assertThat(row.requireUuid("id")).isEqualTo(id);
        assertThat(row.requireText("name")).isEqualTo("näme");
        assertThat(row.requireInstant("at")).isEqualTo(at);
        assertThat(row.requireLong("n")).isEqualTo(7);
        assertThat(row.requireLong("big")).isEqualTo(8);
        assertThat(row.requireBoolean("yes")).isTrue();
        assertThat(row.requireText("joined")).isEqualTo("a|b,c");
        assertThat(row.requireText("text")).isEqualTo("{\"k\": null}");
        assertThat(row.requireText("bytes")).isEqualTo("raw");
        assertThat(row.findUuid("nothing")).isEmpty();
        assertThatThrownBy(() -> row.requireUuid("nothing"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExceptionRollsBack() {
        UUID id = UUID.randomUUID();
        assertThatThrownBy(() ->
                        database.transaction(transaction -> {
                            insert(transaction, id);
                            throw new IllegalArgumentException("no");
                        }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(count(id)).isZero();
    }

    @Test
    void aRefusalThatTheWorkSwallowsStillFailsTheTransaction() {
        UUID id = UUID.randomUUID();
        assertThatThrownBy(() ->
                        database.transaction(transaction -> {
                            insert(transaction, id);
                            try {
                                insert(transaction, id);
                            } catch (ProblemException e) {
                                return "swallowed " + e.problem();
                            }
                            return "";
                        }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem())
                                        .isInstanceOfSatisfying(
                                                DataProblem.Rejected.class,
                                                rejected ->
                                                        assertThat(rejected.sqlState())
                                                                .isEqualTo("23505")));
        assertThat(count(id)).isZero();
    }

    @Test
    void aRefusedCommitThrows() {
        assertThatThrownBy(() ->
                        database.transaction(transaction ->
                                transaction.execute(
                                        SqlText.of(
                                                "insert into auth.part values ($1)",
                                                UUID.randomUUID()))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("23503");
    }

    @Test
    void nestedTransactionsAreOnTheirOwnAndWaitingForThemEnds() {
        UUID inner = UUID.randomUUID();
        assertThatThrownBy(() ->
                        database.transaction(_ -> {
                            database.transaction(own -> insert(own, inner));
                            throw new IllegalArgumentException("outer");
                        }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(count(inner)).isEqualTo(1);
        // Two connections, three levels.
        assertThatThrownBy(() -> nest(database, 3))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isEqualTo(new DataProblem.Busy()));
        assertThat(nest(database, 2)).isEqualTo(2);
    }

    @Test
    void manyVirtualThreadsShareFewConnections() throws InterruptedException {
        UUID id = UUID.randomUUID();
        database.transaction(transaction -> insert(transaction, id));
        PostgresDatabase patient =
                PostgresDatabase.open(vertx, postgres.authAdmin(), LaneFixtures.config());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() ->
                                    patient.transaction(transaction ->
                                            transaction.execute(
                                                    SqlText.of(
                                                            "update auth.thing set"
                                                                    + " n = n + 1 where"
                                                                    + " id = $1",
                                                            id)))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        LaneFixtures.await(patient.close());
        assertThat(postgres.ask("select n from auth.thing where id = '" + id + "'"))
                .isEqualTo("40");
    }

    @Test
    void aConnectionLostWhileIdleIsReplaced() {
        assertThat(nest(database, 1)).isEqualTo(1);
        postgres.ask(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where usename = 'supabase_auth_admin'"
                        + " and datname = current_database()");
        assertThat(nest(database, 1)).isEqualTo(1);
    }

    @Test
    void theEventLoopIsNotToBeBlocked() {
        assertThatThrownBy(() ->
                        LaneFixtures.await(
                                io.vertx.core.Future.future(promise ->
                                        vertx.runOnContext(_ -> {
                                            try {
                                                nest(database, 1);
                                                promise.complete();
                                            } catch (IllegalStateException e) {
                                                promise.fail(e);
                                            }
                                        }))))
                .isInstanceOf(IllegalStateException.class);
    }

    private static long insert(dev.ashlar.backend.sql.SqlTransaction transaction, UUID id) {
        return transaction.execute(SqlText.of("insert into auth.thing (id, n) values ($1, 0)", id));
    }

    private static long count(UUID id) {
        return database.transaction(transaction ->
                transaction
                        .find(SqlText.of("select count(*) as n from auth.thing where id = $1", id))
                        .orElseThrow()
                        .requireLong("n"));
    }

    private static int nest(SqlDatabase database, int levels) {
        return database.transaction(_ -> levels == 1 ? 1 : 1 + nest(database, levels - 1));
    }
}
