package dev.ashlar.conformance;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Holds an answer against the lines of a [Case].
final class Expectation {
    private final HttpResponse<String> answer;
    private final String body;
    private final List<String> faults = new ArrayList<>();

    private Expectation(HttpResponse<String> answer) {
        this.answer = answer;
        this.body = answer.body();
    }

    /// What is wrong with the answer; empty for nothing.
    static List<String> faults(List<String> expected, HttpResponse<String> answer) {
        Expectation expectation = new Expectation(answer);
        expectation.check(expected);
        return expectation.faults;
    }

    private void check(List<String> expected) {
        require("status", expected.getFirst(), Integer.toString(answer.statusCode()));
        List<String> whole = new ArrayList<>();
        boolean asked = false;
        for (String line : expected.subList(1, expected.size())) {
            String rest = line.length() > 2 ? line.substring(2) : "";
            switch (line.charAt(0)) {
                case '<' -> whole.add(rest);
                case '~' -> pattern("body", rest, body);
                case '=' -> json(rest);
                case '!' -> require("body", error(rest), body);
                case '?' -> pattern("body", "\"code\":\"" + rest + "\"", body);
                case '*' -> {}
                default -> header(line);
            }
            asked |= "=~!?*".indexOf(line.charAt(0)) >= 0;
        }
        if (!asked) {
            require("body", rows(String.join("\n", whole)), body);
        }
    }

    private void header(String line) {
        String[] parts = line.split(": ", 2);
        String actual = String.join(", ", answer.headers().allValues(parts[0].strip()));
        if (parts[1].startsWith("~")) {
            pattern(parts[0], parts[1].substring(1).strip(), actual);
        } else {
            require(parts[0], parts[1].equals("-") ? "" : parts[1], actual);
        }
    }

    private void require(String what, String wanted, String actual) {
        if (!wanted.equals(actual)) {
            faults.add(what + "\n  wanted " + wanted + "\n  got    " + actual);
        }
    }

    private void pattern(String what, String wanted, String actual) {
        if (!Pattern.compile(wanted, Pattern.DOTALL).matcher(actual).find()) {
            faults.add(what + "\n  wanted ~" + wanted + "\n  got    " + actual);
        }
    }

    private void json(String wanted) {
        try {
            if (!Json.parse(wanted).equals(Json.parse(body))) {
                faults.add("body\n  wanted JSON " + wanted + "\n  got    " + body);
            }
        } catch (MalformedJsonException e) {
            faults.add("body\n  wanted JSON " + wanted + "\n  got    " + body);
        }
    }

    private static String rows(String text) {
        return text.startsWith("[") ? text.replace(",\n", ", \n") : text;
    }

    private static String error(String line) {
        String[] parts = line.split(" ;; ", -1);
        return Json.write(
                new JsonObjectBuilder()
                        .put("code", parts[0])
                        .put("details", text(parts, 2))
                        .put("hint", text(parts, 3))
                        .put("message", text(parts, 1))
                        .build());
    }

    private static JsonValue text(String[] parts, int index) {
        return index < parts.length && !parts[index].equals("-")
                ? new JsonString(parts[index])
                : JsonNull.NULL;
    }
}
