package dev.ashlar.face.rest;

import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The answers of the parts of a batch so far, and what later parts take from them: `{"$ref":
/// "order.0.id"}` in a body, `{order.0.id}` in a path. A reference is a part's `id` or its position
/// from 0, then keys and positions inside its answer's body.
final class BatchReferences {
    private static final Pattern IN_PATH = Pattern.compile("\\{([^{}]{1,200})}");
    private static final String REFERENCE = "$ref";

    private final Map<String, JsonValue> bodies = new LinkedHashMap<>();

    void add(String name, JsonValue body) {
        bodies.put(name, body);
    }

    /// The part with every reference replaced.
    JsonObject resolve(JsonObject part) {
        Map<String, JsonValue> resolved = new LinkedHashMap<>(part.members());
        part.findText("path").ifPresent(path -> resolved.put("path", new JsonString(path(path))));
        part.find("body").ifPresent(body -> resolved.put("body", resolve(body)));
        return new JsonObject(resolved);
    }

    private String path(String text) {
        return IN_PATH.matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(
                                QueryString.encode(text(require(match.group(1)), match.group(1)))));
    }

    private static String text(JsonValue value, String reference) {
        return switch (value) {
            case JsonString(String text) -> text;
            case JsonNumber number -> number.plain();
            case JsonBoolean flag -> flag == JsonBoolean.TRUE ? "true" : "false";
            case JsonNull _, JsonArray _, JsonObject _ ->
                    throw refused("{" + reference + "} is no text, number or boolean");
        };
    }

    private JsonValue resolve(JsonValue value) {
        return switch (value) {
            case JsonObject(var members)
                    when members.size() == 1
                            && members.get(REFERENCE) instanceof JsonString(String reference) ->
                    require(reference);
            case JsonObject(var members) -> {
                Map<String, JsonValue> resolved = new LinkedHashMap<>();
                members.forEach((name, member) -> resolved.put(name, resolve(member)));
                yield new JsonObject(resolved);
            }
            case JsonArray(var elements) -> {
                List<JsonValue> resolved = new ArrayList<>(elements.size());
                elements.forEach(element -> resolved.add(resolve(element)));
                yield new JsonArray(resolved);
            }
            case JsonValue plain -> plain;
        };
    }

    private JsonValue require(String reference) {
        String[] steps = reference.split("\\.", -1);
        JsonValue at = bodies.get(steps[0]);
        for (int i = 1; i < steps.length && at != null; i++) {
            at = follow(at, steps[i]);
        }
        if (at == null) {
            throw refused("Nothing in the parts before is called " + reference);
        }
        return at;
    }

    private static @Nullable JsonValue follow(JsonValue at, String step) {
        if (at instanceof JsonObject(var members)) {
            return members.get(step);
        }
        if (at instanceof JsonArray(var elements) && step.matches("\\d{1,6}")) {
            int index = Integer.parseInt(step);
            return index < elements.size() ? elements.get(index) : null;
        }
        return null;
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(new RequestProblem.BodyMalformed(reason));
    }
}
