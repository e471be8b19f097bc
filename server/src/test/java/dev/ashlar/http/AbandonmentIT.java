package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A handler learns that nobody waits for it any more, once, and only then.
class AbandonmentIT {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Promise<HttpResponse>> handling = new LinkedBlockingQueue<>();
    private final BlockingQueue<HttpRequest> requests = new LinkedBlockingQueue<>();

    private RunningServer start(Duration limit) throws Exception {
        return RunningServer.start(
                RunningServer.config(limit, List.of(), List.of()),
                Router.builder().mount("/api", this::handle, PlainProblems.RENDERER).build());
    }

    private Future<HttpResponse> handle(HttpRequest request) {
        request.whenAbandoned(() -> told.add("one"));
        request.whenAbandoned(() -> told.add("two"));
        Promise<HttpResponse> answer = Promise.promise();
        requests.add(request);
        handling.add(answer);
        return answer.future();
    }

    private Promise<HttpResponse> handled() throws InterruptedException {
        Promise<HttpResponse> answer = handling.poll(5, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return answer;
    }

    private void tells(String... words) throws InterruptedException {
        for (String word : words) {
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo(word);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void whoHangsUp() throws Exception {
        try (RunningServer running = start(Duration.ofSeconds(20))) {
            Promise<HttpResponse> late;
            try (RawClient client = running.client()) {
                client.request("GET", "/api/a");
                late = handled();
                tells();
            }
            tells("one", "two");
            HttpRequest request = requests.poll(5, TimeUnit.SECONDS);
            assertThat(request).isNotNull();
            assertThat(request.abandoned()).isTrue();
            request.whenAbandoned(() -> told.add("at once"));
            tells("at once");
            late.complete(HttpResponse.empty(204));
            tells();
        }
    }

    @Test
    void whoseTimeIsOver() throws Exception {
        try (RunningServer running = start(Duration.ofMillis(300));
                RawClient client = running.client()) {
            client.request("GET", "/api/a");
            assertThat(client.read().status()).isGreaterThanOrEqualTo(500);
            tells("one", "two");
        }
    }

    @Test
    void whoIsAnsweredIsNotGone() throws Exception {
        try (RunningServer running = start(Duration.ofSeconds(20))) {
            try (RawClient client = running.client()) {
                client.request("GET", "/api/a");
                handled().complete(HttpResponse.text(200, "x".repeat(9_000)));
                assertThat(client.read().status()).isEqualTo(200);
            }
            Thread.sleep(200);
            tells();
        }
    }
}
