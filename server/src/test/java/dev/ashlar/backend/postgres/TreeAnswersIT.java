package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.Result;
import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.catalog.CatalogLoader;
import dev.ashlar.face.rest.PlannedRequest;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.intent.RequestContext;
import dev.ashlar.intent.Transaction;
import dev.ashlar.plan.Plan;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Reads of several levels through the lanes: on connections of their own first, and on shared ones
/// once they have shown to be fast.
class TreeAnswersIT {
    private static final Caller SERVICE = LaneFixtures.bearer(new Role("service_role"), "{}");
    private static final Caller ANN = LaneFixtures.user("ann");
    private static final Caller BOB = LaneFixtures.user("bob");
    private static final int TIMES = 4;
    private static final int MANY_TIMES = 30;

    private static DatabaseForTests database;
    private static Vertx vertx;
    private static Context loop;
    private static PostgresBackend backend;

    @BeforeAll
    static void open() {
        database = PostgresForTests.fresh();
        database.executeAs(
                EmbeddedPostgres.SUPERUSER,
                """
                create table public.boards (id int primary key, owner text, title text);
                create table public.cards (
                  id int primary key, board int references public.boards, owner text, done boolean);
                create table public.notes (id int primary key, card int references public.cards, owner text);
                insert into public.boards values (1, 'ann', 'A'), (2, 'bob', 'B');
                insert into public.cards values (1, 1, 'ann', true), (2, 1, 'bob', false), (3, 2, 'bob', null);
                insert into public.notes values (1, 1, 'bob'), (2, 1, 'ann'), (3, 2, 'ann'), (4, 3, 'bob');
                create table public.shrinking (id int primary key, card int references public.cards, b int);
                insert into public.shrinking values (1, 1, 7);
                create table public.large (id int, board int references public.boards, name text);
                insert into public.large select n, 1, repeat('x', 50) from generate_series(1, 30000) n;
                create index on public.large (board);
                create view public.statements with (security_invoker = true) as
                  select id, board, current_query() as text from public.cards;
                alter table public.boards enable row level security;
                alter table public.cards enable row level security;
                alter table public.notes enable row level security;
                create policy own on public.boards to authenticated
                  using (owner = current_setting('request.jwt.claims')::json->>'sub');
                create policy own on public.cards to authenticated
                  using (owner = current_setting('request.jwt.claims')::json->>'sub');
                create policy own on public.notes to authenticated
                  using (owner = current_setting('request.jwt.claims')::json->>'sub');
                create policy part on public.notes to anon using (id = 4);
                grant select on all tables in schema public to service_role, authenticated, anon;
                create table public.guarded (id int primary key, card int references public.cards, secret int);
                insert into public.guarded values (1, 1, 42);
                create policy every on public.guarded using (true);
                grant select on public.guarded to service_role;
                grant select (id, card) on public.guarded to authenticated;
                """);
        database.executeAs(EmbeddedPostgres.SUPERUSER, wide());
        vertx = Vertx.vertx();
        loop = vertx.getOrCreateContext();
        backend =
                PostgresBackend.open(
                        vertx,
                        database.authenticator(),
                        LaneFixtures.config(),
                        TransactionSteps.NONE);
        backend.use(
                new CatalogLoader(database.authenticator(), List.of("public"), List.of("public"))
                        .load());
        // Until it is known that no code of the database's speaks for itself, reads go the old way.
        Plan.Read array = plan("/boards?select=id,statements(text)&id=eq.2");
        LaneFixtures.eventually(() -> text(run(array, SERVICE)).contains(" UNION ALL "));
    }

    /// Inside rows of one column, as wide as just not to be read as rows of two levels.
    private static String wide() {
        StringBuilder columns = new StringBuilder();
        for (int i = 2; i < 50; i++) {
            columns.append(", c").append(i).append(" int default ").append(i);
        }
        return "create table public.wide (id int primary key, board int references public.boards"
                + columns
                + "); insert into public.wide (id, board) values (1, 1), (2, 2), (3, 2);"
                + " grant select on public.wide to service_role";
    }

    @AfterAll
    static void close() {
        LaneFixtures.await(backend.close());
        LaneFixtures.await(vertx.close());
    }

    @Test
    void everybodySeesTheirOwnRowsOnEveryLevel() {
        Plan.Read plan =
                plan(
                        "/boards?select=title,cards(id,done,notes(id))&order=id"
                                + "&cards.order=id&cards.notes.order=id");
        String all =
                "[{\"title\":\"A\",\"cards\":[{\"id\": 1, \"done\": true, \"notes\": [{\"id\": 1},"
                        + " {\"id\": 2}]}, {\"id\": 2, \"done\": false, \"notes\": [{\"id\": 3}]}]},"
                        + " \n {\"title\":\"B\",\"cards\":[{\"id\": 3, \"done\": null, \"notes\":"
                        + " [{\"id\": 4}]}]}]";
        String ann =
                "[{\"title\":\"A\",\"cards\":[{\"id\": 1, \"done\": true, \"notes\": [{\"id\": 2}]}]}]";
        String bob =
                "[{\"title\":\"B\",\"cards\":[{\"id\": 3, \"done\": null, \"notes\": [{\"id\": 4}]}]}]";
        for (int i = 0; i < MANY_TIMES; i++) {
            List<Supplier<Future<Result>>> reads =
                    Stream.of(SERVICE, ANN, BOB, LaneFixtures.ANONYMOUS, BOB, ANN, SERVICE)
                            .<Supplier<Future<Result>>>map(caller -> () -> run(plan, caller))
                            .toList();
            assertThat(inOneTurn(reads)).containsExactly(all, ann, bob, "[]", bob, ann, all);
        }
    }

    /// Of rows of others the keys alone are known.
    @Test
    void whatIsAroundARowMayBeHidden() {
        Plan.Read plan = plan("/notes?select=id,cards(id,boards(title))&order=id");
        assertThat(text(run(plan, ANN)))
                .isEqualTo(
                        "[{\"id\":2,\"cards\":{\"id\": 1, \"boards\": {\"title\": \"A\"}}}, \n"
                                + " {\"id\":3,\"cards\":null}]");
        assertThat(text(run(plan, LaneFixtures.ANONYMOUS)))
                .isEqualTo("[{\"id\":4,\"cards\":null}]");
        Plan.Read arrays =
                plan(
                        "/notes?select=id,cards(id,boards(cards(id)))&order=id"
                                + "&cards.boards.cards.order=id");
        assertThat(text(run(arrays, BOB)))
                .isEqualTo(
                        "[{\"id\":1,\"cards\":null}, \n {\"id\":4,\"cards\":{\"id\": 3, \"boards\":"
                                + " {\"cards\": [{\"id\": 3}]}}}]");
    }

    /// `*` asks for all columns.
    @Test
    void columnsThatMayNotBeReadAreRefused() {
        Plan.Read all = plan("/cards?select=id,guarded(*)&order=id");
        Plan.Read some = plan("/cards?select=id,guarded(id)&order=id");
        for (int i = 0; i < TIMES; i++) {
            assertThat(LaneFixtures.sqlState(run(all, ANN))).isEqualTo("42501");
            assertThat(LaneFixtures.sqlState(run(some, LaneFixtures.ANONYMOUS))).isEqualTo("42501");
            assertThat(text(run(some, ANN))).isEqualTo("[{\"id\":1,\"guarded\":[{\"id\": 1}]}]");
            assertThat(text(run(all, SERVICE))).contains("\"secret\": 42");
        }
    }

    @Test
    void rowsOfAllLevelsTravelAsColumns() {
        assertThat(text(run(plan("/boards?select=id,statements(text)&id=eq.2"), SERVICE)))
                .contains(" UNION ALL ")
                .doesNotContain("json_agg");
        assertThat(text(run(plan("/statements?select=text,boards(id)&id=eq.1"), SERVICE)))
                .contains("LEFT JOIN LATERAL (SELECT TRUE AS v")
                .doesNotContain("row_to_json");
    }

    /// Several of one turn become one statement, whose rows have one column more: they must not be
    /// taken for rows of several levels then.
    @Test
    void readsByKeyOfOneTurnStayFlat() {
        Plan.Read wide = plan("/boards?select=id,wide(*)&id=eq.1");
        assertThat(TreeRead.find(wide)).isEmpty();
        BodyRows rows =
                FlatRead.find(wide).orElseThrow().rows(new ReadStatements(), Long.MAX_VALUE);
        assertThat(rows.key()).isEqualTo("1");
        assertThat(rows.byKeys(List.of("1", "2"))).isEmpty();
        for (int i = 0; i < MANY_TIMES; i++) {
            List<String> answers =
                    inOneTurn(
                            Stream.of(1, 2, 1, 3)
                                    .map(id ->
                                            "/boards?select=id,wide(*)&wide.order=id&id=eq." + id)
                                    .map(target -> read(target, SERVICE))
                                    .toList());
            assertThat(answers).hasSize(4);
            assertThat(answers.get(0)).startsWith("[{\"id\":1,\"wide\":[{\"c2\": 2,");
            assertThat(answers.get(1)).startsWith("[{\"id\":2,\"wide\":[{\"c2\": 2,");
            assertThat(answers.get(2)).isEqualTo(answers.get(0));
            assertThat(answers.get(3)).isEqualTo("[]");
        }
    }

    @Test
    void oneRowIsInsistedOn() {
        assertThat(text(run(one("/boards?select=id,cards(id)&id=eq.1&cards.order=id"), SERVICE)))
                .isEqualTo("{\"id\":1,\"cards\":[{\"id\": 1}, {\"id\": 2}]}");
        assertThat(text(run(one("/cards?select=id,boards(id)&id=eq.1"), SERVICE)))
                .isEqualTo("{\"id\":1,\"boards\":{\"id\": 1}}");
        assertThat(LaneFixtures.problem(run(one("/boards?select=id,cards(id)"), SERVICE)))
                .isEqualTo(new DataProblem.NotSingular(2));
        assertThat(LaneFixtures.problem(run(one("/boards?select=id,cards(id)&id=eq.9"), SERVICE)))
                .isEqualTo(new DataProblem.NotSingular(0));
    }

    @Test
    void rowsOfTheOutermostLevelCount() {
        Plan.Read plan = plan("/boards?select=id,cards(id)&order=id");
        assertThat(body(run(plan, SERVICE)).rows()).isEqualTo(2);
        assertThat(body(run(counted(plan, Count.EXACT), SERVICE)).total()).isEqualTo(2);
        assertThat(body(run(counted(plan, Count.PLANNED), SERVICE)).total())
                .isGreaterThanOrEqualTo(2);
        assertThat(body(run(counted(plan, Count.ESTIMATED), SERVICE)).total()).isEqualTo(2);
        Plan.Read page = counted(plan("/boards?select=id,cards(id)&order=id&limit=1"), Count.EXACT);
        assertThat(body(run(page, SERVICE)).total()).isEqualTo(2);
        assertThat(text(run(page, SERVICE)))
                .isEqualTo("[{\"id\":1,\"cards\":[{\"id\": 1}, {\"id\": 2}]}]");
    }

    @Test
    void whatIsTooLargeTogetherIsRefusedAndTheConnectionGoesOn() {
        for (int i = 0; i < TIMES; i++) {
            assertThat(LaneFixtures.sqlState(run(plan("/boards?select=id,large(*)"), SERVICE)))
                    .isEqualTo("PT413");
            assertThat(
                            text(
                                    run(
                                            plan(
                                                    "/boards?select=id,large(id)&large.id=lt.2&order=id"),
                                            SERVICE)))
                    .isEqualTo("[{\"id\":1,\"large\":[{\"id\": 1}]}, \n {\"id\":2,\"large\":[]}]");
        }
    }

    /// Until the catalog is read again, `*` shows what there is.
    @Test
    void aColumnThatIsGoneIsNotMissed() {
        Plan.Read plan = plan("/cards?select=id,shrinking(*)&id=eq.1");
        assertThat(text(run(plan, SERVICE)))
                .isEqualTo("[{\"id\":1,\"shrinking\":[{\"b\": 7, \"id\": 1, \"card\": 1}]}]");
        database.executeAs(
                EmbeddedPostgres.SUPERUSER, "alter table public.shrinking drop column b");
        for (int i = 0; i < TIMES; i++) {
            assertThat(text(run(plan, SERVICE)))
                    .isEqualTo("[{\"id\":1,\"shrinking\":[{\"id\": 1, \"card\": 1}]}]");
        }
    }

    private static Plan.Read plan(String target) {
        return PlannedRequest.read(target, backend.catalog());
    }

    private static Plan.Read one(String target) {
        Plan.Read plan = plan(target);
        return new Plan.Read(
                plan.node(),
                new Answer(
                        Answer.Returning.ROWS, Count.NONE, new Format.Json(Rows.ONE, Nulls.KEPT)),
                null,
                plan.exactUpTo());
    }

    private static Plan.Read counted(Plan.Read plan, Count count) {
        return new Plan.Read(
                plan.node(),
                new Answer(Answer.Returning.ROWS, count, plan.answer().format()),
                null,
                plan.exactUpTo());
    }

    private static Future<Result> run(Plan.Read plan, Caller caller) {
        return backend.run(
                plan,
                caller,
                new Transaction(
                        "public", Transaction.End.COMMIT, Optional.of("UTC"), RequestContext.NONE));
    }

    private static Supplier<Future<Result>> read(String target, Caller caller) {
        return () -> run(plan(target), caller);
    }

    /// Reads that come together may be run together.
    private static List<String> inOneTurn(List<Supplier<Future<Result>>> reads) {
        Promise<List<Future<Result>>> begun = Promise.promise();
        loop.runOnContext(_ -> begun.complete(reads.stream().map(Supplier::get).toList()));
        return LaneFixtures.await(begun.future()).stream().map(TreeAnswersIT::text).toList();
    }

    private static Result.Body body(Future<Result> answer) {
        return (Result.Body) LaneFixtures.await(answer);
    }

    private static String text(Future<Result> answer) {
        return body(answer).body().toString();
    }
}
