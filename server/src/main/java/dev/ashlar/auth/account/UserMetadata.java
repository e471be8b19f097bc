package dev.ashlar.auth.account;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the two metadata objects of an account change.
public final class UserMetadata {
    /// Metadata stands in every access token, which travels in every request: both objects of this
    /// size still fit into 16 KB of headers, in base64.
    static final int MAX_BYTES = 4_096;

    private UserMetadata() {}

    public static JsonObject requireSmall(JsonObject metadata) {
        if (Json.write(metadata).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new ProblemException(
                    new ValidationFailed(
                            "Metadata has at most "
                                    + MAX_BYTES
                                    + " bytes, as it is part of every"
                                    + " access token; keep larger data in a table"));
        }
        return metadata;
    }

    /// Member by member; null takes a member out.
    public static JsonObject merge(JsonObject old, JsonObject changes) {
        Map<String, JsonValue> members = new LinkedHashMap<>(old.members());
        changes.members()
                .forEach((name, value) -> {
                    if (value == JsonNull.NULL) {
                        members.remove(name);
                    } else {
                        members.put(name, value);
                    }
                });
        return requireSmall(new JsonObject(Collections.unmodifiableMap(members)));
    }
}
