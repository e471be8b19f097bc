package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is too much or too little of something: refused in words, or answered; never a failure of
/// ours.
class RestLimitsIT {
    private static RestServing serving;

    @BeforeAll
    static void start() {
        serving = new RestServing(1000);
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    @Test
    void conditionsMayBeNestedDeeplyButNotEndlessly() {
        assertThat(get("/label?select=id&" + nested(50)).status()).isEqualTo(200);
        refused(get("/label?select=id&" + nested(5_000)), "PGRST100");
        refused(get("/label?select=id&or=" + "(".repeat(100_000)), "PGRST100");
    }

    @Test
    void embedsMayBeNestedDeeplyButNotEndlessly() {
        assertThat(get("/folder?select=" + embedded(12)).status()).isEqualTo(200);
        refused(get("/folder?select=" + embedded(1_000)), "PGRST100");
    }

    @Test
    void manyEmbedsAreAnsweredOrRefused() {
        assertThat(get("/book?select=" + repeated(50, "a%d:author!author_id(id)")).status())
                .isEqualTo(200);
        refused(get("/book?select=" + repeated(101, "a%d:author!author_id(id)")), "PGRST100");
    }

    @Test
    void manyColumnsAreAnsweredOrRefused() {
        assertThat(get("/label?select=" + repeated(1_000, "c%d:id")).status()).isEqualTo(200);
        for (int columns : new int[] {1_600, 1_664, 1_665, 2_000, 50_000}) {
            HttpResponse response = get("/label?select=" + repeated(columns, "c%d:id"));
            assertThat(response.status()).as("%d columns", columns).isIn(200, 400);
        }
        refused(get("/book?select=" + repeated(1_500, "*")), "PGRST100");
    }

    @Test
    void manyFiltersOrderKeysAndSteps() {
        String filters =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "id=neq." + i + 9)
                        .collect(Collectors.joining("&"));
        assertThat(get("/label?select=id&" + filters).status()).isEqualTo(200);
        refused(get("/label?order=" + repeated(5_000, "id")), "PGRST100");
        refused(get("/book?select=" + "data" + "->a".repeat(5_000)), "PGRST100");
        assertThat(get("/book?select=data" + "->a".repeat(90)).status()).isEqualTo(200);
    }

    @Test
    void longListsAndLongValues() {
        String ids = repeated(100_000, "%d");
        assertThat(get("/label?select=id&id=in.(" + ids + ")").status()).isEqualTo(200);
        refused(get("/label?select=id&id=in.(" + ids + ",1)"), "PGRST100");
        assertThat(get("/label?select=id&or=(id.in.(" + ids + "),id.eq.1)").status())
                .isEqualTo(200);
        assertThat(get("/label?name=eq." + "x".repeat(1_000_000)).status()).isEqualTo(200);
        refused(get("/label?name=match." + "(".repeat(100_000)), "2201B");
    }

    @Test
    void numbersOutOfAllBounds() {
        assertThat(get("/label?limit=99999999999999999999").status()).isEqualTo(200);
        refused(get("/label?limit=-99999999999999999999"), "PGRST103");
        refused(get("/label?offset=-1"), "2201X");
        assertThat(get("/label?offset=999999999999999999").status()).isIn(200, 416);
        refused(get("/label?id=eq.99999999999999999999"), "22003");
        refused(get("/book?select=data->99999999999999999999"), "PGRST100", 200);
    }

    @Test
    void bodiesNestedTooDeeplyAreNoJsonForUs() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        refused(sent("POST", "/label", "[{\"id\":9,\"name\":" + deep + "}]"), "PGRST102");
        refused(sent("POST", "/rpc/echo", deep), "PGRST102");
    }

    @Test
    void nothingAtAll() {
        refused(sent("PUT", "/label?id=eq.1", "{}"), "PGRST115");
        assertThat(sent("POST", "/label", "[]").status()).isEqualTo(201);
        assertThat(sent("PATCH", "/label?id=eq.1", "{}").status()).isEqualTo(204);
        assertThat(get("/review?select=book!inner()&distinct=true").status()).isEqualTo(200);
        assertThat(get("/label?select=").status()).isEqualTo(200);
        assertThat(get("/label?id=in.()").body()).hasToString("[]");
    }

    private static HttpResponse get(String target) {
        return serving.answer("anon", SentRequest.of("GET", target));
    }

    private static HttpResponse sent(String method, String target, String body) {
        return serving.answer("service", SentRequest.of(method, target).body(body));
    }

    private static void refused(HttpResponse response, String code) {
        refused(response, code, 400);
    }

    private static void refused(HttpResponse response, String code, int orElse) {
        String body = response.body().toString();
        String start = body.substring(0, Math.min(300, body.length()));
        if (response.status() != orElse || orElse >= 400) {
            assertThat(body).as("%d %s", response.status(), start).contains("\"" + code + "\"");
            assertThat(response.status()).as(start).isBetween(400, 499);
        }
    }

    private static String nested(int depth) {
        return "or=(" + "and(".repeat(depth) + "id.gt.0" + ")".repeat(depth) + ")";
    }

    private static String embedded(int depth) {
        return "id" + ",f:folder!parent_id(id".repeat(depth) + ")".repeat(depth);
    }

    private static String repeated(int times, String item) {
        return IntStream.range(0, times)
                .mapToObj(i -> item.formatted(i))
                .collect(Collectors.joining(","));
    }
}
