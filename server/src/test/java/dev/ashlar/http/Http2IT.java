package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.config.ByteSize;
import dev.ashlar.http.tls.TlsConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// HTTP/2 where it is otherwise than HTTP/1, and what attackers do with it.
class Http2IT {
    private static final ProblemRenderer DIALECT =
            (problem, _) -> HttpResponse.text(problem.code().status(), "dialect " + problem.code());

    /// RFC 9113 section 7.
    private static final int CANCEL = 8;

    private static final int REFUSED_STREAM = 7;
    private static final int ENHANCE_YOUR_CALM = 11;

    private final List<Promise<HttpResponse>> waiting = new CopyOnWriteArrayList<>();
    private final Load load =
            new Load(
                    new LoadConfig(60, Duration.ZERO, Duration.ofSeconds(10), new ByteSize(4_096)));
    private final AtomicInteger left = new AtomicInteger();
    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        running = RunningServer.start(config(Duration.ofSeconds(30)), router());
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private static HttpConfig config(Duration stall) {
        return RunningServer.roomy(
                TlsConfig.OFF,
                new Http2Config(true, true, 50, 100),
                new LoadConfig(60, Duration.ZERO, stall, new ByteSize(100 << 10)));
    }

    private Router router() {
        return Router.builder()
                .mount("/api", load.limiting(this::api), DIALECT)
                .route("GET", "/healthz", _ -> Future.succeededFuture(HttpResponse.text(200, "ok")))
                .build();
    }

    private Future<HttpResponse> api(HttpRequest request) {
        return switch (request.subPath()) {
            case "/echo" ->
                    Future.succeededFuture(
                            new HttpResponse(
                                    200, List.of(), Buffer.buffer().appendBuffer(request.body())));
            case "/head" ->
                    Future.succeededFuture(
                            HttpResponse.text(200, "body")
                                    .withHeader("Connection", "close")
                                    .withHeader("Transfer-Encoding", "chunked")
                                    .withHeader("Keep-Alive", "timeout=5")
                                    .withHeader("Content-Range", "0-1/*")
                                    .withReason("Very Well"));
            case "/nothing" -> Future.succeededFuture(HttpResponse.empty(204));
            case "/same" -> Future.succeededFuture(HttpResponse.text(304, "ignored"));
            case "/large" ->
                    Future.succeededFuture(
                            new HttpResponse(200, List.of(), Buffer.buffer(new byte[8_000_000])));
            case "/never" -> {
                Promise<HttpResponse> promise = Promise.promise();
                waiting.add(promise);
                request.whenAbandoned(left::incrementAndGet);
                yield promise.future();
            }
            case "/asked" ->
                    Future.succeededFuture(
                            HttpResponse.text(
                                    200,
                                    request.origin()
                                            + " "
                                            + request.findHeader("Host").orElse("none")
                                            + " "
                                            + request.findHeader("Cookie").orElse("none")
                                            + " "
                                            + request.findHeader("X-Own").orElse("none")));
            default -> Future.succeededFuture(HttpResponse.text(200, request.path()));
        };
    }

    private RawHttp2 client() throws IOException {
        return new RawHttp2(running.server().port());
    }

    private static void awaitThat(LongSupplier figure, long wanted) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (figure.getAsLong() != wanted && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertThat(figure.getAsLong()).isEqualTo(wanted);
    }

    @Test
    void anAnswerSaysNothingOfTheConnection() throws Exception {
        try (RawHttp2 client = client()) {
            client.get(1, "/api/head");
            RawHttp2.Answer answer = client.answer(1);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("body");
            assertThat(answer.headers())
                    .doesNotContainKeys("connection", "transfer-encoding", "keep-alive")
                    .containsEntry("content-range", "0-1/*")
                    .containsEntry("content-length", "4")
                    .containsKeys("x-request-id", "date");
            assertThat(answer.headers().keySet()).noneMatch(name -> name.matches(".*[A-Z].*"));
        }
    }

    @Test
    void answersWithoutBodyHaveNone() throws Exception {
        try (RawHttp2 client = client()) {
            client.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_STREAM | RawHttp2.END_HEADERS,
                    1,
                    RawHttp2.head("HEAD", "/api/head"));
            RawHttp2.Answer head = client.answer(1);
            assertThat(head.headers()).containsEntry("content-length", "4");
            assertThat(head.body()).isEmpty();
            client.get(3, "/api/nothing");
            RawHttp2.Answer nothing = client.answer(3);
            assertThat(nothing.status()).isEqualTo(204);
            assertThat(nothing.headers()).doesNotContainKey("content-length");
            assertThat(nothing.body()).isEmpty();
            client.get(5, "/api/same");
            RawHttp2.Answer same = client.answer(5);
            assertThat(same.status()).isEqualTo(304);
            assertThat(same.body()).isEmpty();
            client.get(7, "/api/large");
            assertThat(client.answer(7).body()).hasSize(8_000_000);
        }
    }

    @Test
    void theAuthorityIsTheHostAndTheSchemeIsOurs() throws Exception {
        try (RawHttp2 client = client()) {
            client.get(1, "/api/asked", "cookie", "a=1", "cookie", "b=2", "x-own", "yes");
            // The caller says https, and it is not.
            assertThat(client.answer(1).text())
                    .isEqualTo("http://api.example:81 api.example:81 a=1; b=2 yes");
        }
    }

    @Test
    void aLargeBodyComesAndGoesWhole() throws Exception {
        byte[] body = new byte[60_000];
        Arrays.fill(body, (byte) 7);
        try (RawHttp2 client = client()) {
            client.frame(
                    RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.head("POST", "/api/echo"));
            for (int i = 0; i < body.length; i += 10_000) {
                int end = i + 10_000 == body.length ? RawHttp2.END_STREAM : 0;
                client.frame(RawHttp2.DATA, end, 1, Arrays.copyOfRange(body, i, i + 10_000));
            }
            assertThat(client.answer(1).body()).isEqualTo(body);
            awaitThat(running.server()::bodyBytes, 0);
        }
    }

    @Test
    void aRefusalEndsItsStreamAlone() throws Exception {
        try (RawHttp2 client = client()) {
            client.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS,
                    1,
                    RawHttp2.head("POST", "/api/echo", "content-length", "99000000"));
            RawHttp2.Answer tooLarge = client.answer(1);
            assertThat(tooLarge.status()).isEqualTo(413);
            assertThat(tooLarge.text()).isEqualTo("dialect BODY_TOO_LARGE");
            RawHttp2.Frame stop = client.next();
            assertThat(stop.type()).isEqualTo(RawHttp2.RST_STREAM);
            assertThat(stop.code()).isZero();
            client.get(3, "/api/x?" + "y".repeat(9_000));
            assertThat(client.answer(3).text()).isEqualTo("dialect URI_TOO_LONG");
            client.get(5, "/api/x", "x-large", "y".repeat(25_000));
            assertThat(client.answer(5).status()).isIn(431, -ENHANCE_YOUR_CALM, -1);
            client.get(7, "/api/on");
            assertThat(client.answer(7).text()).isEqualTo("/api/on");
        }
    }

    @Test
    void whatIsGivenUpCountsUntilItsWorkHasEnded() throws Exception {
        try (RawHttp2 client = client()) {
            client.give(0, 1 << 20);
            for (int i = 0; i < 40; i++) {
                client.get(1 + 2 * i, "/api/never");
            }
            awaitThat(waiting::size, 40);
            for (int i = 0; i < 40; i++) {
                client.reset(1 + 2 * i, CANCEL);
            }
            for (int i = 40; i < 70; i++) {
                client.get(1 + 2 * i, "/api/never");
            }
            // 60 fit, although 40 of them have no caller any more.
            assertThat(client.answer(1 + 2 * 69).text()).isEqualTo("dialect OVERLOADED");
            assertThat(load.inFlight()).isEqualTo(60);
            assertThat(left).as("whose handlers were told").hasValue(40);
            client.get(1001, "/healthz");
            assertThat(client.answer(1001).text()).isEqualTo("ok");
            waiting.forEach(promise -> promise.complete(HttpResponse.text(200, "x".repeat(9_000))));
            awaitThat(load::inFlight, 0);
            awaitThat(running.server()::answerBytes, 0);
            client.get(1003, "/api/on");
            assertThat(client.answer(1003).text()).isEqualTo("/api/on");
        }
    }

    @Test
    void moreStreamsThanAllowedAreRefused() throws Exception {
        try (RawHttp2 client = client()) {
            for (int i = 0; i < 51; i++) {
                client.get(1 + 2 * i, "/api/never");
            }
            assertThat(client.answer(101).status()).isEqualTo(-REFUSED_STREAM);
        }
        awaitThat(running.server()::connections, 0);
    }

    @Test
    void anAnswerThatIsNotReadIsGivenUpAndItsMemoryFreed() throws Exception {
        running.close();
        running = RunningServer.start(config(Duration.ofMillis(300)), router());
        try (RawHttp2 client = new RawHttp2(running.server().port(), 1_000).withoutCredit()) {
            client.get(1, "/api/large");
            awaitThat(running.server()::answerBytes, 8_000_000);
            // 8 MB at 100 KB/s would be long; cut it short by one of 9 KB.
            waiting.clear();
            client.get(3, "/api/never");
            awaitThat(waiting::size, 1);
            waiting.getFirst().complete(HttpResponse.text(200, "x".repeat(9_000)));
            assertThat(client.answer(3).status()).isEqualTo(-CANCEL);
        }
        awaitThat(running.server()::answerBytes, 0);
    }

    @Test
    void rapidResetClosesTheConnection() throws Exception {
        try (RawHttp2 client = client()) {
            int closed = 0;
            for (int i = 0; i < 400 && closed == 0; i++) {
                try {
                    client.get(1 + 2 * i, "/api/on");
                    client.reset(1 + 2 * i, CANCEL);
                } catch (IOException _) {
                    closed = i;
                }
            }
            assertThat(client.closedWith()).isIn(ENHANCE_YOUR_CALM, -1);
        }
        awaitThat(load::inFlight, 0);
        awaitThat(running.server()::connections, 0);
    }

    @Test
    void aFloodOfContinuationsClosesTheConnection() throws Exception {
        assertThat(
                        flooded(client -> {
                            client.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.head("GET", "/api/on"));
                            for (int i = 0; i < 100_000; i++) {
                                client.frame(RawHttp2.CONTINUATION, 0, 1);
                            }
                        }))
                .isIn(ENHANCE_YOUR_CALM, -1);
    }

    @Test
    void endlessHeadersCloseTheConnection() throws Exception {
        byte[] more = RawHttp2.head("x", "y".repeat(16_000));
        assertThat(
                        flooded(client -> {
                            client.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.head("GET", "/api/on"));
                            for (int i = 0; i < 1_000; i++) {
                                client.frame(RawHttp2.CONTINUATION, 0, 1, more);
                            }
                        }))
                .isNotEqualTo(-2);
    }

    @Test
    void floodsOfPingsAndSettingsThatAreNotReadCloseTheConnection() throws Exception {
        assertThat(
                        flooded(client -> {
                            for (int i = 0; i < 1_000_000; i++) {
                                client.frame(RawHttp2.PING, 0, 0, new byte[8]);
                            }
                        }))
                .isNotEqualTo(-2);
        byte[] setting = ByteBuffer.allocate(6).putShort((short) 4).putInt(9).array();
        assertThat(
                        flooded(client -> {
                            for (int i = 0; i < 1_000_000; i++) {
                                client.frame(RawHttp2.SETTINGS, 0, 0, setting);
                            }
                        }))
                .isNotEqualTo(-2);
    }

    @Test
    void emptyDataWithoutEndClosesTheConnection() throws Exception {
        assertThat(
                        flooded(client -> {
                            client.frame(
                                    RawHttp2.HEADERS,
                                    RawHttp2.END_HEADERS,
                                    1,
                                    RawHttp2.head("POST", "/api/echo"));
                            for (int i = 0; i < 100_000; i++) {
                                client.frame(RawHttp2.DATA, 0, 1);
                            }
                        }))
                .isIn(ENHANCE_YOUR_CALM, -1);
    }

    @FunctionalInterface
    private interface Flood {
        void run(RawHttp2 client) throws IOException;
    }

    /// Sends without reading, until the server has had enough. The others are served meanwhile.
    private int flooded(Flood flood) throws Exception {
        try (RawHttp2 client = client();
                RawHttp2 other = client()) {
            CompletableFuture<Boolean> cut =
                    CompletableFuture.supplyAsync(() -> {
                        try {
                            flood.run(client);
                            return false;
                        } catch (IOException _) {
                            return true;
                        }
                    });
            other.get(1, "/api/on");
            assertThat(other.answer(1).text()).isEqualTo("/api/on");
            return cut.get(60, TimeUnit.SECONDS) ? -1 : client.closedWith();
        }
    }

    @Test
    void drainingLetsWhatRunsEndAndTakesNothingNew() throws Exception {
        try (RawHttp2 client = client()) {
            client.get(1, "/api/never");
            awaitThat(waiting::size, 1);
            Future<Void> drained = running.server().drain();
            assertThatThrownBy(() -> client().answer(1)).isInstanceOf(IOException.class);
            waiting.getFirst().complete(HttpResponse.text(200, "done"));
            assertThat(client.answer(1).text()).isEqualTo("done");
            drained.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void withoutTheSettingClearTextIsHttp1Alone() throws Exception {
        HttpConfig plain =
                RunningServer.roomy(
                        TlsConfig.OFF,
                        new Http2Config(true, false, 50, 100),
                        new LoadConfig(
                                60, Duration.ZERO, Duration.ofSeconds(9), new ByteSize(1_000)));
        try (RunningServer other = RunningServer.start(plain, router());
                RawClient upgrading = other.client()) {
            assertThat(
                            upgrading
                                    .request(
                                            "GET",
                                            "/api/on",
                                            "Connection: Upgrade, HTTP2-Settings",
                                            "Upgrade: h2c",
                                            "HTTP2-Settings: AAMAAABkAAQAAP__")
                                    .read()
                                    .status())
                    .isEqualTo(200);
            // How much of it is sent before the server hangs up is a matter of luck.
            assertThatThrownBy(
                            () -> {
                                try (RawHttp2 client = new RawHttp2(other.server().port())) {
                                    client.get(1, "/api/on");
                                    client.answer(1);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }
}
