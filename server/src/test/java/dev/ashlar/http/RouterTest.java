package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final ProblemRenderer DIALECT =
            (problem, _) -> HttpResponse.text(problem.code().status(), "dialect " + problem.code());

    private final Router router =
            Router.builder()
                    .mount("/", saying("root"), DIALECT)
                    .mount("/rest", saying("rest"), DIALECT)
                    .mount("/rest/v1", saying("v1"), DIALECT)
                    .route("GET", "/healthz", _ -> ok("well"))
                    .build();

    private static HttpHandler saying(String name) {
        return request -> ok(name + " " + request.mountPath() + " " + request.subPath());
    }

    private static Future<HttpResponse> ok(String text) {
        return Future.succeededFuture(HttpResponse.text(200, text));
    }

    private static HttpResponse answer(Router router, String method, String target) {
        return router.handle(TestRequest.of(method, target)).result();
    }

    @ParameterizedTest
    @CsvSource({
        "/rest/v1/questions, v1 /rest/v1 /questions",
        "/rest/v1, v1 /rest/v1 /",
        "/rest/v1/, v1 /rest/v1 /",
        "/rest/v12, rest /rest /v12",
        "/restless, root  /restless",
        "/, root  /",
        "/healthz, well",
        "/healthz/more, root  /healthz/more",
    })
    void theLongestPrefixOfWholeSegmentsWins(String path, String answer) {
        assertThat(answer(router, "GET", path).body().toString()).isEqualTo(answer);
    }

    @Test
    void anExactRouteKnowsItsMethods() {
        assertThat(answer(router, "HEAD", "/healthz").status()).isEqualTo(200);
        HttpResponse refused = answer(router, "POST", "/healthz");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.findHeader("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(answer(router, "OPTIONS", "/healthz").status()).isEqualTo(204);
    }

    @Test
    void whereNothingIsMountedThePathIsInvalid() {
        Router small = Router.builder().mount("/a", saying("a"), DIALECT).build();
        HttpResponse response = answer(small, "GET", "/b");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body().toString())
                .isEqualTo(
                        "{\"code\":\"path_invalid\",\"message\":\"There is nothing at this path\"}");
    }

    @Test
    void problemsAndBugsAreRenderedByTheMount() {
        Router failing =
                Router.builder()
                        .mount("/bug", _ -> Future.failedFuture("private"), DIALECT)
                        .mount(
                                "/thrown",
                                _ -> {
                                    throw new ProblemException(
                                            new RequestProblem.BodyMalformed("x"));
                                },
                                DIALECT)
                        .build();
        assertThat(answer(failing, "GET", "/bug").body().toString()).isEqualTo("dialect INTERNAL");
        assertThat(answer(failing, "GET", "/thrown").body().toString())
                .isEqualTo("dialect BODY_MALFORMED");
    }

    @Test
    void aBrokenRendererStillGivesAnAnswer() {
        Router failing =
                Router.builder()
                        .mount(
                                "/bug",
                                _ -> Future.failedFuture("private"),
                                (_, _) -> {
                                    throw new IllegalStateException("private");
                                })
                        .build();
        HttpResponse response = answer(failing, "GET", "/bug");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body().toString()).contains("request-1").doesNotContain("private");
    }

    @Test
    void filtersWrapInTheirOrderAndSeeErrorsAsAnswers() {
        Router filtered =
                Router.builder()
                        .mount("/a", _ -> Future.failedFuture("private"), DIALECT, adding("inner"))
                        .filter(adding("outer"))
                        .build();
        assertThat(answer(filtered, "GET", "/a").headers().stream().map(HttpHeader::value))
                .endsWith("inner", "outer");
        assertThat(answer(filtered, "GET", "/b").findHeader("X-Passed")).contains("outer");
        HttpResponse refused =
                filtered.refuse(TestRequest.of("GET", "/a"), new LimitProblem.UriTooLong(1))
                        .result();
        assertThat(refused.status()).isEqualTo(414);
        assertThat(refused.findHeader("X-Passed")).contains("inner");
    }

    @Test
    void aFilterThatThrowsIsGuardedToo() {
        Router filtered =
                Router.builder()
                        .mount("/a", saying("a"), DIALECT)
                        .filter((_, _) -> {
                            throw new ProblemException(new RequestProblem.BodyMalformed("x"));
                        })
                        .build();
        assertThat(answer(filtered, "GET", "/a").body().toString())
                .isEqualTo("dialect BODY_MALFORMED");
    }

    private static HttpFilter adding(String name) {
        return (request, next) -> next.handle(request).map(r -> r.withHeader("X-Passed", name));
    }

    @Test
    void whatCannotBeMeantIsRefusedWhenBuilding() {
        Router.Builder builder = Router.builder().mount("/a", saying("a"), DIALECT);
        assertThatThrownBy(() -> builder.mount("/a", saying("a"), DIALECT))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> builder.mount("b", saying("b"), DIALECT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.mount("/b/", saying("b"), DIALECT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "/..", "/a/../b", "/a/.", "/%2e%2e/a", "/.%2E", "/a%00", "/a%0d%0a",
                "/a%5cb", "/a\\b", "/a b", "/a%", "/a%2", "/a%zz", "/a\u0001", "/ü", "/a#b"
            })
    void pathsThatCouldMeanOthersAreNotAcceptable(String path) {
        assertThat(RequestPath.isAcceptable(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a/", "//a", "/...", "/a..b", "/.well-known", "/%C3%BC%2f"})
    void otherPathsAre(String path) {
        assertThat(RequestPath.isAcceptable(path)).isTrue();
    }
}
