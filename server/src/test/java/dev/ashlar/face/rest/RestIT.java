package dev.ashlar.face.rest;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.http.HttpResponse;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scenarios of `scenarios/*.txt`: each starts from the same rows, and runs through router,
/// face, engine and a real PostgreSQL. `-Dgolden.update=true` writes down what comes out.
class RestIT {
    private static final Path FOLDER = Path.of("src/test/resources/dev/ashlar/face/rest/scenarios");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final List<String> NOTED =
            List.of(
                    "Content-Type",
                    "Content-Range",
                    "Location",
                    "Preference-Applied",
                    "Allow",
                    "WWW-Authenticate",
                    "X-Powered-By");

    private static RestServing serving;

    @BeforeAll
    static void start() {
        serving = new RestServing(1000);
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    @TestFactory
    Stream<DynamicContainer> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> sorted = files.sorted().toList();
            assertThat(sorted).isNotEmpty();
            return sorted.stream().map(RestIT::file);
        }
    }

    /// Byte by byte what `json_agg` writes: clients compare and hash bodies.
    @Test
    void rowsAreWrittenAsJsonAggWritesThem() {
        serving.reset();
        HttpResponse response =
                serving.answer("anon", SentRequest.of("GET", "/label?select=id&order=id"));
        assertThat(response.body().toString())
                .isEqualTo("[{\"id\":1}, \n {\"id\":2}, \n {\"id\":3}]");
    }

    @Test
    void readsSayWhereTheyCanBeReadAgain() {
        HttpResponse response =
                serving.answer("anon", SentRequest.of("GET", "/label?select=id,name&id=in.(1,2)"));
        assertThat(response.findHeader("Content-Location"))
                .contains(SentRequest.MOUNT + "/label?id=in.%281%2C2%29&select=id%2Cname");
        assertThat(response.findHeader("Vary")).contains("Accept, Prefer, Range");
        String many = "1,".repeat(3_000) + "1";
        assertThat(
                        serving.answer("anon", SentRequest.of("GET", "/label?id=in.(" + many + ")"))
                                .findHeader("Content-Location"))
                .isEmpty();
        assertThat(
                        serving.answer("anon", SentRequest.of("GET", "/label/1"))
                                .findHeader("Content-Location"))
                .isEmpty();
        assertThat(
                        serving.answer("anon", SentRequest.of("GET", "/label?limit=1&cursor="))
                                .findHeader("Content-Location"))
                .contains("/rest/v1/label?cursor=&limit=1");
    }

    @Test
    void aBatchWhoseAnswersAreTooLargeTogetherHasNotHappened() {
        String change =
                "{\"method\":\"PATCH\",\"path\":\"/label?id=eq.1\",\"body\":{\"name\":\"new\"}}";
        String call = "{\"method\":\"POST\",\"path\":\"/rpc/echo\",\"body\":";
        String large = call + "[\"" + "x".repeat(900_000) + "\"]}";
        String again = call + "{\"$ref\":\"1\"}}";
        String parts = "[" + String.join(",", change, large, again, again) + "]";
        HttpResponse response =
                serving.answer("service", SentRequest.of("POST", "/$batch").body(parts));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.findHeader("Batch-Part")).contains("3");
        assertThat(response.body().toString()).contains("at most 2 MB");
        assertThat(serving.answer("anon", SentRequest.of("GET", "/label?name=eq.new")).body())
                .hasToString("[]");
    }

    @Test
    void tellsTheTimeOfEachStageWhenMadeTo() {
        RestConfig usual = RestServing.config(List.of("public"), 100);
        RestConfig timing =
                new RestConfig(
                        usual.schemas(),
                        usual.maxRows(),
                        usual.aggregates(),
                        usual.preRequest(),
                        usual.txEnd(),
                        usual.plan(),
                        true,
                        usual.extensions(),
                        usual.explainPolicy(),
                        usual.errorVerbosity(),
                        usual.targetNames(),
                        usual.openapi());
        try (RestServing timed = new RestServing(timing)) {
            HttpResponse response = timed.answer("anon", SentRequest.of("GET", "/label"));
            assertThat(response.findHeader("Server-Timing").orElseThrow())
                    .matches(
                            "jwt;dur=\\d+\\.\\d, parse;dur=\\d+\\.\\d, plan;dur=\\d+\\.\\d,"
                                    + " transaction;dur=\\d+\\.\\d, response;dur=\\d+\\.\\d");
        }
        assertThat(
                        serving.answer("anon", SentRequest.of("GET", "/label"))
                                .findHeader("Server-Timing"))
                .isEmpty();
    }

    @Test
    void bodiesThatAreNotUtf8AreRefused() {
        Buffer body = Buffer.buffer("{\"id\":9,\"name\":\"").appendByte((byte) 0xff);
        HttpResponse response =
                serving.answer(
                        "service", SentRequest.of("POST", "/label").body(body.appendString("\"}")));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body().toString()).contains("PGRST102").contains("UTF-8");
    }

    /// A body that does not parse is answered without the database: at once, unless it was read
    /// elsewhere.
    @Test
    void largeBodiesAreReadOffTheEventLoop() {
        SentRequest small = SentRequest.of("POST", "/label").body("[");
        assertThat(serving.answerOnLoop("service", small).atOnce()).isTrue();
        String rows = "{\"id\":1,\"name\":\"n\"},".repeat(200_000);
        SentRequest large = SentRequest.of("POST", "/label").body("[" + rows);
        RestServing.OnLoop answer = serving.answerOnLoop("service", large);
        assertThat(answer.atOnce()).isFalse();
        assertThat(answer.response().status()).isEqualTo(400);
        assertThat(answer.response().body().toString()).contains("PGRST102");
    }

    @Test
    void longNamesDoNotMultiplyWhatCsvHolds() {
        String csv = "n".repeat(50_000) + "\n" + "1\n".repeat(1_000);
        HttpResponse response =
                serving.answer(
                        "service",
                        SentRequest.of("POST", "/label")
                                .with("Content-Type", "text/csv")
                                .body(csv));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body().toString()).contains("PGRST102").contains("too long");
    }

    @Test
    void thousandsOfRowsAreOneStatement() {
        serving.reset();
        String rows =
                IntStream.range(100, 20_100)
                        .mapToObj(id -> "{\"id\":" + id + ",\"name\":\"label number " + id + "\"}")
                        .collect(joining(","));
        SentRequest request =
                SentRequest.of("POST", "/label")
                        .with("Prefer", "count=exact, resolution=merge-duplicates")
                        .body("[" + rows + "]");
        HttpResponse response = serving.answerOnLoop("service", request).response();
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.findHeader("Content-Range")).contains("*/20000");
        assertThat(serving.answerOnLoop("service", request).response().status()).isEqualTo(200);
    }

    @Test
    void csvOfNoRowIsAnEmptyLine() {
        HttpResponse response =
                serving.answer(
                        "anon", SentRequest.of("GET", "/label?id=lt.0").with("Accept", "text/csv"));
        assertThat(response.body().toString()).isEqualTo("\n");
    }

    @Test
    void bytesAreSentAsTheyAre() {
        HttpResponse response =
                serving.answer(
                        "anon",
                        SentRequest.of("GET", "/rpc/octets")
                                .with("Accept", "application/octet-stream"));
        assertThat(response.body().getBytes()).containsExactly(0xff, 0, 0xfe);
        assertThat(response.findHeader("Content-Type")).contains("application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.pgrst.plan|+text; for=\"application/json\"|Aggregate  (cost=",
                "application/vnd.pgrst.plan+text;options=verbose|+text; for=\"application/json\"; options=verbose|Output: ",
                "application/vnd.pgrst.plan+json; for=\"text/csv\"|+json; for=\"text/csv\"|Node Type"
            })
    void showsHowARequestWouldBeRun(String accept, String kind, String part) {
        HttpResponse response =
                serving.answer("anon", SentRequest.of("GET", "/label").with("Accept", accept));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.findHeader("Content-Type"))
                .contains("application/vnd.pgrst.plan" + kind + "; charset=utf-8");
        assertThat(response.findHeader("Content-Range")).isEmpty();
        assertThat(response.body().toString()).contains(part);
    }

    @Test
    void explainingWritesNothing() {
        serving.reset();
        String plan = "application/vnd.pgrst.plan+json; for=\"application/vnd.pgrst.object\"";
        HttpResponse response =
                serving.answer("service", SentRequest.of("DELETE", "/review").with("Accept", plan));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.findHeader("Content-Type"))
                .contains(
                        "application/vnd.pgrst.plan+json;"
                                + " for=\"application/vnd.pgrst.object+json\"; charset=utf-8");
        assertThat(response.body().toString())
                .startsWith("[\n  {\n    \"Plan\": {\n      \"Node Type\": ");
        assertThat(serving.answer("anon", SentRequest.of("GET", "/review")).body().toString())
                .isNotEqualTo("[]");
    }

    @Test
    void longListsAreOneParameter() {
        serving.reset();
        String ids = IntStream.range(0, 50_000).mapToObj(String::valueOf).collect(joining(","));
        HttpResponse response =
                serving.answer(
                        "anon", SentRequest.of("GET", "/label?select=id&id=in.(" + ids + ")"));
        assertThat(response.findHeader("Content-Range")).contains("0-2/*");
    }

    @Test
    void noAnswerHoldsMoreRowsThanTheLimit() {
        try (RestServing narrow = new RestServing(2)) {
            HttpResponse response =
                    narrow.answer(
                            "anon",
                            SentRequest.of("GET", "/label?select=id&order=id&limit=3")
                                    .with("Prefer", "count=exact"));
            assertThat(response.status()).isEqualTo(206);
            assertThat(response.findHeader("Content-Range")).contains("0-1/3");
        }
    }

    private static DynamicContainer file(Path file) {
        List<Scenario> scenarios = Scenario.read(file);
        List<String> recorded = new ArrayList<>();
        Stream<DynamicTest> tests =
                scenarios.stream()
                        .map(scenario ->
                                DynamicTest.dynamicTest(
                                        scenario.name(), () -> check(scenario, recorded)));
        if (UPDATE) {
            Stream<DynamicTest> end =
                    Stream.of(DynamicTest.dynamicTest("record", () -> record(file, recorded)));
            return DynamicContainer.dynamicContainer(
                    file.getFileName().toString(), Stream.concat(tests, end));
        }
        return DynamicContainer.dynamicContainer(file.getFileName().toString(), tests);
    }

    private static void check(Scenario scenario, List<String> recorded) {
        serving.reset();
        recorded.add("=== " + scenario.name());
        for (Scenario.Step step : scenario.steps()) {
            HttpResponse response = serving.answer(step.caller(), step.request());
            if (UPDATE) {
                recorded.addAll(sent(step));
                recorded.addAll(received(response));
            } else {
                assertThat(difference(step.expected(), response))
                        .as("%s %s", step.caller(), step.request().target())
                        .isEmpty();
            }
        }
    }

    private static String difference(List<String> expected, HttpResponse response) {
        int end = expected.indexOf("");
        List<String> head = end < 0 ? expected : expected.subList(0, end);
        List<String> faults = new ArrayList<>();
        if (!head.getFirst().equals(Integer.toString(response.status()))) {
            faults.add("status " + response.status() + " instead of " + head.getFirst());
        }
        for (String line : head.subList(1, head.size())) {
            String[] header = line.split(": ", 2);
            String actual = response.findHeader(header[0]).orElse("-");
            if (!actual.equals(header[1])) {
                faults.add(header[0] + ": " + actual + " instead of " + header[1]);
            }
        }
        String body = end < 0 ? "" : String.join("\n", expected.subList(end + 1, expected.size()));
        String actual = body(response);
        if (!actual.equals(body)) {
            faults.add("body\n" + actual + "\ninstead of\n" + body);
        }
        return String.join("\n", faults);
    }

    /// As in the files, where lines must not end in a blank.
    private static String body(HttpResponse response) {
        return response.body().toString(StandardCharsets.UTF_8).replace(", \n ", ",\n ");
    }

    private static List<String> sent(Scenario.Step step) {
        SentRequest request = step.request();
        List<String> lines = new ArrayList<>();
        lines.add("> " + step.caller() + " " + request.method() + " " + request.target());
        request.lines().forEach(line -> lines.add("> " + line.name() + ": " + line.value()));
        if (request.body().length() > 0) {
            lines.add(">");
            request.body().toString().lines().forEach(line -> lines.add("> " + line));
        }
        return lines;
    }

    private static List<String> received(HttpResponse response) {
        List<String> lines = new ArrayList<>();
        lines.add("< " + response.status());
        for (String name : NOTED) {
            response.findHeader(name).ifPresent(value -> lines.add("< " + name + ": " + value));
        }
        if (response.body().length() > 0) {
            lines.add("<");
            body(response).lines().forEach(line -> lines.add("< " + line));
        }
        return lines;
    }

    private static void record(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
