package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The server over real sockets, with what well-behaved clients never send.
class HttpServerIT {
    private static final ProblemRenderer DIALECT =
            (problem, _) -> HttpResponse.text(problem.code().status(), "dialect " + problem.code());

    private final CountDownLatch slowStarted = new CountDownLatch(1);
    private final Promise<HttpResponse> slow = Promise.promise();
    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        running = RunningServer.start(RunningServer.config(), router());
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    private Router router() {
        return Router.builder()
                .route("GET", "/hello", _ -> Future.succeededFuture(HttpResponse.text(200, "hi")))
                .mount("/api", this::api, DIALECT)
                .build();
    }

    private Future<HttpResponse> api(HttpRequest request) {
        return switch (request.subPath()) {
            case "/echo" ->
                    Future.succeededFuture(
                            HttpResponse.text(200, request.method() + " " + request.body()));
            case "/throws" -> throw new IllegalStateException("secret");
            case "/fails" -> Future.failedFuture(new IllegalStateException("secret"));
            case "/refuses" ->
                    Future.failedFuture(
                            new ProblemException(new RequestProblem.BodyMalformed("no")));
            case "/never" -> Promise.<HttpResponse>promise().future();
            case "/slow" -> {
                slowStarted.countDown();
                yield slow.future();
            }
            case "/other-thread" -> {
                Promise<HttpResponse> promise = Promise.promise();
                Thread.ofVirtual().start(() -> promise.complete(HttpResponse.text(200, "moved")));
                yield promise.future();
            }
            case "/unwritable" ->
                    Future.succeededFuture(
                            HttpResponse.text(200, "x").withHeader("X-Bad", "a\u0000b"));
            case "/nothing" -> Future.succeededFuture(HttpResponse.empty(204));
            default -> Future.succeededFuture(HttpResponse.text(200, request.path()));
        };
    }

    @Test
    void answersAndKeepsTheConnection() throws Exception {
        try (RawClient client = running.client()) {
            for (int i = 0; i < 3; i++) {
                RawClient.Answer answer = client.request("GET", "/hello").read();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("hi");
                assertThat(answer.header("date")).endsWith("GMT");
                assertThat(answer.header("x-request-id")).hasSize(32);
            }
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        try (RawClient client = running.client()) {
            client.send(
                    """
                    GET /api/slow HTTP/1.1\r
                    Host: a\r
                    \r
                    POST /api/echo HTTP/1.1\r
                    Host: a\r
                    Content-Length: 3\r
                    \r
                    twoGET /hello HTTP/1.1\r
                    Host: a\r
                    \r
                    """);
            assertThat(slowStarted.await(5, TimeUnit.SECONDS)).isTrue();
            slow.complete(HttpResponse.text(200, "one"));
            assertThat(client.read().body()).isEqualTo("one");
            assertThat(client.read().body()).isEqualTo("POST two");
            assertThat(client.read().body()).isEqualTo("hi");
        }
    }

    @Test
    void headHasTheLengthWithoutTheBody() throws Exception {
        try (RawClient client = running.client()) {
            RawClient.Answer head = client.request("HEAD", "/hello").read("HEAD");
            assertThat(head.header("content-length")).isEqualTo("2");
            assertThat(client.request("GET", "/hello").read().body()).isEqualTo("hi");
        }
    }

    @Test
    void anAnswerWithoutContentHasNoLength() throws Exception {
        try (RawClient client = running.client()) {
            RawClient.Answer answer = client.request("DELETE", "/api/nothing").read();
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.headers()).doesNotContainKey("content-length");
            assertThat(client.request("GET", "/hello").read().body()).isEqualTo("hi");
        }
    }

    @Test
    void aTooLongTargetIsRefusedInTheDialectOfItsMount() throws Exception {
        try (RawClient client = running.client()) {
            RawClient.Answer answer = client.request("GET", "/api/x?" + "y".repeat(2000)).read();
            assertThat(answer.status()).isEqualTo(414);
            assertThat(answer.body()).isEqualTo("dialect URI_TOO_LONG");
        }
        try (RawClient client = running.client()) {
            RawClient.Answer answer = client.request("GET", "/api/x?" + "y".repeat(90_000)).read();
            assertThat(answer.status()).isEqualTo(414);
            assertThat(answer.body()).contains("\"code\":\"uri_too_long\"");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void tooManyHeadersAreRefused() throws Exception {
        StringBuilder head = new StringBuilder("GET /api/x HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < 100_000; i++) {
            head.append("X-").append(i).append(": y\r\n");
        }
        try (RawClient client = running.client()) {
            CompletableFuture<?> sending =
                    CompletableFuture.runAsync(() -> {
                        try {
                            client.send(head.append("\r\n").toString());
                        } catch (IOException e) {
                            assertThat(e).isNotNull();
                        }
                    });
            RawClient.Answer answer = client.read();
            sending.join();
            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body()).isEqualTo("dialect HEADERS_TOO_LARGE");
        }
    }

    @Test
    void anAnnouncedBodyOverTheLimitIsRefusedBeforeItComes() throws Exception {
        try (RawClient client = running.client()) {
            client.request("POST", "/api/echo", "Content-Length: 10001");
            RawClient.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("dialect BODY_TOO_LARGE");
            assertThat(answer.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void aClientThatSendsAllBeforeItReadsStillLearnsThatItWasTooMuch() throws Exception {
        try (RawClient client = running.client()) {
            client.request("POST", "/api/echo", "Content-Length: 4000000");
            client.send(new byte[4_000_000]);
            assertThat(client.read().status()).isEqualTo(413);
            assertThat(client.closed()).isTrue();
        }
    }

    /// Else so many callers as the heap has room for bodies could end the process.
    @Test
    void bodiesThatTogetherAreTooMuchAreRefusedUntilThereIsRoom() throws Exception {
        try (RawClient first = running.client();
                RawClient second = running.client();
                RawClient third = running.client()) {
            first.request("POST", "/api/echo", "Content-Length: 10000").send(new byte[9_000]);
            // Another event loop reads the second socket, and may be the quicker one.
            awaitBodyBytes(9_000);
            second.request("POST", "/api/echo", "Content-Length: 9000").send(new byte[9_000]);
            RawClient.Answer refused = second.read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).isEqualTo("dialect OVERLOADED");
            assertThat(third.request("GET", "/hello").read().body()).isEqualTo("hi");
            assertThat(first.read().status()).isEqualTo(408);
            awaitBodyBytes(0);
            third.request("POST", "/api/echo", "Content-Length: 9000").send(new byte[9_000]);
            assertThat(third.read().status()).isEqualTo(200);
        }
    }

    private void awaitBodyBytes(long bytes) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (running.server().bodyBytes() != bytes && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        assertThat(running.server().bodyBytes()).isEqualTo(bytes);
    }

    @Test
    void aChunkedBodyOverTheLimitIsRefused() throws Exception {
        try (RawClient client = running.client()) {
            client.request("POST", "/api/echo", "Transfer-Encoding: chunked");
            String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
            client.send(chunk.repeat(50) + "0\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(413);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aChunkedBodyArrivesWhole() throws Exception {
        try (RawClient client = running.client()) {
            client.request("POST", "/api/echo", "Transfer-Encoding: chunked");
            client.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("POST abcde");
            assertThat(client.request("GET", "/hello").read().body()).isEqualTo("hi");
        }
    }

    @Test
    void malformedChunksAreRefused() throws Exception {
        try (RawClient client = running.client()) {
            client.request("POST", "/api/echo", "Transfer-Encoding: chunked");
            client.send("xyz\r\nabc\r\n");
            RawClient.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("dialect BODY_MALFORMED");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void whatIsNotHttpIsRefused() throws Exception {
        try (RawClient client = running.client()) {
            assertThat(client.send("\u0016\u0003\u0001 hello\r\n\r\n").read().status())
                    .isEqualTo(400);
            assertThat(client.closed()).isTrue();
        }
        try (RawClient client = running.client()) {
            assertThat(client.send("GET /hello HTTP/1.1\r\n\r\n").read().status()).isEqualTo(400);
        }
        try (RawClient client = running.client()) {
            client.request("POST", "/api/echo", "Content-Length: 1x");
            assertThat(client.read().status()).isEqualTo(400);
        }
    }

    @Test
    void expectingClientsAreToldToContinue() throws Exception {
        try (RawClient client = running.client()) {
            client.request("POST", "/api/echo", "Content-Length: 2", "Expect: 100-continue");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("ok").read().body()).isEqualTo("POST ok");
            client.request("POST", "/api/echo", "Content-Length: 90000", "Expect: 100-continue");
            assertThat(client.read().status()).isEqualTo(413);
        }
    }

    @Test
    void aFutureMayBeCompletedOnAnyThread() throws Exception {
        try (RawClient client = running.client()) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.request("GET", "/api/other-thread").read().body())
                        .isEqualTo("moved");
            }
        }
    }

    @Test
    void anAnswerThatCannotBeWrittenIsAnError() throws Exception {
        try (RawClient client = running.client()) {
            assertThat(client.request("GET", "/api/unwritable").read().status()).isEqualTo(500);
        }
    }

    @Test
    void aTargetMayNameTheHost() throws Exception {
        try (RawClient client = running.client()) {
            assertThat(client.request("GET", "http://here/hello?a").read().body()).isEqualTo("hi");
            assertThat(client.request("GET", "http://here").read().status()).isEqualTo(404);
        }
    }

    @Test
    void slowHeadersAreCut() throws Exception {
        try (RawClient client = running.client()) {
            client.send("GET /hello HTTP/1.1\r\nHost:");
            long start = System.nanoTime();
            assertThat(client.closed()).isTrue();
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(3));
        }
    }

    @Test
    void aSlowBodyIsCut() throws Exception {
        try (RawClient client = running.client()) {
            client.request("POST", "/api/echo", "Content-Length: 10").send("slow");
            RawClient.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).isEqualTo("dialect REQUEST_TIMEOUT");
        }
    }

    @Test
    void failuresAreRenderedWithoutTheirCause() throws Exception {
        try (RawClient client = running.client()) {
            for (String path : new String[] {"/api/throws", "/api/fails"}) {
                RawClient.Answer answer = client.request("GET", path).read();
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.body()).isEqualTo("dialect INTERNAL");
            }
            RawClient.Answer refused = client.request("GET", "/api/refuses").read();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).isEqualTo("dialect BODY_MALFORMED");
        }
    }

    @Test
    void aHandlerThatNeverAnswersIsCut() throws Exception {
        try (RawClient client = running.client()) {
            RawClient.Answer answer = client.request("GET", "/api/never").read();
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.body()).isEqualTo("dialect REQUEST_TIMEOUT");
        }
    }

    @Test
    void pathsThatCouldMeanOthersAreRefused() throws Exception {
        String[] paths = {"/api/../hello", "/api/%2e%2E/hello", "/api/a%00b", "/api/%zz", "/a\\b"};
        for (String path : paths) {
            try (RawClient client = running.client()) {
                assertThat(client.request("GET", path).read().status()).as(path).isEqualTo(404);
            }
        }
        try (RawClient client = running.client()) {
            RawClient.Answer inside = client.request("GET", "/api/..%2fhello").read();
            assertThat(inside.body()).isEqualTo("/api/..%2fhello");
        }
    }

    @Test
    void drainingFinishesWhatRunsAndTakesNothingNew() throws Exception {
        try (RawClient busy = running.client();
                RawClient idle = running.client()) {
            idle.request("GET", "/hello").read();
            busy.request("GET", "/api/slow");
            assertThat(slowStarted.await(5, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> drained =
                    running.server().drain().toCompletionStage().toCompletableFuture();
            assertThat(idle.closed()).isTrue();
            assertThatThrownBy(() -> running.client().request("GET", "/hello").read())
                    .isInstanceOf(IOException.class);
            assertThat(drained).isNotDone();

            slow.complete(HttpResponse.text(200, "finished"));
            RawClient.Answer answer = busy.read();
            assertThat(answer.body()).isEqualTo("finished");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(busy.closed()).isTrue();
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRequestIdIsTakenOverOrMade() throws Exception {
        try (RawClient client = running.client()) {
            assertThat(id(client, "X-Request-Id: mine-1")).isEqualTo("mine-1");
            assertThat(id(client, "X-Request-Id: not mine")).hasSize(32);
            assertThat(id(client, "X-Request-Id: " + "x".repeat(200))).hasSize(32);
            assertThat(id(client, "X-Other: x")).isNotEqualTo(id(client, "X-Other: x"));
        }
    }

    private static String id(RawClient client, String header) throws IOException {
        return client.request("GET", "/api/throws", header).read().header("x-request-id");
    }

    @Test
    void atTheLimitOfConnectionsNewOnesAreClosed() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                clients.add(running.client());
                clients.getLast().request("GET", "/hello").read();
            }
            try (RawClient tooMany = running.client()) {
                assertThat(tooMany.closed()).isTrue();
            }
            assertThat(clients.getFirst().request("GET", "/hello").read().status()).isEqualTo(200);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
