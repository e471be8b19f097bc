package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.ashlar.backend.postgres.PlannedSql;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.identity.Role;
import dev.ashlar.plan.PlanRules;
import dev.ashlar.plan.Planner;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.CatalogBuilder;
import dev.ashlar.testing.LibraryCatalog;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A request that is eight times as large costs some eight times as much until it is refused: what
/// is quadratic lets one caller stop all others.
class RequestSizesTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final RestParser PARSER =
            new RestParser(RestServing.config(List.of("public"), 1000));
    private static final Planner PLANNER =
            new Planner(LibraryCatalog.CATALOG, Role.ANON, PlanRules.atMost(1000));
    private static final int GROWTH = 8;

    /// Below this, fixed costs hide how a cost grows.
    private static final long FREE_BYTES = 2_000_000;

    private static final long FREE_NANOS = 40_000_000;

    record Shape(String name, int size, IntFunction<SentRequest> request) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                get("nested or", 10_000, n -> "or=" + "(or".repeat(n) + "(id.eq.1" + ")".repeat(n)),
                get("open parentheses", 100_000, n -> "or=" + "(".repeat(n)),
                get("wide or", 100_000, n -> "or=(" + list(n, "id.eq.%d") + ")"),
                get("nots", 100_000, n -> "id=" + "not.".repeat(n) + "eq.1"),
                get("in list", 100_000, n -> "id=in.(" + list(n, "%d") + ")"),
                get("quoted in list", 20_000, n -> "title=in.(" + list(n, "\"a,%d\"") + ")"),
                get("any list", 20_000, n -> "id=eq(any).{" + list(n, "%d") + "}"),
                get("filters", 2_000, n -> list(n, "id=neq.%d").replace(',', '&')),
                get("items", 5_000, n -> "select=" + list(n, "a%d:id")),
                get("same items", 5_000, n -> "select=" + list(n, "id")),
                get("stars", 5_000, n -> "select=" + list(n, "*")),
                get("embeds", 5_000, n -> "select=" + list(n, "a%d:review(id)")),
                get("spreads", 5_000, n -> "select=" + list(n, "...author!author_id(n%d:id)")),
                get("paths", 1_600, n -> "select=" + list(n, "a%d:data" + "->a".repeat(90))),
                get("casts", 5_000, n -> "select=" + list(n, "a%d:id::text")),
                get("aggregates", 5_000, n -> "select=" + list(n, "a%d:id.sum()")),
                get("order", 5_000, n -> "order=" + list(n, "id.desc")),
                get("levels in a name", 20_000, n -> "a.".repeat(n) + "id=eq.1"),
                get("parameters", 50_000, n -> "&".repeat(n) + list(n, "a%d").replace(',', '&')),
                get("a long name", 1_000_000, n -> "select=" + "x".repeat(n)),
                get("a long operator", 1_000_000, n -> "id=" + "x".repeat(n) + ".1"),
                get("percent signs", 1_000_000, n -> "title=eq." + "%C3%A4".repeat(n)),
                get("backslashes", 1_000_000, n -> "or=(title.eq.\"" + "\\\\".repeat(n) + ")"),
                get("blanks", 1_000_000, n -> "select=" + " ".repeat(n) + "id"),
                header("Accept", 20_000, n -> list(n, "a/b%d;q=0.5")),
                header("Accept", 1_000_000, n -> "text/plain;" + "a;".repeat(n)),
                header("Prefer", 100_000, n -> list(n, "a%d=b")),
                header("Prefer", 100_000, n -> "handling=strict," + list(n, "a%d")),
                header("Range", 1_000_000, n -> "0-" + "9".repeat(n)),
                post("keys of one row", 5_000, n -> "{" + list(n, "\"k%d\":1") + "}", ""),
                post("each row its own key", 5_000, n -> "[" + list(n, "{\"k%d\":1}") + "]", ""),
                post("rows", 50_000, n -> "[" + list(n, "{\"id\":%d,\"title\":\"x\"}") + "]", ""),
                post(
                        "rows the other way round",
                        50_000,
                        n ->
                                "[{\"id\":1,\"title\":\"x\"},"
                                        + list(n, "{\"title\":\"x\",\"id\":%d}")
                                        + "]",
                        ""),
                post(
                        "own keys, columns named",
                        5_000,
                        n -> "[" + list(n, "{\"k%d\":1}") + "]",
                        "columns=id"),
                post(
                        "deep json",
                        10_000,
                        n -> "{\"data\":" + "[".repeat(n) + "]".repeat(n) + "}",
                        ""),
                post(
                        "deep objects",
                        10_000,
                        n -> "{\"data\":" + "{\"a\":".repeat(n) + "1" + "}".repeat(n) + "}",
                        ""),
                post("a long number", 1_000_000, n -> "{\"id\":" + "9".repeat(n) + "}", ""),
                post("columns", 50_000, n -> "{\"id\":1}", "columns=" + list(50_000, "c%d")),
                csv("csv fields", 5_000, n -> list(n, "k%d") + "\n" + list(n, "%d")),
                csv("csv rows", 50_000, n -> "id\n" + "1\n".repeat(n)),
                csv("csv quotes", 1_000_000, n -> "id\n\"" + "\"\"".repeat(n)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void costsGrowWithTheSize(Shape shape) {
        SentRequest small = shape.request().apply(Math.max(1, shape.size() / GROWTH));
        SentRequest large = shape.request().apply(shape.size());
        long[] little = cost(() -> statement(small));
        long[] much = cost(() -> statement(large));
        assertThat(much[0]).as("bytes").isLessThan(FREE_BYTES + 2 * GROWTH * little[0]);
        assertThat(much[1]).as("nanoseconds").isLessThan(FREE_NANOS + 4 * GROWTH * little[1]);
    }

    @Test
    void aNameThatNobodyKnowsIsRefusedQuicklyInALargeSchema() {
        CatalogBuilder large = new CatalogBuilder();
        for (int i = 0; i < 10_000; i++) {
            large.table("a_table_with_number_" + i, 1, "id:bigint");
        }
        Catalog catalog = large.build();
        Planner planner = new Planner(catalog, Role.ANON, PlanRules.atMost(1000));
        for (String name : List.of("a_tabel_wiht_nubmer_5", "x".repeat(60), "x".repeat(5_000))) {
            long[] cost =
                    cost(() -> {
                        SentRequest request = SentRequest.of("GET", "/" + name);
                        planner.plan(PARSER.parse(request, catalog).intent());
                    });
            assertThat(cost[1]).as("nanoseconds").isLessThan(FREE_NANOS);
        }
    }

    /// Bytes and processor time, the least of several runs.
    private static long[] cost(Runnable request) {
        long bytes = Long.MAX_VALUE;
        long nanos = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long began = THREADS.getCurrentThreadCpuTime();
            run(request);
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - began);
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - allocated);
        }
        return new long[] {bytes, nanos};
    }

    private static void statement(SentRequest request) {
        RestRequest parsed = PARSER.parse(request, LibraryCatalog.CATALOG);
        PlannedSql.of(PLANNER.plan(parsed.intent()));
    }

    private static void run(Runnable request) {
        try {
            request.run();
        } catch (ProblemException refused) {
            new RestProblems().render(refused.problem(), SentRequest.of("GET", "/"));
        } catch (RuntimeException | StackOverflowError bug) {
            fail(bug);
        }
    }

    private static Shape get(String name, int size, IntFunction<String> query) {
        return new Shape(name, size, n -> SentRequest.of("GET", "/book?" + query.apply(n)));
    }

    private static Shape header(String name, int size, IntFunction<String> value) {
        return new Shape(
                name, size, n -> SentRequest.of("GET", "/book").with(name, value.apply(n)));
    }

    private static Shape post(String name, int size, IntFunction<String> body, String query) {
        return new Shape(
                name, size, n -> SentRequest.of("POST", "/book?" + query).body(body.apply(n)));
    }

    private static Shape csv(String name, int size, IntFunction<String> body) {
        return new Shape(
                name,
                size,
                n ->
                        SentRequest.of("POST", "/book")
                                .with("Content-Type", "text/csv")
                                .body(body.apply(n)));
    }

    private static String list(int times, String item) {
        return IntStream.range(0, times)
                .mapToObj(i -> item.replace("%d", Integer.toString(i)))
                .collect(Collectors.joining(","));
    }
}
