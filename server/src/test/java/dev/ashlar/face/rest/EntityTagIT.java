package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tags of answers, as they are sent and sent back.
class EntityTagIT {
    private static RestServing serving;

    @BeforeAll
    static void start() {
        serving = new RestServing(1000);
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    @BeforeEach
    void reset() {
        serving.reset();
    }

    @Test
    void whatIsKnownIsNotSentAgain() {
        HttpResponse first = read("/label?order=id");
        String tag = first.findHeader("ETag").orElseThrow();
        HttpResponse again =
                serving.answer(
                        "anon",
                        SentRequest.of("GET", "/label?order=id").with("If-None-Match", tag));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body().length()).isZero();
        assertThat(again.findHeader("ETag")).contains(tag);
        write(SentRequest.of("PATCH", "/label/1"), "{\"name\":\"other\"}");
        assertThat(read("/label?order=id").findHeader("ETag").orElseThrow()).isNotEqualTo(tag);
    }

    @Test
    void aChangeNeedsTheStateThatItsCallerSaw() {
        String tag = read("/label/1").findHeader("ETag").orElseThrow();
        SentRequest change = SentRequest.of("PATCH", "/label/1").with("If-Match", tag);
        assertThat(write(change, "{\"name\":\"mine\"}").status()).isEqualTo(204);
        assertThat(write(change, "{\"name\":\"late\"}").status()).isEqualTo(412);
        assertThat(read("/label/1").body().toString()).contains("mine");
    }

    /// Of many who saw the same state only one may change it.
    @Test
    void noChangeIsLostInARace() {
        for (int round = 0; round < 5; round++) {
            String tag = read("/label/1").findHeader("ETag").orElseThrow();
            SentRequest change = SentRequest.of("PATCH", "/label/1").with("If-Match", tag);
            List<CompletableFuture<Integer>> racing = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String body = "{\"name\":\"round " + round + " writer " + i + "\"}";
                racing.add(CompletableFuture.supplyAsync(() -> write(change, body).status()));
            }
            List<Integer> statuses = racing.stream().map(CompletableFuture::join).toList();
            assertThat(statuses).containsOnlyOnce(204).containsOnly(204, 412);
        }
    }

    @Test
    void aListHasATagToo() {
        String tag = read("/label?id=in.(1,2)").findHeader("ETag").orElseThrow();
        SentRequest delete = SentRequest.of("DELETE", "/label?id=in.(1,2)").with("If-Match", tag);
        write(SentRequest.of("DELETE", "/book_label?label_id=in.(1,2)"), "");
        assertThat(write(delete, "").status()).isEqualTo(204);
        assertThat(write(delete, "").status()).isEqualTo(412);
    }

    @Test
    void theRefusedPartOfABatchIsNamed() {
        String body = "[{\"path\":\"/label?limit=1\"},{\"path\":\"/nothing\"}]";
        HttpResponse response = write(SentRequest.of("POST", "/$batch"), body);
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.findHeader("Batch-Part")).contains("1");
    }

    private static HttpResponse read(String target) {
        HttpResponse response = serving.answer("anon", SentRequest.of("GET", target));
        assertThat(response.status()).isEqualTo(200);
        return response;
    }

    private static HttpResponse write(SentRequest request, String body) {
        return serving.answer("service", request.body(body));
    }
}
