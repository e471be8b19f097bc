package dev.ashlar.auth;

import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;

/// Reads a jsonb column selected as text.
final class StoredJson {
    private StoredJson() {}

    /// The object in the column; empty when it holds NULL or something else.
    static JsonObject object(SqlRow row, String column) {
        String text = row.findText(column).orElse("{}");
        try {
            return Json.parse(text) instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the database gave no JSON in " + column, e);
        }
    }
}
