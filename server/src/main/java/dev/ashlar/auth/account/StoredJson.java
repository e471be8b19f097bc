package dev.ashlar.auth.account;

import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.util.List;

/// Reads a jsonb column selected as text.
public final class StoredJson {
    private StoredJson() {}

    /// The object in the column; empty when it holds NULL or something else.
    public static JsonObject object(SqlRow row, String column) {
        return parse(row, column) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    /// The objects of the list in the column; none when it holds NULL or something else.
    public static List<JsonObject> objects(SqlRow row, String column) {
        return parse(row, column) instanceof JsonArray(List<JsonValue> elements)
                ? elements.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    private static JsonValue parse(SqlRow row, String column) {
        try {
            return Json.parse(row.findText(column).orElse("null"));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the database gave no JSON in " + column, e);
        }
    }
}
