package dev.ashlar.auth.token;

import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where in the claims the role stands: `role`, `.app.roles[0]` or `."https://example.com/role"`.
public final class RoleClaimPath {
    private static final Pattern STEP =
            Pattern.compile("\\.?(?:\"([^\"]+)\"|([^.\"\\[\\]]+))|\\[(\\d{1,6})]");

    private final List<Object> steps;

    private RoleClaimPath(List<Object> steps) {
        this.steps = List.copyOf(steps);
    }

    public static RoleClaimPath parse(String text) {
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            steps.add(step(matcher));
            end = matcher.end();
        }
        if (steps.isEmpty() || end != text.length()) {
            throw new IllegalArgumentException(
                    "write a path such as role, .app.roles[0] or .\"https://example.com/role\"");
        }
        return new RoleClaimPath(steps);
    }

    private static Object step(Matcher matcher) {
        String quoted = matcher.group(1);
        String plain = matcher.group(2);
        if (quoted != null) {
            return quoted;
        }
        return plain != null ? plain : Integer.valueOf(matcher.group(3));
    }

    Optional<JsonValue> find(JsonObject claims) {
        @Nullable JsonValue value = claims;
        for (Object step : steps) {
            value = follow(value, step);
        }
        return Optional.ofNullable(value);
    }

    private static @Nullable JsonValue follow(@Nullable JsonValue value, Object step) {
        if (value instanceof JsonObject object && step instanceof String name) {
            return object.find(name).orElse(null);
        }
        if (value instanceof JsonArray(List<JsonValue> elements) && step instanceof Integer index) {
            return index < elements.size() ? elements.get(index) : null;
        }
        return null;
    }
}
