package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Statements that share a round trip keep their order, and what is refused keeps nothing.
class PostedStatementsIT {
    private static final SqlStatement NAMES =
            SqlText.of("select name from auth.step order by place");

    private static DatabaseForTests postgres;
    private static Vertx vertx;
    private static PostgresDatabase direct;
    private static PostgresDatabase pooled;

    /// Whether connections keep prepared statements.
    enum Connections {
        DIRECT,
        POOLED
    }

    @BeforeAll
    static void open() {
        postgres = PostgresForTests.fresh();
        postgres.executeAs(
                "supabase_auth_admin",
                """
                create table auth.step (
                  place int generated always as identity, name text unique check (name <> ''));
                create table auth.later (
                  name text references auth.step (name) deferrable initially deferred);
                """);
        vertx = Vertx.vertx();
        direct = PostgresDatabase.open(vertx, postgres.authAdmin(), LaneFixtures.config());
        pooled =
                PostgresDatabase.open(
                        vertx, postgres.authAdmin(), LaneFixtures.withoutPreparedStatements());
    }

    @AfterEach
    void clear() {
        postgres.executeAs("supabase_auth_admin", "truncate auth.step, auth.later");
    }

    @AfterAll
    static void close() {
        LaneFixtures.await(direct.close());
        LaneFixtures.await(pooled.close());
        LaneFixtures.await(vertx.close());
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPostedIsSeenByTheNextStatement(Connections connections) {
        List<String> seen =
                on(connections)
                        .transaction(tx -> {
                            add(tx, "a");
                            add(tx, "b");
                            return names(tx.query(NAMES));
                        });
        assertThat(seen).containsExactly("a", "b");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPostedLastGoesWithTheCommit(Connections connections) {
        run(
                connections,
                tx -> {
                    add(tx, "a");
                    assertThat(tx.query(NAMES)).hasSize(1);
                    add(tx, "b");
                    add(tx, "c");
                });
        assertThat(kept()).isEqualTo("a,b,c");
    }

    @ParameterizedTest
    @EnumSource
    void severalResultsComeInTheirOrder(Connections connections) {
        List<List<SqlRow>> found =
                on(connections)
                        .transaction(tx -> {
                            add(tx, "a");
                            return tx.queryAll(
                                    List.of(
                                            NAMES,
                                            SqlText.of(
                                                    "insert into auth.step (name) values ('b') returning"
                                                            + " name"),
                                            NAMES));
                        });
        assertThat(found.stream().map(PostedStatementsIT::names))
                .containsExactly(List.of("a"), List.of("b"), List.of("a", "b"));
    }

    @ParameterizedTest
    @EnumSource
    void theNextStatementThrowsWhatOneBeforeItShould(Connections connections) {
        assertRefused(
                "23505",
                () ->
                        run(
                                connections,
                                tx -> {
                                    add(tx, "a");
                                    add(tx, "a");
                                    add(tx, "");
                                    tx.query(NAMES);
                                }));
    }

    @ParameterizedTest
    @EnumSource
    void theCommitThrowsWhatTheLastOnesShould(Connections connections) {
        assertRefused(
                "23514",
                () ->
                        run(
                                connections,
                                tx -> {
                                    add(tx, "a");
                                    add(tx, "");
                                    add(tx, "b");
                                }));
    }

    @ParameterizedTest
    @EnumSource
    void aCommitThatIsRefusedItselfThrows(Connections connections) {
        assertRefused(
                "23503",
                () ->
                        run(
                                connections,
                                tx -> tx.post(SqlText.of("insert into auth.later values ('z')"))));
    }

    @ParameterizedTest
    @EnumSource
    void whoSwallowsTheRefusalKeepsNothing(Connections connections) {
        assertRefused(
                "23514",
                () ->
                        run(
                                connections,
                                tx -> {
                                    add(tx, "");
                                    try {
                                        tx.query(NAMES);
                                    } catch (ProblemException _) {
                                        add(tx, "b");
                                    }
                                }));
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionDropsWhatWasPosted(Connections connections) {
        assertThatThrownBy(() ->
                        run(
                                connections,
                                tx -> {
                                    add(tx, "a");
                                    throw new IllegalArgumentException("no");
                                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(kept()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noStatementAtAllSendsWhatWasPosted(Connections connections) {
        assertRefused(
                "23514",
                () ->
                        run(
                                connections,
                                tx -> {
                                    assertThat(tx.queryAll(List.of())).isEmpty();
                                    add(tx, "");
                                    assertThatThrownBy(() -> tx.queryAll(List.of()))
                                            .isInstanceOf(ProblemException.class);
                                }));
    }

    @ParameterizedTest
    @EnumSource
    void oneStatementIsATransactionOfItsOwn(Connections connections) {
        SqlStatement add = SqlText.of("insert into auth.step (name) values ('a') returning name");
        assertThat(names(on(connections).once(add))).containsExactly("a");
        assertThat(kept()).isEqualTo("a");
        assertThatThrownBy(() -> on(connections).once(add)).hasMessageContaining("23505");
        assertThat(names(on(connections).once(NAMES))).containsExactly("a");
        assertThatThrownBy(() ->
                        on(connections)
                                .once(
                                        SqlText.of(
                                                "insert into auth.later values ('z') returning 1")))
                .hasMessageContaining("23503");
        assertThat(postgres.ask("select count(*) from auth.later")).isEqualTo("0");
    }

    /// More than a connection keeps.
    @ParameterizedTest
    @EnumSource
    void manyDifferentStatementsAreForgottenAgain(Connections connections) {
        run(
                connections,
                tx -> {
                    for (int i = 0; i < 200; i++) {
                        tx.post(
                                new SqlText()
                                        .sql("insert into auth.step (name) values (")
                                        .parameter("n" + i)
                                        .sql("::text) /*")
                                        .identifier("i" + i)
                                        .sql("*/")
                                        .build());
                        if (i % 50 == 49) {
                            assertThat(tx.query(NAMES)).hasSize(i + 1);
                        }
                    }
                });
        assertThat(postgres.ask("select count(*) from auth.step")).isEqualTo("200");
    }

    private static PostgresDatabase on(Connections connections) {
        return switch (connections) {
            case DIRECT -> direct;
            case POOLED -> pooled;
        };
    }

    private static void run(Connections connections, Consumer<SqlTransaction> work) {
        on(connections)
                .transaction(tx -> {
                    work.accept(tx);
                    return true;
                });
    }

    /// And again the connection works.
    private static void assertRefused(String sqlState, ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(sqlState);
        assertThat(kept()).isEmpty();
        for (Connections each : Connections.values()) {
            assertThat(on(each).<Integer>transaction(tx -> tx.query(NAMES).size())).isZero();
        }
    }

    private static void add(SqlTransaction tx, String name) {
        tx.post(SqlText.of("insert into auth.step (name) values ($1)", name));
    }

    private static List<String> names(List<SqlRow> rows) {
        return rows.stream().map(row -> row.requireText("name")).toList();
    }

    private static String kept() {
        return String.valueOf(
                postgres.ask(
                        "select coalesce(string_agg(name, ',' order by place), '') from"
                                + " auth.step"));
    }
}
