package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Values of rows as people read them.
final class RowValues {
    private static final int MAX_TEXT = 200;

    private RowValues() {}

    /// The primary key; everything where there is none.
    static Map<String, String> key(ExplainedTable table, JsonObject row) {
        Map<String, String> key = new LinkedHashMap<>();
        for (String column : table.key()) {
            JsonValue value = row.members().get(column);
            if (value != null) {
                key.put(column, text(value));
            }
        }
        return key.isEmpty() ? all(row) : key;
    }

    static Map<String, String> all(JsonObject row) {
        Map<String, String> values = new LinkedHashMap<>();
        row.members().forEach((name, value) -> values.put(name, text(value)));
        return values;
    }

    /// What the database wrote as JSON.
    static JsonObject object(String json) {
        try {
            return Json.parse(json) instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the database writes JSON", e);
        }
    }

    static String shortened(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }

    private static String text(JsonValue value) {
        String text = value instanceof JsonString(String said) ? said : Json.write(value);
        return shortened(text);
    }
}
