package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.config.ByteSize;
import dev.ashlar.http.tls.TlsConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Callers that take their time, by mistake or on purpose.
class SlowClientsIT {
    private static final int CLIENTS = 200;
    private static final int LARGE = 6 << 20;

    private final AtomicInteger asked = new AtomicInteger();
    private final Buffer large = Buffer.buffer(new byte[LARGE]);
    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        HttpConfig config =
                RunningServer.roomy(
                        TlsConfig.OFF,
                        new Http2Config(true, false, 100, 200),
                        new LoadConfig(
                                1_000,
                                Duration.ofSeconds(1),
                                Duration.ofMillis(1_500),
                                new ByteSize(1 << 20)));
        running =
                RunningServer.start(
                        config,
                        Router.builder().mount("/api", this::api, ProblemRenderer.plain()).build());
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private Future<HttpResponse> api(HttpRequest request) {
        asked.incrementAndGet();
        return Future.succeededFuture(
                switch (request.subPath()) {
                    case "/large" -> new HttpResponse(200, List.of(), large);
                    case "/some" -> HttpResponse.text(200, "x".repeat(3_000));
                    default -> HttpResponse.text(200, "hi " + request.body().length());
                });
    }

    private Socket open() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), running.server().port()));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean within(Duration limit, BooleanSupplier condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        return condition.getAsBoolean();
    }

    private void answersOthers() throws Exception {
        try (RawClient quick = running.client()) {
            assertThat(quick.request("GET", "/api/x").read().body()).isEqualTo("hi 0");
        }
    }

    @Test
    void whoDoesNotReadItsAnswerLosesItAndItsMemory() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = open();
                sockets.add(socket);
                send(socket, "GET /api/large HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            within(Duration.ofSeconds(60), () -> asked.get() == CLIENTS);
            assertThat(asked).hasValue(CLIENTS);
            // A byte a second keeps the connection from being idle.
            CompletableFuture<Void> reading =
                    CompletableFuture.runAsync(() -> readOne(sockets.subList(0, 20)));
            // What does not fit is refused, so this holds whatever the heap.
            assertThat(running.server().answerBytes())
                    .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 4);
            answersOthers();
            assertThat(within(Duration.ofSeconds(40), () -> running.server().answerBytes() == 0))
                    .isTrue();
            answersOthers();
            reading.join();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        assertThat(within(Duration.ofSeconds(10), () -> running.server().connections() == 0))
                .isTrue();
    }

    private static void readOne(List<Socket> sockets) {
        for (int i = 0; i < 5; i++) {
            for (Socket socket : sockets) {
                try {
                    socket.getInputStream().read();
                } catch (IOException _) {
                    return;
                }
            }
            pause(1_000);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aReaderThatKeepsUpIsNotHurried() throws Exception {
        try (Socket socket = open()) {
            send(socket, "GET /api/large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            byte[] part = new byte[512 << 10];
            int read = 0;
            for (int n = 0; n >= 0; n = socket.getInputStream().readNBytes(part, 0, part.length)) {
                read += n;
                if (n == 0 && read > 0) {
                    break;
                }
                pause(150);
            }
            assertThat(read).isGreaterThan(LARGE);
        }
    }

    @Test
    void whoAsksOnWithoutReadingIsNotListenedTo() throws Exception {
        try (Socket socket = open()) {
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> {
                        try {
                            for (int i = 0; i < 100_000; i++) {
                                send(socket, "GET /api/some HTTP/1.1\r\nHost: a\r\n\r\n");
                            }
                        } catch (IOException _) {
                            // Closed, as it should be.
                        }
                    });
            assertThat(within(Duration.ofSeconds(10), () -> asked.get() > 100)).isTrue();
            int before;
            do {
                before = asked.get();
                pause(500);
            } while (asked.get() != before);
            // 100,000 answers would be 300 MB.
            assertThat(asked.get()).isLessThan(20_000);
            answersOthers();
            assertThat(within(Duration.ofSeconds(20), sending::isDone)).isTrue();
        }
    }

    @Test
    void whoSendsItsBodyTooSlowlyIsRefusedSoon() throws Exception {
        long began = System.nanoTime();
        try (RawClient slow = running.client();
                RawClient steady = running.client()) {
            slow.request("POST", "/api/x", "Content-Length: 9000000").send(new byte[4_000_000]);
            steady.request("POST", "/api/x", "Content-Length: 9000000");
            for (int i = 0; i < 30; i++) {
                steady.send(new byte[300_000]);
                pause(100);
            }
            assertThat(steady.read().body()).isEqualTo("hi 9000000");
            assertThat(slow.read().status()).isEqualTo(408);
        }
        // Its body might have taken 30 s.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        assertThat(within(Duration.ofSeconds(5), () -> running.server().bodyBytes() == 0)).isTrue();
    }
}
