package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Arguments;
import dev.ashlar.intent.Conflict;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Order;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import dev.ashlar.testing.LibraryCatalog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestParserTest {
    private static final RestParser PARSER =
            new RestParser(RestServing.config(List.of("public", "other"), 1000));

    @Test
    void decodesTheTable() {
        assertThat(get("/we%20ird+x").target()).isEqualTo(new QualifiedName("public", "we ird+x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/b", "/rpc/", "/rpc/a/b", "/a%2Fb"})
    void refusesOtherPaths(String path) {
        assertThat(refusal(SentRequest.of("GET", path)))
                .isInstanceOf(RequestProblem.PathInvalid.class);
    }

    @Test
    void choosesTheSchemaByProfile() {
        assertThat(
                        parsed(SentRequest.of("GET", "/a").with("Accept-Profile", "other"))
                                .intent()
                                .target()
                                .schema())
                .isEqualTo("other");
        assertThat(
                        parsed(
                                        SentRequest.of("POST", "/a")
                                                .with("Content-Profile", "other")
                                                .body("{}"))
                                .profile())
                .isEqualTo("other");
        assertThat(refusal(SentRequest.of("GET", "/a").with("Accept-Profile", "auth")))
                .isEqualTo(new CatalogProblem.SchemaNotExposed("auth", List.of("public", "other")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eq.3|Compare[operator=EQUAL, value=3]",
                "eq.|Compare[operator=EQUAL, value=]",
                "neq.a.b,c|Compare[operator=NOT_EQUAL, value=a.b,c]",
                "eq.\"quoted\"|Compare[operator=EQUAL, value=\"quoted\"]",
                "like(any).{a*,\"b,c\"}|CompareEach[operator=LIKE, quantifier=ANY, values={a*,\"b,c\"}]",
                "gt(all).{}|CompareEach[operator=GREATER, quantifier=ALL, values={}]",
                "in.(a,\"b,\\\"c\")|In[values=[a, b,\"c]]",
                "in.()|In[values=[]]",
                "is.NULL|Is[truth=NULL]",
                "is.not_null|Is[truth=NOT_NULL]",
                "fts(english).a b|FullText[parser=QUERY, language=Optional[english], text=a b]",
                "wfts.x|FullText[parser=WEB, language=Optional.empty, text=x]",
                "cs.{a,b}|Compare[operator=CONTAINS, value={a,b}]",
            })
    void readsConditions(String text, String test) {
        assertThat(condition(text)).hasToString(test);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "eq",
                "EQ.3",
                "neq(any).{1}",
                "like(some).{a}",
                "in.1",
                "in.(1",
                "in.(\"a\"",
                "in.(1)x",
                "is.nil",
                "is.",
                "fts(english.x",
                "not.not.eq.1"
            })
    void refusesMalformedConditions(String text) {
        assertThat(refusal(SentRequest.of("GET", "/a?b=" + encoded(text))))
                .isInstanceOf(RequestProblem.Malformed.class);
    }

    @Test
    void pointsAtTheFault() {
        assertThat(refusal(SentRequest.of("GET", "/a?b=in.(1")))
                .isEqualTo(new RequestProblem.Malformed("filter", "in.(1", 5, "\",\" or \")\""));
    }

    @Test
    void negates() {
        assertThat(filter("/a?b=not.is.null").getFirst()).isInstanceOf(Filter.Not.class);
    }

    @Test
    void readsTrees() {
        Filter tree = filter("/a?or=(b.eq.1,not.and(c.in.(1,2),d.cs.{x,y}))").getFirst();
        assertThat(tree)
                .hasToString(
                        "Or[parts=[Condition[field=FieldPath[column=b, steps=[]],"
                                + " test=Compare[operator=EQUAL, value=1]],"
                                + " Not[part=And[parts=[Condition[field=FieldPath[column=c,"
                                + " steps=[]], test=In[values=[1, 2]]],"
                                + " Condition[field=FieldPath[column=d, steps=[]],"
                                + " test=Compare[operator=CONTAINS, value={x,y}]]]]]]]");
        assertThat(filter("/a?not.or=(b.eq.1)").getFirst()).isInstanceOf(Filter.Not.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "()", "(b.eq.1", "(b.eq.1))", "b.eq.1", "(b)", "(.eq.1)"})
    void refusesMalformedTrees(String text) {
        assertThat(refusal(SentRequest.of("GET", "/a?or=" + encoded(text))))
                .isInstanceOf(RequestProblem.Malformed.class);
    }

    @Test
    void readsSelect() {
        assertThat(select("/a?select=*,b,c:d,e->f->>0::int,\"g,h\""))
                .containsExactly(
                        new SelectItem.All(),
                        field("b", null, null),
                        field("d", "c", null),
                        new SelectItem.Field(
                                new FieldPath(
                                        "e",
                                        List.of(
                                                new FieldPath.Key("f", FieldPath.Form.JSON),
                                                new FieldPath.Index(0, FieldPath.Form.TEXT))),
                                null,
                                "int"),
                        field("g,h", null, null));
    }

    @Test
    void readsEmbeds() {
        var embed =
                (SelectItem.Embed)
                        select(
                                        "/a?select=x:b!hint!inner(c,...d(e))&x.c=eq.1&x.order=c.desc&x.limit=3"
                                                + "&x.d.e=is.null")
                                .getFirst();
        assertThat(embed.relation()).isEqualTo("b");
        assertThat(embed.alias()).isEqualTo("x");
        assertThat(embed.hint()).isEqualTo("hint");
        assertThat(embed.join()).isEqualTo(SelectItem.Join.INNER);
        assertThat(embed.query().page()).isEqualTo(new Page(3L, 0));
        assertThat(embed.query().order()).hasSize(1);
        assertThat(embed.query().filter()).isInstanceOf(Filter.And.class);
        var spread = (SelectItem.Embed) embed.query().select().getLast();
        assertThat(spread.placement()).isEqualTo(SelectItem.Placement.SPREAD);
        assertThat(spread.query().filter()).isNotEqualTo(Filter.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a,", ",a", "a(b", "a)", "a::", "a:b:c", "...a", "a->", "\"a", "a b c("})
    void refusesMalformedSelects(String text) {
        assertThat(refusal(SentRequest.of("GET", "/t?select=" + encoded(text))))
                .isInstanceOf(RequestProblem.Malformed.class);
    }

    @Test
    void readsOrder() {
        assertThat(get("/a?order=b.desc.nullslast,c->>d,e(f).nullsfirst").query().order())
                .containsExactly(
                        new Order(
                                null,
                                FieldPath.of("b"),
                                Order.Direction.DESCENDING,
                                Order.Nulls.LAST),
                        new Order(
                                null,
                                new FieldPath(
                                        "c", List.of(new FieldPath.Key("d", FieldPath.Form.TEXT))),
                                Order.Direction.ASCENDING,
                                Order.Nulls.DEFAULT),
                        new Order(
                                "e",
                                FieldPath.of("f"),
                                Order.Direction.ASCENDING,
                                Order.Nulls.FIRST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a?limit=5&offset=2||5|2",
                "/a|0-9|10|0",
                "/a|items=5-5|1|5",
                "/a|7-||7",
                "/a?limit=3|2-9|3|2",
                "/a?offset=4|2-9|6|4",
                "/a|bytes=0-1||0"
            })
    void pages(String target, @Nullable String range, @Nullable Long limit, long offset) {
        SentRequest request = SentRequest.of("GET", target);
        Intent intent = parsed(range == null ? request : request.with("Range", range)).intent();
        assertThat(intent.query().page()).isEqualTo(new Page(limit, offset));
    }

    @Test
    void refusesNegativePages() {
        assertThat(refusal(SentRequest.of("GET", "/a?limit=-1")))
                .isInstanceOf(RequestProblem.RangeUnsatisfiable.class);
        assertThat(refusal(SentRequest.of("GET", "/a?offset=-1")))
                .isInstanceOf(DataProblem.Rejected.class);
    }

    @Test
    void readsPreferences() {
        SentRequest request =
                SentRequest.of("POST", "/a?on_conflict=b,c&columns=d")
                        .body("[{\"d\":1},{\"e\":2}]")
                        .with("Prefer", "return=representation, count=exact")
                        .with("Prefer", "resolution=ignore-duplicates,return=minimal");
        RestRequest parsed = parsed(request);
        Intent.Insert insert = (Intent.Insert) parsed.intent();
        assertThat(insert.answer())
                .isEqualTo(new Answer(Answer.Returning.ROWS, Answer.Count.EXACT, Format.json()));
        assertThat(insert.conflict())
                .isEqualTo(new Conflict(Conflict.Resolution.IGNORE, List.of("b", "c")));
        assertThat(insert.rows().keys()).containsExactly("d");
        assertThat(insert.rows().count()).isEqualTo(2);
        assertThat(parsed.preferences().applied())
                .containsExactly(
                        "resolution=ignore-duplicates", "return=representation", "count=exact");
    }

    @Test
    void insistsOnPreferencesWhenStrict() {
        SentRequest strict =
                SentRequest.of("GET", "/a").with("Prefer", "handling=strict, foo, count=some");
        assertThat(refusal(strict))
                .isEqualTo(new RequestProblem.PreferenceInvalid(List.of("foo", "count=some")));
        for (String other : List.of("tx=rollback", "missing=zero", "return=all")) {
            SentRequest request =
                    SentRequest.of("DELETE", "/a").with("Prefer", "handling=strict, " + other);
            assertThat(refusal(request))
                    .isEqualTo(new RequestProblem.PreferenceInvalid(List.of(other)));
        }
        SentRequest most =
                SentRequest.of("DELETE", "/a").with("Prefer", "handling=strict, max-affected=3");
        assertThat(((Intent.Delete) parsed(most).intent()).maxAffected()).isEqualTo(3);
        SentRequest lenient = SentRequest.of("DELETE", "/a").with("Prefer", "max-affected=3");
        assertThat(((Intent.Delete) parsed(lenient).intent()).maxAffected()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|application/json; charset=utf-8",
                "application/json|application/json; charset=utf-8",
                "application/vnd.pgrst.object+json|application/vnd.pgrst.object+json; charset=utf-8",
                "Application/VND.pgrst.object+json; charset=utf-8|application/vnd.pgrst.object+json; charset=utf-8",
                "application/json;q=0.5, application/vnd.pgrst.object+json|application/vnd.pgrst.object+json; charset=utf-8",
                "text/html, */*;q=0.8|application/json; charset=utf-8",
                "*/*, text/csv|text/csv; charset=utf-8",
                "text/csv;q=0, */*;q=0.1|application/json; charset=utf-8",
                "application/vnd.pgrst.array+json|application/json; charset=utf-8",
                "application/vnd.pgrst.array;nulls=stripped|application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8",
                "application/vnd.pgrst.object+json; nulls=stripped|application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8"
            })
    void negotiates(String accept, String type) {
        assertThat(parsed(SentRequest.of("GET", "/a").with("Accept", accept)).mediaType().text())
                .isEqualTo(type);
    }

    @Test
    void plansAreHidden() {
        SentRequest request =
                SentRequest.of("GET", "/book")
                        .with("Accept", "application/vnd.pgrst.plan; options=wal|analyze");
        assertThatThrownBy(() -> PARSER.parse(request, LibraryCatalog.CATALOG))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problem())
                                        .isEqualTo(
                                                new RequestProblem.NotAcceptable(
                                                        List.of(
                                                                "application/vnd.pgrst.plan+text;"
                                                                        + " for=\"application/json\";"
                                                                        + " options=analyze|wal"))));
    }

    @Test
    void callsByGet() {
        Intent.Call call =
                (Intent.Call) get("/rpc/f?a=1&a=2&b=x.y&c=gt.3&order=d&select=e&limit=1");
        assertThat(call.arguments())
                .isEqualTo(
                        new Arguments.Texts(Map.of("a", List.of("1", "2"), "b", List.of("x.y"))));
        assertThat(call.query().filter()).isNotEqualTo(Filter.NONE);
        assertThat(call.access()).isEqualTo(Intent.Access.READ_ONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%ff", "%c3%28", "\0"})
    void refusesTextThatNoColumnCanHold(String text) {
        assertThat(refusal(SentRequest.of("GET", "/a?b=eq." + text)))
                .isInstanceOf(RequestProblem.Malformed.class);
        assertThat(refusal(SentRequest.of("GET", "/a?" + text + "=eq.1")))
                .isInstanceOf(RequestProblem.Malformed.class);
        assertThat(refusal(SentRequest.of("GET", "/a" + text)))
                .isInstanceOf(RequestProblem.Malformed.class);
    }

    @Test
    void boundsTheNumberOfParameters() {
        assertThat(refusal(SentRequest.of("GET", "/a?" + "b=eq.1&".repeat(2_001))))
                .isInstanceOf(RequestProblem.Malformed.class);
    }

    private static SelectItem field(String column, @Nullable String alias, @Nullable String cast) {
        return new SelectItem.Field(FieldPath.of(column), alias, cast);
    }

    private static Filter.Test condition(String text) {
        return ((Filter.Condition) filter("/a?b=" + encoded(text)).getFirst()).test();
    }

    private static List<Filter> filter(String target) {
        return ((Filter.And) get(target).query().filter()).parts();
    }

    private static List<SelectItem> select(String target) {
        return get(target).query().select();
    }

    private static Intent get(String target) {
        return parsed(SentRequest.of("GET", target)).intent();
    }

    private static RestRequest parsed(SentRequest request) {
        return PARSER.parse(request, Catalog.EMPTY);
    }

    private static Problem refusal(SentRequest request) {
        try {
            throw new AssertionError("parsed: " + PARSER.parse(request, Catalog.EMPTY));
        } catch (ProblemException refused) {
            return refused.problem();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
