package dev.ashlar.face.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A named sequence of requests and what is expected of their answers, read from a text file.
///
/// Lines with `>` are a request (caller, method, target; headers; after an empty line the body),
/// lines with `<` the answer (status; headers that must be there; after an empty line the body). A
/// header whose value is `-` must be absent.
record Scenario(String name, List<Step> steps) {
    record Step(String caller, SentRequest request, List<String> expected) {}

    static List<Scenario> read(Path file) {
        List<Scenario> scenarios = new ArrayList<>();
        try {
            for (String part : Files.readString(file).split("(?m)^=== ")) {
                if (!part.isBlank()) {
                    scenarios.add(scenario(part.lines().toList()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return scenarios;
    }

    private static Scenario scenario(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(">")) {
                if (!expected.isEmpty()) {
                    steps.add(step(sent, expected));
                    sent = new ArrayList<>();
                    expected = new ArrayList<>();
                }
                sent.add(content(line));
            } else if (line.startsWith("<")) {
                expected.add(content(line));
            }
        }
        steps.add(step(sent, expected));
        return new Scenario(lines.getFirst(), steps);
    }

    private static String content(String line) {
        return line.length() > 1 ? line.substring(2) : "";
    }

    private static Step step(List<String> sent, List<String> expected) {
        String[] first = sent.getFirst().split(" ", 3);
        SentRequest request = SentRequest.of(first[1], first[2]);
        int end = sent.indexOf("");
        for (String line : sent.subList(1, end < 0 ? sent.size() : end)) {
            String[] header = line.split(": ", 2);
            request = request.with(header[0], header[1]);
        }
        String body = end < 0 ? "" : String.join("\n", sent.subList(end + 1, sent.size()));
        return new Step(first[0], request.body(body), List.copyOf(expected));
    }
}
