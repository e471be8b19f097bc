package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.identity.Role;
import dev.ashlar.observe.AccessEntry;
import dev.ashlar.observe.AccessLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What is told about requests, and to whom they belong.
class AccessIT {
    private static final ProblemRenderer DIALECT =
            (problem, _) -> HttpResponse.text(problem.code().status(), "dialect " + problem.code());

    private final BlockingQueue<AccessEntry> entries = new LinkedBlockingQueue<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile HttpRequest hanging = TestRequest.of("GET", "/");

    private final AccessLog log =
            new AccessLog() {
                @Override
                public boolean wants(int status) {
                    return true;
                }

                @Override
                public void add(AccessEntry entry) {
                    entries.add(entry);
                }
            };

    private RunningServer start(List<String> proxies) throws Exception {
        HttpConfig config =
                RunningServer.config(Duration.ofSeconds(5), proxies, List.of("https://a.example"));
        Router router =
                Router.builder()
                        .filter(new CorsFilter(config.corsOrigins()))
                        .mount("/api", this::api, DIALECT)
                        .build();
        return RunningServer.start(config, router, log);
    }

    private Future<HttpResponse> api(HttpRequest request) {
        request.runsAs(Role.ANON);
        if (request.subPath().equals("/hang")) {
            hanging = request;
            started.countDown();
            return Promise.<HttpResponse>promise().future();
        }
        return Future.succeededFuture(
                HttpResponse.text(200, request.remoteAddress() + " " + request.origin()));
    }

    private AccessEntry next() throws InterruptedException {
        AccessEntry entry = entries.poll(5, TimeUnit.SECONDS);
        assertThat(entry).isNotNull();
        return entry;
    }

    @Test
    void eachRequestIsLoggedOnce() throws Exception {
        try (RunningServer running = start(List.of());
                RawClient client = running.client()) {
            client.request("GET", "/api/a?b=1", "X-Request-Id: r1").read();
            AccessEntry entry = next();
            assertThat(entry.method()).isEqualTo("GET");
            assertThat(entry.target()).isEqualTo("/api/a?b=1");
            assertThat(entry.status()).isEqualTo(200);
            assertThat(entry.bytes()).isPositive();
            assertThat(entry.requestId()).isEqualTo("r1");
            assertThat(entry.role()).isEqualTo("anon");
            client.request("GET", "/nowhere").read();
            assertThat(next().status()).isEqualTo(404);
            client.request("POST", "/api/a", "Content-Length: 999999").read();
            assertThat(next().status()).isEqualTo(413);
            assertThat(entries).isEmpty();
        }
    }

    @Test
    void aCallerThatGoesAwayIsLoggedAndItsHandlerCanKnow() throws Exception {
        try (RunningServer running = start(List.of())) {
            try (RawClient client = running.client()) {
                client.request("GET", "/api/hang");
                assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
                assertThat(hanging.abandoned()).isFalse();
            }
            assertThat(next().status()).isEqualTo(499);
            assertThat(hanging.abandoned()).isTrue();
        }
    }

    @Test
    void whatAStrangerSaysAboutItselfIsNotBelieved() throws Exception {
        try (RunningServer running = start(List.of("10.0.0.0/8"));
                RawClient client = running.client()) {
            RawClient.Answer answer =
                    client.request(
                                    "GET",
                                    "/api/a",
                                    "X-Forwarded-For: 1.2.3.4",
                                    "X-Forwarded-Proto: https",
                                    "Forwarded: for=1.2.3.4;proto=https;host=evil")
                            .read();
            assertThat(answer.body()).isEqualTo("127.0.0.1 http://here");
        }
    }

    @Test
    void aTrustedProxyIsBelieved() throws Exception {
        try (RunningServer running = start(List.of("127.0.0.1"));
                RawClient client = running.client()) {
            assertThat(
                            client.request(
                                            "GET",
                                            "/api/a",
                                            "X-Forwarded-For: 6.6.6.6, 1.2.3.4",
                                            "X-Forwarded-Proto: https",
                                            "X-Forwarded-Host: api.example.com")
                                    .read()
                                    .body())
                    .isEqualTo("1.2.3.4 https://api.example.com");
            assertThat(next().client().address()).isEqualTo("1.2.3.4");
            assertThat(
                            client.request(
                                            "GET",
                                            "/api/a",
                                            "Forwarded: for=\"[2001:db8::1]:80\";proto=https;"
                                                    + "host=\"x.example:8443\"")
                                    .read()
                                    .body())
                    .isEqualTo("2001:db8::1 https://x.example:8443");
            assertThat(
                            client.request(
                                            "GET",
                                            "/api/a",
                                            "X-Forwarded-For: evil\"",
                                            "X-Forwarded-Host: a/../b")
                                    .read()
                                    .body())
                    .startsWith("127.0.0.1 http://127.0.0.1:");
        }
    }

    @Test
    void pagesMayReadErrorsThatNoHandlerMade() throws Exception {
        try (RunningServer running = start(List.of())) {
            String[] targets = {"/nowhere", "/api/x?" + "y".repeat(2000), "/api/%00"};
            for (String target : targets) {
                try (RawClient client = running.client()) {
                    RawClient.Answer answer =
                            client.request("GET", target, "Origin: https://a.example").read();
                    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
                    assertThat(answer.header("access-control-allow-origin"))
                            .isEqualTo("https://a.example");
                }
            }
        }
    }

    @Test
    void aPreflightIsAnswered() throws Exception {
        try (RunningServer running = start(List.of());
                RawClient client = running.client()) {
            RawClient.Answer answer =
                    client.request(
                                    "OPTIONS",
                                    "/api/a",
                                    "Origin: https://a.example",
                                    "Access-Control-Request-Method: DELETE")
                            .read();
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("access-control-allow-methods")).contains("DELETE");
        }
    }
}
