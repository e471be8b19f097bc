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
                    "WWW-Authenticate");

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
    void bodiesThatAreNotUtf8AreRefused() {
        Buffer body = Buffer.buffer("{\"id\":9,\"name\":\"").appendByte((byte) 0xff);
        HttpResponse response =
                serving.answer(
                        "service", SentRequest.of("POST", "/label").body(body.appendString("\"}")));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body().toString()).contains("PGRST102").contains("UTF-8");
    }

    @Test
    void longListsAreOneParameter() {
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
