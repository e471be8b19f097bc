package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ashlar.http.HttpResponse;
import dev.ashlar.json.Json;
import dev.ashlar.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Thousands of random requests on the real database: whatever is asked, the database understands
/// our SQL or the caller is told what was wrong with the request. `-Dfuzz.requests=N` sends more.
class RestFuzzIT {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 4_000);
    private static final long SEED = Long.getLong("fuzz.seed", 3);
    private static final List<String> CALLERS = List.of("anon", "alice", "service");

    /// What the database says of SQL that is wrong whatever was asked: a fault of ours, even where
    /// the status is the caller's.
    private static final List<String> OUR_FAULT =
            List.of("syntax error at", "\"42712\"", "\"42702\"", "\"42P02\"", "\"42P18\"");

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
    void noRequestIsAnsweredWithAFaultOfOurs() {
        RandomRequests requests = new RandomRequests(SEED);
        List<String> faults = new ArrayList<>();
        int rows = 0;
        for (int i = 0; i < REQUESTS; i++) {
            if (i % 200 == 0) {
                serving.reset();
            }
            SentRequest request = requests.next();
            HttpResponse response = serving.answer(CALLERS.get(i % 3), request);
            String body = response.body().toString();
            if (response.status() >= 500 || isOurs(request, body)) {
                faults.add(i + ": " + request + "\n" + response.status() + " " + body);
            }
            if (!body.isEmpty()
                    && response.findHeader("Content-Type").orElse("").contains("json")) {
                requireJson(request, body);
            }
            rows += response.status() < 300 ? 1 : 0;
        }
        assertThat(faults).isEmpty();
        // Or else nothing but refusals was tried.
        assertThat(rows).isGreaterThan(REQUESTS / 20);
    }

    private static boolean isOurs(SentRequest request, String body) {
        // A name that is selected twice in a spread is the caller's to make unambiguous.
        boolean doubled = body.contains("\"42702\"") && request.target().contains("...");
        return !doubled && OUR_FAULT.stream().anyMatch(body::contains);
    }

    private static void requireJson(SentRequest request, String body) {
        try {
            Json.parse(body);
        } catch (MalformedJsonException e) {
            // A column that is selected twice is there twice.
            if (!String.valueOf(e.getMessage()).contains("Duplicate")) {
                fail(request + " is answered with what is not JSON: " + body, e);
            }
        }
    }
}
