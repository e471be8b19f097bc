package dev.ashlar.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A named sequence of requests and what is expected of their answers, read from a text file.
///
/// The first sign of a line tells what it is:
///
/// - `#` begins a case with its name, `;` is a comment
/// - `$ db-tx-end=rollback` a setting of the server, `$ fixture=writes` the fixture; before the
///   first case they hold for the file
/// - `@ {"role":"…"}` the claims of the next request's token; `+60` stands for a minute from now;
///   `@ bad {…}` signs with a foreign key
/// - `GET /target | Header: value` a request, `> …` a line of its body
/// - `200 | Header: value` its answer; `-` is a header that must be absent, `~…` a pattern
/// - `< …` a line of the answer's body, `= …` JSON that it must equal, `~ …` a pattern to find in
///   it, `*` any body
/// - `! code ;; message ;; details ;; hint` the body of an error, whole
/// - `? code` the body of an error of which only the code is public
///
/// Without any line about the answer's body it must be empty. In a body that begins with `[` a line
/// that ends in a comma stands for one with a blank more, since `json_agg` ends rows so. A case's
/// name begins with its area's.
record Case(String name, Map<String, String> settings, List<Step> steps) {

    /// A request and its answer's conditions. `claims` is empty for no token.
    record Step(
            String claims,
            String method,
            String target,
            List<String> headers,
            List<String> body,
            List<String> expected) {}

    static List<Case> read(Path file) {
        try {
            String area = file.getFileName().toString().replace(".txt", "");
            Reader reader = new Reader(area + ": ");
            for (String line : Files.readAllLines(file)) {
                reader.accept(line);
            }
            return reader.cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Reader {
        private final List<Case> cases = new ArrayList<>();
        private final Map<String, String> common = new LinkedHashMap<>();
        private final String area;
        private String claims = "";

        Reader(String area) {
            this.area = area;
        }

        void accept(String line) {
            if (line.isBlank() || line.startsWith(";")) {
                return;
            }
            switch (line.charAt(0)) {
                case '#' ->
                        cases.add(
                                new Case(
                                        area + line.substring(1).strip(),
                                        new LinkedHashMap<>(common),
                                        new ArrayList<>()));
                case '$' -> setting(line.substring(1).strip());
                case '@' -> claims = line.substring(1).strip();
                case '>' -> step().body().add(rest(line));
                case '<', '=', '~', '*', '!', '?' -> step().expected().add(line);
                default -> requestOrStatus(line);
            }
        }

        private void setting(String line) {
            int equals = line.indexOf('=');
            (cases.isEmpty() ? common : cases.getLast().settings())
                    .put(line.substring(0, equals), line.substring(equals + 1));
        }

        private void requestOrStatus(String line) {
            List<String> parts = List.of(line.split(" \\| "));
            if (Character.isDigit(line.charAt(0))) {
                step().expected().addAll(parts);
                return;
            }
            String[] words = parts.getFirst().split(" ", 2);
            cases.getLast()
                    .steps()
                    .add(
                            new Step(
                                    claims,
                                    words[0],
                                    words[1].strip(),
                                    parts.subList(1, parts.size()),
                                    new ArrayList<>(),
                                    new ArrayList<>()));
            claims = "";
        }

        private Step step() {
            return cases.getLast().steps().getLast();
        }

        private static String rest(String line) {
            return line.length() > 1 ? line.substring(2) : "";
        }
    }
}
