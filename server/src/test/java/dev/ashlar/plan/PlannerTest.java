package dev.ashlar.plan;

import static dev.ashlar.testing.CatalogBuilder.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Relationship.Cardinality;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Arguments;
import dev.ashlar.intent.Conflict;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Order;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.RowSet;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.predicate.Predicate;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.CatalogProblem.Sought;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import dev.ashlar.testing.LibraryCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Answer ROWS =
            new Answer(Answer.Returning.ROWS, Answer.Count.NONE, Format.json());
    private static final Planner PLANNER =
            new Planner(LibraryCatalog.CATALOG, Role.ANON, PlanRules.atMost(100));

    @Test
    void embedsByTable() {
        assertThat(embedded("review", "book", null).cardinality())
                .isEqualTo(Cardinality.MANY_TO_ONE);
        assertThat(embedded("book", "review", null).cardinality())
                .isEqualTo(Cardinality.ONE_TO_MANY);
        assertThat(embedded("book", "isbn", null).cardinality()).isEqualTo(Cardinality.ONE_TO_ONE);
        assertThat(embedded("book", "label", null).cardinality())
                .isEqualTo(Cardinality.MANY_TO_MANY);
    }

    @Test
    void embedsByConstraintAndColumn() {
        assertThat(constraint(embedded("book", "book_editor_id_fkey", null)))
                .isEqualTo("book_editor_id_fkey");
        assertThat(constraint(embedded("book", "editor_id", null)))
                .isEqualTo("book_editor_id_fkey");
    }

    @Test
    void embedsByHint() {
        assertThat(constraint(embedded("book", "author", "author_id")))
                .isEqualTo("book_author_id_fkey");
        assertThat(constraint(embedded("author", "book", "editor_id")))
                .isEqualTo("book_editor_id_fkey");
        assertThat(constraint(embedded("book", "author", "book_editor_id_fkey")))
                .isEqualTo("book_editor_id_fkey");
        assertThat(embedded("book", "label", "book_label"))
                .isInstanceOf(Relationship.ThroughJunction.class);
    }

    @Test
    void embedsATableInItself() {
        assertThat(embedded("folder", "parent_id", null).cardinality())
                .isEqualTo(Cardinality.MANY_TO_ONE);
        assertThat(embedded("folder", "folder", "parent_id").cardinality())
                .isEqualTo(Cardinality.ONE_TO_MANY);
        assertThat(embedded("folder", "folder", "folder_parent_id_fkey").cardinality())
                .isEqualTo(Cardinality.ONE_TO_MANY);
        assertThat(refusal(embed("folder", "folder", null)))
                .isInstanceOf(CatalogProblem.RelationshipAmbiguous.class);
    }

    @Test
    void namesTheCandidatesOfAnAmbiguousEmbed() {
        Problem problem = refusal(embed("book", "author", null));
        assertThat(problem).isInstanceOf(CatalogProblem.RelationshipAmbiguous.class);
        assertThat(((CatalogProblem.RelationshipAmbiguous) problem).candidates())
                .extracting(CatalogProblem.Candidate::disambiguation)
                .containsExactly("author!book_author_id_fkey", "author!book_editor_id_fkey");
    }

    @Test
    void suggestsOnlyWhatTheRoleMayRead() {
        assertThat(refusal(embed("book", "reviews", null)))
                .isEqualTo(
                        new CatalogProblem.RelationshipUnknown(
                                "public", "book", "reviews", null, "reviews", "review"));
        assertThat(refusal(embed("book", "vaults", null)))
                .isEqualTo(
                        new CatalogProblem.RelationshipUnknown(
                                "public", "book", "vaults", null, "vaults", null));
        assertThat(refusal(read("vaul", Query.ALL)))
                .isEqualTo(new CatalogProblem.TableUnknown("public", "vaul", "label"));
        assertThat(refusal(read("books", Query.ALL)))
                .isEqualTo(new CatalogProblem.TableUnknown("public", "books", "book"));
        Planner service = new Planner(LibraryCatalog.CATALOG, Role.SERVICE, PlanRules.atMost(100));
        assertThat(refusal(service, read("vaul", Query.ALL)))
                .isEqualTo(new CatalogProblem.TableUnknown("public", "vaul", "vault"));
    }

    @Test
    void bindsAFilterToTheEmbedOfItsName() {
        Query none = query(List.of(item("review")), is("review"), List.of());
        assertThat(node(read("book", none)).where())
                .isEqualTo(new Predicate.Not(new Predicate.EmbedPresent(0)));
        Query other = query(List.of(item("review")), equal("review"), List.of());
        assertThat(refusal(read("book", other)))
                .isEqualTo(new RequestProblem.EmbedFilterUnsupported("review"));
    }

    @Test
    void anEmbedGoesBeforeAColumnOfTheSameNameOnlyWhenItsPresenceIsAsked() {
        Query none = query(List.of(item("parent_id")), is("parent_id"), List.of());
        assertThat(node(read("folder", none)).where())
                .isEqualTo(new Predicate.Not(new Predicate.EmbedPresent(0)));
        Query one = query(List.of(item("parent_id")), equal("parent_id"), List.of());
        assertThat(node(read("folder", one)).where()).isInstanceOf(Predicate.Compare.class);
    }

    @Test
    void ordersByAToOneEmbedOnly() {
        Query byBook = query(List.of(item("book")), Filter.NONE, List.of(by("book")));
        assertThat(node(read("review", byBook)).order().getFirst().embed()).isZero();
        Query byReview = query(List.of(item("review")), Filter.NONE, List.of(by("review")));
        assertThat(refusal(read("book", byReview)))
                .isEqualTo(new RequestProblem.OrderNotToOne("book", "review"));
        Query byNothing = query(List.of(new SelectItem.All()), Filter.NONE, List.of(by("review")));
        assertThat(refusal(read("book", byNothing)))
                .isEqualTo(new RequestProblem.EmbedNotSelected("review"));
    }

    @Test
    void boundsEveryLevel() {
        ReadNode node = node(embed("book", "review", null));
        assertThat(node.page()).isEqualTo(new Page(100L, 0));
        assertThat(node.embeds().getFirst().node().page()).isEqualTo(new Page(100L, 0));
    }

    @Test
    void namesTheMissingColumn() {
        assertThat(refusal(read("book", query(List.of(), is("nope"), List.of()))))
                .isEqualTo(new CatalogProblem.ColumnMissing("book", "nope", List.of()));
    }

    @Test
    void suggestsTheColumnThatWasMeant() {
        assertThat(refusal(read("book", query(List.of(), is("titel"), List.of()))))
                .isEqualTo(new CatalogProblem.ColumnMissing("book", "titel", List.of("title")));
    }

    @Test
    void refusesACastThatIsNoTypeName() {
        SelectItem.Field field =
                new SelectItem.Field(FieldPath.of("title"), null, "text; drop table book");
        assertThat(refusal(read("book", query(List.of(field), Filter.NONE, List.of()))))
                .isInstanceOf(RequestProblem.Malformed.class);
    }

    @Test
    void putsByTheWholeKeyOnly() {
        Filter whole = new Filter.And(List.of(equal("book_id"), equal("day")));
        assertThat(PLANNER.plan(put("loan", whole))).isInstanceOf(Plan.Put.class);
        List<Filter> others =
                List.of(
                        Filter.NONE,
                        new Filter.And(List.of(equal("day"))),
                        new Filter.And(List.of(equal("day"), equal("day"))),
                        new Filter.And(List.of(equal("book_id"), equal("day"), equal("who"))),
                        new Filter.Or(List.of(equal("book_id"), equal("day"))),
                        new Filter.And(List.of(new Filter.Not(equal("book_id")), equal("day"))));
        for (Filter other : others) {
            assertThat(refusal(put("loan", other)))
                    .as("%s", other)
                    .isInstanceOf(RequestProblem.PutMalformed.class);
        }
        assertThat(refusal(put("log", whole))).isInstanceOf(RequestProblem.PutMalformed.class);
    }

    @Test
    void upsertsByThePrimaryKeyUnlessTold() {
        assertThat(upsertionKey(List.of())).containsExactly("id");
        assertThat(upsertionKey(List.of("name", "born"))).containsExactly("name", "born");
    }

    @Test
    void refusesToPageAWrite() {
        Query paged = new Query(List.of(), Filter.NONE, List.of(), new Page(1L, 0));
        assertThat(refusal(new Intent.Delete(name("book"), paged, ROWS, null)))
                .isInstanceOf(RequestProblem.LimitWithoutOrder.class);
    }

    @Test
    void choosesTheOverloadByArguments() {
        assertThat(((Plan.Call) PLANNER.plan(call("pick", "a"))).given()).hasSize(1);
        assertThat(((Plan.Call) PLANNER.plan(call("pick", "a", "b"))).given()).hasSize(2);
        assertThat(refusal(call("same", "a")))
                .isEqualTo(
                        new CatalogProblem.RoutineAmbiguous(
                                List.of("public.same(a => integer)", "public.same(a => text)")));
        assertThat(refusal(call("pick", "b")))
                .isEqualTo(
                        new CatalogProblem.RoutineUnknown(
                                "public", "pick", List.of("b"), Sought.NAMED, "pick(a, b)"));
        assertThat(refusal(call("totl", "n")))
                .isEqualTo(
                        new CatalogProblem.RoutineUnknown(
                                "public", "totl", List.of("n"), Sought.NAMED, "total"));
    }

    @Test
    void onlyABodyIsTakenWhole() {
        Intent body =
                new Intent.Call(
                        name("echo"),
                        new Arguments.Json("[1]", List.of()),
                        Intent.Access.BY_VOLATILITY,
                        Query.ALL,
                        ROWS,
                        null);
        assertThat(PLANNER.plan(body)).isInstanceOf(Plan.Call.class);
        assertThat(refusal(call("echo"))).isInstanceOf(CatalogProblem.RoutineUnknown.class);
    }

    private static List<String> upsertionKey(List<String> columns) {
        Conflict conflict = new Conflict(Conflict.Resolution.MERGE, columns);
        RowSet rows = new RowSet("{}", RowSet.Form.ONE, List.of("id"), 1);
        Intent insert = new Intent.Insert(name("author"), rows, conflict, Query.ALL, ROWS);
        Plan.Upsertion upsertion = ((Plan.Insert) PLANNER.plan(insert)).upsertion();
        assertThat(upsertion).isNotNull();
        return upsertion.key().stream().map(Column::name).toList();
    }

    private static Intent put(String table, Filter filter) {
        RowSet rows = new RowSet("{}", RowSet.Form.ONE, List.of("book_id", "day"), 1);
        Query query = query(List.of(new SelectItem.All()), filter, List.of());
        return new Intent.Upsert(name(table), rows, query, ROWS);
    }

    private static Intent call(String routine, String... arguments) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            values.put(argument, List.of("1"));
        }
        return new Intent.Call(
                name(routine),
                new Arguments.Texts(values),
                Intent.Access.READ_ONLY,
                Query.ALL,
                ROWS,
                null);
    }

    private static Filter equal(String column) {
        return new Filter.Condition(
                FieldPath.of(column), new Filter.Compare(Filter.Operator.EQUAL, "1"));
    }

    private static Filter is(String field) {
        return new Filter.Condition(FieldPath.of(field), new Filter.Is(Filter.Truth.NULL));
    }

    private static Order by(String embed) {
        return new Order(embed, FieldPath.of("id"), Order.Direction.ASCENDING, Order.Nulls.DEFAULT);
    }

    private static Query query(List<SelectItem> select, Filter filter, List<Order> order) {
        return new Query(select, filter, order, Page.ALL);
    }

    private static SelectItem item(String relation) {
        return item(relation, null);
    }

    private static SelectItem item(String relation, @Nullable String hint) {
        return new SelectItem.Embed(
                relation, null, hint, SelectItem.Join.LEFT, SelectItem.Placement.NESTED, Query.ALL);
    }

    private static Intent read(String table, Query query) {
        return new Intent.Read(name(table), query, ROWS);
    }

    private static Intent embed(String table, String relation, @Nullable String hint) {
        return read(table, query(List.of(item(relation, hint)), Filter.NONE, List.of()));
    }

    private static ReadNode node(Intent intent) {
        return PLANNER.plan(intent).node();
    }

    private static Relationship embedded(String table, String relation, @Nullable String hint) {
        return node(embed(table, relation, hint)).embeds().getFirst().relationship();
    }

    private static String constraint(Relationship relationship) {
        return ((Relationship.Direct) relationship).constraint();
    }

    private static Problem refusal(Intent intent) {
        return refusal(PLANNER, intent);
    }

    private static Problem refusal(Planner planner, Intent intent) {
        try {
            throw new AssertionError("planned: " + planner.plan(intent));
        } catch (ProblemException refused) {
            return refused.problem();
        }
    }
}
