package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.Result;
import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.catalog.CatalogLoader;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Table;
import dev.ashlar.identity.Caller;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.intent.Transaction;
import dev.ashlar.plan.Embed;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads of one turn of the event loop that are had together: everybody gets the answer of their
/// own read, as if it had been alone.
class ReadTurnIT {
    private static final Pattern STATEMENT = Pattern.compile("\"at\":\"([^\"]+)\"");

    /// `at` tells by which statement a row came. Of row 13 the policy makes an error, and row 14 it
    /// hides.
    private static final String SCHEMA =
            """
            create table public.items (id int primary key, code uuid unique, body text);
            create table public.small (id smallint primary key);
            alter table public.items enable row level security;
            grant select on public.items, public.small to anon, authenticated;
            create policy most on public.items to anon
              using (case id when 13 then 1 / (id - 13) = 0 when 14 then false else true end);
            create policy own on public.items to authenticated using (id < 5);
            create function public.at(public.items) returns text stable language sql
              as $$ select statement_timestamp()::text $$;
            create table public.owners (id int primary key, name text);
            grant select on public.owners to anon, authenticated;
            create policy all_owners on public.owners to anon using (true);
            alter table public.items add owner int references public.owners;
            create table public.notes
              (id int primary key, item_id int references public.items, body text);
            grant select on public.notes to anon, authenticated;
            create policy even_notes on public.notes to anon using (id % 7 <> 0);
            insert into public.owners values (1, 'one'), (2, 'two');
            insert into public.items
              select n, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'body ' || n
              from generate_series(1, 100) n;
            update public.items set owner = case id % 3 when 0 then null else id % 3 end;
            insert into public.notes
              select n, n % 50, 'note ' || n from generate_series(100, 249) n where n % 50 > 0;
            """;

    private Vertx vertx;
    private Context loop;
    private DatabaseForTests database;
    private PostgresBackend backend;
    private Catalog catalog;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        loop = vertx.getOrCreateContext();
        database = PostgresForTests.fresh();
        database.executeAs(EmbeddedPostgres.SUPERUSER, SCHEMA);
        backend = PostgresBackend.open(vertx, database.authenticator(), LaneFixtures.config());
        useCatalog();
    }

    private void useCatalog() {
        catalog =
                new CatalogLoader(database.authenticator(), List.of("public"), List.of("public"))
                        .load();
        backend.use(catalog);
    }

    @AfterEach
    void close() {
        LaneFixtures.await(backend.close());
        LaneFixtures.await(vertx.close());
    }

    @Test
    void rowsByKeyComeByOneStatement() {
        List<String> keys = IntStream.rangeClosed(15, 40).mapToObj(Integer::toString).toList();
        LaneFixtures.eventually(() -> statements(byId(keys)).size() < keys.size() / 2);
        for (int round = 0; round < 10; round++) {
            List<Future<String>> answers = byId(keys);
            for (int i = 0; i < keys.size(); i++) {
                assertThat(answers.get(i).result())
                        .startsWith("[{\"id\":" + keys.get(i) + ",\"body\":\"body " + keys.get(i));
                assertThat(answers.get(i).result()).endsWith("}]");
            }
        }
    }

    @Test
    void keysThatAreNotThereHiddenAskedTwiceOrWrittenOtherwise() {
        List<String> keys =
                List.of("1", "101", "14", "2", "2", "002", " 3", "+4", "1", "-5", "-0", "0", "5");
        warm(keys);
        for (int round = 0; round < 10; round++) {
            List<Integer> ids = byId(keys).stream().map(each -> idOf(each.result())).toList();
            assertThat(ids).containsExactly(1, 0, 0, 2, 2, 2, 3, 4, 1, 0, 0, 0, 5);
        }
    }

    @Test
    void whatIsRefusedIsRefusedToItsOwnCallerAlone() {
        List<String> keys = List.of("1", "13", "2", "x", "99999999999", "3", "1' or true", "13");
        warm(List.of("1", "2", "3"));
        for (int round = 0; round < 10; round++) {
            List<Future<String>> answers = byId(keys);
            assertThat(idOf(answers.get(0).result())).isEqualTo(1);
            assertThat(LaneFixtures.sqlState(answers.get(1))).isEqualTo("22012");
            assertThat(idOf(answers.get(2).result())).isEqualTo(2);
            assertThat(LaneFixtures.sqlState(answers.get(3))).isEqualTo("22P02");
            assertThat(LaneFixtures.sqlState(answers.get(4))).isEqualTo("22003");
            assertThat(idOf(answers.get(5).result())).isEqualTo(3);
            assertThat(LaneFixtures.sqlState(answers.get(6))).isEqualTo("22P02");
            assertThat(LaneFixtures.sqlState(answers.get(7))).isEqualTo("22012");
        }
    }

    @Test
    void otherRolesAreNotOfTheCompany() {
        List<String> keys = List.of("3", "4", "5", "6");
        warm(keys);
        for (int round = 0; round < 10; round++) {
            List<Future<String>> answers =
                    round(
                            8,
                            i -> read("id", keys.get(i % 4)),
                            i -> i < 4 ? LaneFixtures.ANONYMOUS : LaneFixtures.user("u"));
            assertThat(answers.stream().map(each -> idOf(each.result())).toList())
                    .containsExactly(3, 4, 5, 6, 3, 4, 0, 0);
        }
    }

    @Test
    void uniqueIdentifiersAreKeysToo() {
        Function<Integer, Plan.Read> plans =
                i ->
                        read(
                                "code",
                                (i == 3
                                                ? "00000000-0000-4000-8000-%012X"
                                                : "00000000-0000-4000-8000-%012d")
                                        .formatted(i + 15));
        LaneFixtures.eventually(
                () -> statements(round(20, plans, _ -> LaneFixtures.ANONYMOUS)).size() < 10);
        List<Future<String>> answers = round(20, plans, _ -> LaneFixtures.ANONYMOUS);
        for (int i = 0; i < 20; i++) {
            // %X of 18 is 12.
            assertThat(idOf(answers.get(i).result())).isEqualTo(i == 3 ? 12 : i + 15);
        }
    }

    /// Also those whose statement is prepared for a table that has changed since.
    @Test
    void theTableMayChangeMeanwhile() {
        List<String> keys = IntStream.rangeClosed(15, 40).mapToObj(Integer::toString).toList();
        warm(keys);
        database.executeAs(
                EmbeddedPostgres.SUPERUSER, "alter table public.items alter body type varchar(80)");
        for (int round = 0; round < 3; round++) {
            List<Integer> ids = byId(keys).stream().map(each -> idOf(each.result())).toList();
            assertThat(ids).containsExactlyElementsOf(keys.stream().map(Integer::valueOf).toList());
        }
        useCatalog();
        warm(keys);
        assertThat(byId(List.of("15", "16", "15")).stream().map(each -> idOf(each.result())))
                .containsExactly(15, 16, 15);
    }

    /// Of rows with rows inside them, and of those with columns of another's row.
    @Test
    void embedsGoWithTheRowOfTheirKey() {
        for (List<String> names :
                List.of(List.of("notes"), List.of("owners"), List.of("owners", "notes"))) {
            List<String> keys =
                    List.of("1", "2", "101", "3", "14", "2", "7", "49", "60", "50", "02", "6");
            List<Plan.Read> plans = keys.stream().map(key -> withEmbeds(key, names)).toList();
            List<String> alone = plans.stream().map(this::alone).toList();
            assertThat(String.join("", alone)).contains(names.contains("notes") ? "note 2" : "two");
            LaneFixtures.eventually(() -> statements(embedding(plans)).size() < keys.size() / 2);
            for (int round = 0; round < 5; round++) {
                List<Future<String>> together = embedding(plans);
                for (int i = 0; i < keys.size(); i++) {
                    assertThat(withoutTime(together.get(i).result()))
                            .isEqualTo(withoutTime(alone.get(i)));
                }
            }
        }
    }

    private List<Future<String>> embedding(List<Plan.Read> plans) {
        return round(plans.size(), plans::get, _ -> LaneFixtures.ANONYMOUS);
    }

    private String alone(Plan.Read plan) {
        return round(1, _ -> plan, _ -> LaneFixtures.ANONYMOUS).getFirst().result();
    }

    private static String withoutTime(String answer) {
        return STATEMENT.matcher(answer).replaceAll("");
    }

    private Plan.Read withEmbeds(String key, List<String> names) {
        ReadNode node = read("id", key).node();
        List<ReadNode.Output> outputs = new ArrayList<>(node.outputs());
        List<Embed> embeds = new ArrayList<>();
        for (String name : names) {
            QualifiedName target = new QualifiedName("public", name);
            Relationship way =
                    catalog.relationshipsFrom(node.table().name()).stream()
                            .filter(each -> each.target().equals(target))
                            .findFirst()
                            .orElseThrow();
            ReadNode inside =
                    new ReadNode(
                            catalog.findTable(target).orElseThrow(),
                            List.of(new ReadNode.AllColumns()),
                            List.of(),
                            Predicate.always(),
                            ReadNode.Grouping.NONE,
                            List.of(),
                            Page.ALL);
            outputs.add(new ReadNode.Related(embeds.size()));
            embeds.add(
                    new Embed(
                            name, way, SelectItem.Join.LEFT, SelectItem.Placement.NESTED, inside));
        }
        return new Plan.Read(
                new ReadNode(
                        node.table(),
                        outputs,
                        embeds,
                        node.where(),
                        node.grouping(),
                        node.order(),
                        node.page()),
                new Answer(Answer.Returning.ROWS, Answer.Count.NONE, Format.json()),
                null,
                0);
    }

    @Test
    void theSameReadIsRunOnce() {
        Plan.Read list = list(">", "95");
        Plan.Read other = list(">", "98");
        LaneFixtures.eventually(() -> statements(same(list, other)).size() == 2);
        for (Future<String> answer : same(list, other)) {
            String text = answer.result();
            boolean few = text.indexOf("\"id\":96,") < 0;
            assertThat(text.split("\"id\":")).hasSize(few ? 3 : 6);
        }
    }

    private List<Future<String>> same(Plan.Read list, Plan.Read other) {
        List<Future<String>> answers =
                round(20, i -> i % 5 == 0 ? other : list, _ -> LaneFixtures.ANONYMOUS);
        assertThat(answers.stream().map(Future::result).collect(Collectors.toSet())).isNotEmpty();
        return answers;
    }

    private void warm(List<String> keys) {
        for (int round = 0; round < 20; round++) {
            byId(keys);
        }
    }

    private static Set<String> statements(List<Future<String>> answers) {
        return answers.stream()
                .flatMap(answer -> STATEMENT.matcher(answer.result()).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /// 0 of no row.
    private static int idOf(String answer) {
        return answer.equals("[]")
                ? 0
                : Integer.parseInt(answer.substring("[{\"id\":".length(), answer.indexOf(',')));
    }

    private List<Future<String>> byId(List<String> keys) {
        return round(keys.size(), i -> read("id", keys.get(i)), _ -> LaneFixtures.ANONYMOUS);
    }

    /// Many reads in one turn of the event loop.
    private List<Future<String>> round(
            int count, Function<Integer, Plan.Read> plans, Function<Integer, Caller> callers) {
        Promise<List<Future<String>>> sent = Promise.promise();
        loop.runOnContext(_ -> {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                answers.add(
                        backend.run(
                                        plans.apply(i),
                                        callers.apply(i),
                                        Transaction.committing("public"))
                                .map(result -> ((Result.Body) result).body().toString()));
            }
            sent.complete(answers);
        });
        List<Future<String>> answers = LaneFixtures.await(sent.future());
        LaneFixtures.await(Future.join(answers).otherwiseEmpty());
        return answers;
    }

    private Plan.Read read(String column, String value) {
        return plan(new Predicate.Compare(operand(column), Predicate.Comparison.EQUAL, value));
    }

    private Plan.Read list(String comparison, String value) {
        assertThat(comparison).isEqualTo(">");
        return plan(new Predicate.Compare(operand("id"), Predicate.Comparison.GREATER, value));
    }

    private Operand operand(String column) {
        return Operand.of(table().findColumn(column).orElseThrow());
    }

    private Table table() {
        return catalog.findTable(new QualifiedName("public", "items")).orElseThrow();
    }

    private Plan.Read plan(Predicate where) {
        Operand at =
                new Operand(
                        Column.of("at", "text", "text"),
                        new QualifiedName("public", "at"),
                        List.of(),
                        null);
        return new Plan.Read(
                new ReadNode(
                        table(),
                        List.of(
                                new ReadNode.Value(operand("id"), "id", null),
                                new ReadNode.Value(operand("body"), "body", null),
                                new ReadNode.Value(at, "at", null)),
                        List.of(),
                        where,
                        ReadNode.Grouping.NONE,
                        List.of(),
                        new Page(1_000L, 0)),
                new Answer(Answer.Returning.ROWS, Answer.Count.NONE, Format.json()),
                null,
                0);
    }
}
