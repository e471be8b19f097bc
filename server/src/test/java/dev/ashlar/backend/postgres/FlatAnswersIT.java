package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.Backend;
import dev.ashlar.backend.Result;
import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.catalog.CatalogLoader;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.RequestContext;
import dev.ashlar.intent.Transaction;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.plan.ReadNode.Grouping;
import dev.ashlar.predicate.Predicate;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reads whose JSON is written here, through the lanes: on connections of their own first, and on
/// shared ones once they have shown to be fast.
class FlatAnswersIT {
    private static final Caller SERVICE = LaneFixtures.bearer(new Role("service_role"), "{}");
    private static final int TIMES = 4;

    private static DatabaseForTests database;
    private static Vertx vertx;
    private static PostgresBackend backend;

    @BeforeAll
    static void open() {
        database = PostgresForTests.fresh();
        TypedTable table = new TypedTable(new Random(7));
        database.executeAs(EmbeddedPostgres.SUPERUSER, TypedTable.TYPES);
        database.executeAs(EmbeddedPostgres.SUPERUSER, table.create());
        table.inserts(60).forEach(insert -> database.executeAs(EmbeddedPostgres.SUPERUSER, insert));
        database.executeAs(
                EmbeddedPostgres.SUPERUSER,
                """
                create table public.large (id int, name text);
                insert into public.large select n, repeat('x', 50) from generate_series(1, 30000) n;
                analyze public.large;
                create table public.shrinking (a int, b int);
                insert into public.shrinking values (1, 2);
                create view public.statement with (security_invoker = true) as
                  select current_query() as text;
                grant select on all tables in schema public to service_role, anon;
                """);
        vertx = Vertx.vertx();
        backend = opened(TransactionSteps.NONE);
    }

    private static PostgresBackend opened(TransactionSteps steps) {
        PostgresBackend opened =
                PostgresBackend.open(vertx, database.authenticator(), LaneFixtures.config(), steps);
        opened.use(
                new CatalogLoader(database.authenticator(), List.of("public"), List.of("public"))
                        .load());
        return opened;
    }

    @AfterAll
    static void close() {
        LaneFixtures.await(backend.close());
        LaneFixtures.await(vertx.close());
    }

    @Test
    void answersAreTheBytesOfJsonAgg() throws SQLException {
        Plan.Read plan = plan("typed", Rows.ANY, Count.NONE);
        String expected;
        try (Connection connection = JdbcConnections.open(database.jdbc(), "ashlar-test");
                Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'; set extra_float_digits = 1");
            try (ResultSet rows =
                    statement.executeQuery(PlanSql.of(plan, Telling.NOTHING).text())) {
                rows.next();
                expected = rows.getString(1 + PlanSql.BODY);
            }
        }
        for (Caller caller : List.of(SERVICE, LaneFixtures.ANONYMOUS)) {
            String told = caller.equals(SERVICE) ? expected : "[]";
            for (int i = 0; i < TIMES; i++) {
                Result.Body body = body(run(plan, caller));
                assertThat(body.body().toString()).isEqualTo(told);
                assertThat(body.rows()).isEqualTo(caller.equals(SERVICE) ? 60 : 0);
                assertThat(body.total()).isNull();
            }
        }
    }

    @Test
    void rowsTravelAsColumns() {
        assertThat(body(run(plan("statement", Rows.ANY, Count.NONE), SERVICE)).body().toString())
                .startsWith("[{\"text\":\"SELECT _r.\\\"text\\\" FROM (SELECT");
    }

    @Test
    void oneRowIsInsistedOn() {
        Result.Body one = body(run(plan("one", Rows.ONE, Count.NONE), SERVICE));
        assertThat(one.body().toString())
                .isEqualTo(
                        "{\"id\":1,\"name\":\"a \\\"b\\\"\",\"tags\":[\"x\",\"y\"],"
                                + "\"at\":\"2026-01-02T03:04:05+00:00\"}");
        assertThat(problem(plan("none", Rows.ONE, Count.NONE)))
                .isEqualTo(new DataProblem.NotSingular(0));
        assertThat(problem(plan("typed", Rows.ONE, Count.NONE)))
                .isEqualTo(new DataProblem.NotSingular(60));
    }

    @ParameterizedTest
    @CsvSource({
        "EXACT, , 0, 60, 60",
        "EXACT, 7, 0, 7, 60",
        "EXACT, 100, 50, 10, 60",
        // Where no row comes, none can tell.
        "EXACT, 7, 60, 0, 60",
        "EXACT, 0, 0, 0, 60",
        "ESTIMATED, 7, 0, 7, 60",
        "ESTIMATED, 7, 1000, 0, 60",
    })
    void countsComeWithTheRows(
            Count count, @Nullable Long limit, long offset, long rows, long total) {
        Plan.Read plan = plan("typed", Rows.ANY, count, new Page(limit, offset));
        for (int i = 0; i < TIMES; i++) {
            Result.Body body = body(run(plan, SERVICE));
            assertThat(body.rows()).isEqualTo(rows);
            assertThat(body.total()).isEqualTo(total);
            int objects = body.body().toString().split("\\{\"c_smallint\":", -1).length - 1;
            assertThat((long) objects).isEqualTo(rows);
        }
        assertThat(body(run(plan("none", Rows.ANY, count), SERVICE)).total()).isEqualTo(0);
    }

    @Test
    void manyRowsAreNotCountedWhereAnEstimateWillDo() {
        Plan.Read planned = plan("typed", Rows.ANY, Count.PLANNED, new Page(3L, 0));
        assertThat(body(run(planned, SERVICE)).total()).isGreaterThanOrEqualTo(3);
        Plan.Read estimated = plan("large", Rows.ANY, Count.ESTIMATED, new Page(3L, 0));
        assertThat(body(run(estimated, SERVICE)).total()).isGreaterThan(10_000);
    }

    @Test
    void whatIsTooLargeTogetherIsRefusedAndTheConnectionGoesOn() {
        for (int i = 0; i < TIMES; i++) {
            assertThat(problem(plan("large", Rows.ANY, Count.NONE)))
                    .isInstanceOfSatisfying(
                            DataProblem.Rejected.class,
                            refused -> {
                                assertThat(refused.sqlState()).isEqualTo("PT413");
                                assertThat(refused.message())
                                        .isEqualTo("The answer is larger than 1048576 bytes");
                            });
            assertThat(body(run(plan("none", Rows.ANY, Count.NONE), SERVICE)).body().toString())
                    .isEqualTo("[]");
        }
    }

    /// Until the catalog is read again, `*` shows what there is.
    @Test
    void aColumnThatIsGoneIsNotMissed() {
        Plan.Read plan = plan("shrinking", Rows.ANY, Count.NONE);
        assertThat(body(run(plan, SERVICE)).body().toString()).isEqualTo("[{\"a\":1,\"b\":2}]");
        database.executeAs(
                EmbeddedPostgres.SUPERUSER, "alter table public.shrinking drop column b");
        for (int i = 0; i < TIMES; i++) {
            assertThat(body(run(plan, SERVICE)).body().toString()).isEqualTo("[{\"a\":1}]");
        }
    }

    @Test
    void anotherStyleOfDatesChangesNothing() {
        PostgresBackend german =
                opened(
                        TransactionSteps.of(
                                Optional.empty(), Map.of("DateStyle", "German"), Set.of()));
        try {
            assertThat(
                            body(run(german, plan("one", Rows.ANY, Count.NONE), SERVICE))
                                    .body()
                                    .toString())
                    .contains("\"at\":\"2026-01-02T03:04:05+00:00\"");
        } finally {
            LaneFixtures.await(german.close());
        }
    }

    private static Plan.Read plan(String table, Rows rows, Count count) {
        return plan(table, rows, count, Page.ALL);
    }

    private static Plan.Read plan(String table, Rows rows, Count count, Page page) {
        return new Plan.Read(
                new ReadNode(
                        backend.catalog()
                                .findTable(new QualifiedName("public", table))
                                .orElseThrow(),
                        List.of(new ReadNode.AllColumns()),
                        List.of(),
                        Predicate.always(),
                        Grouping.NONE,
                        List.of(),
                        page),
                new Answer(Answer.Returning.ROWS, count, new Format.Json(rows, Nulls.KEPT)),
                null,
                10_000);
    }

    private static Future<Result> run(Plan.Read plan, Caller caller) {
        return run(backend, plan, caller);
    }

    private static Future<Result> run(Backend on, Plan.Read plan, Caller caller) {
        return on.run(
                plan,
                caller,
                new Transaction(
                        "public", Transaction.End.COMMIT, Optional.of("UTC"), RequestContext.NONE));
    }

    private static Result.Body body(Future<Result> answer) {
        return (Result.Body) LaneFixtures.await(answer);
    }

    private static Object problem(Plan.Read plan) {
        return LaneFixtures.problem(run(plan, SERVICE));
    }
}
