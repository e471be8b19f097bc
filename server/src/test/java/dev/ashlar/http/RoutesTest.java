package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Future;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    private static final ProblemRenderer DIALECT =
            (problem, _) -> HttpResponse.text(problem.code().status(), "dialect " + problem.code());

    private final CountDownLatch gate = new CountDownLatch(1);
    private final Routes routes =
            Routes.builder(DIALECT, new BlockingCalls(2))
                    .route("GET", "/users/{id}", (_, path) -> text("user " + path.require("id")))
                    .route("GET", "/users/me", (_, _) -> text("me"))
                    .route("PUT", "/users/me", (_, _) -> text("changed"))
                    .route(
                            "POST",
                            "/factors/{id}/verify/{code}",
                            (_, path) -> text(path.require("id") + path.require("code")))
                    .route("GET", "/thread", (_, _) -> text(threadKind()))
                    .route("GET", "/gate", (_, _) -> passGate())
                    .routeAsync("GET", "/loop", _ -> Future.succeededFuture(text(threadKind())))
                    .build();

    private static HttpResponse text(String text) {
        return HttpResponse.text(200, text);
    }

    private static String threadKind() {
        return Thread.currentThread().isVirtual() ? "virtual" : "platform";
    }

    private HttpResponse passGate() {
        try {
            return text(gate.await(5, TimeUnit.SECONDS) ? "passed" : "late");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Future<HttpResponse> start(String method, String path) {
        return routes.handle(TestRequest.of(method, path));
    }

    private static HttpResponse result(Future<HttpResponse> answer) {
        return answer.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /users/7, user 7",
        "GET, /users/a%2Fb+c%20d, user a/b+c d",
        "GET, /users/me, me",
        "HEAD, /users/me, me",
        "PUT, /users/me, changed",
        "POST, /factors/1/verify/2, 12",
        "GET, /thread, virtual",
        "GET, /loop, platform",
    })
    void theBestTemplateAnswers(String method, String path, String answer) {
        assertThat(result(start(method, path)).body().toString()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"/", "/users", "/users/", "/users/1/2", "/factors/1/verify", "/userss/1"})
    void otherPathsAreInvalid(String path) {
        assertThatThrownBy(() -> start("GET", path))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("PathInvalid");
    }

    @Test
    void anotherMethodLearnsWhichAreAllowed() {
        HttpResponse refused = result(start("DELETE", "/users/me"));
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.findHeader("Allow")).contains("GET, HEAD, OPTIONS, PUT");
        assertThat(refused.body().toString()).isEqualTo("dialect METHOD_UNSUPPORTED");
    }

    @Test
    void beyondTheBoundRequestsAreRefusedAndLaterOnesServedAgain() {
        Future<HttpResponse> first = start("GET", "/gate");
        Future<HttpResponse> second = start("GET", "/gate");
        assertThatThrownBy(() -> start("GET", "/thread"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isInstanceOf(LimitProblem.Overloaded.class));
        gate.countDown();
        assertThat(result(first).body().toString()).isEqualTo("passed");
        assertThat(result(second).body().toString()).isEqualTo("passed");
        assertThat(result(start("GET", "/thread")).status()).isEqualTo(200);
    }

    @Test
    void aBlockingHandlerThatThrowsFailsItsFuture() {
        Routes failing =
                Routes.builder(DIALECT, new BlockingCalls(1))
                        .route(
                                "GET",
                                "/",
                                (_, _) -> {
                                    throw new IllegalStateException("no");
                                })
                        .build();
        for (int i = 0; i < 3; i++) {
            Future<HttpResponse> answer = failing.handle(TestRequest.of("GET", "/"));
            assertThatThrownBy(() -> result(answer)).hasRootCauseMessage("no");
        }
    }

    @Test
    void aRouteIsGivenOnce() {
        Routes.Builder builder =
                Routes.builder(DIALECT, new BlockingCalls(1))
                        .route("GET", "/a", (_, _) -> text(""));
        assertThatThrownBy(() -> builder.route("get", "/a", (_, _) -> text("")))
                .hasMessageContaining("twice");
    }
}
