package dev.ashlar.json;

import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds a [JsonObject] member by member, in the order of the calls.
public final class JsonObjectBuilder {
    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    public JsonObjectBuilder put(String name, JsonValue value) {
        members.put(name, value);
        return this;
    }

    /// A null text becomes JSON null.
    public JsonObjectBuilder put(String name, @Nullable String text) {
        return put(name, text == null ? JsonNull.NULL : new JsonString(text));
    }

    public JsonObjectBuilder put(String name, long number) {
        return put(name, JsonNumber.of(number));
    }

    public JsonObjectBuilder put(String name, boolean value) {
        return put(name, JsonBoolean.of(value));
    }

    /// Leaves the member out when there is no text.
    public JsonObjectBuilder putIfPresent(String name, @Nullable String text) {
        return text == null ? this : put(name, text);
    }

    public JsonObject build() {
        return new JsonObject(Collections.unmodifiableMap(new LinkedHashMap<>(members)));
    }
}
