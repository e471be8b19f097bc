package dev.ashlar.intent;

import java.util.List;

/// Rows to write, as the JSON text that came: an object, or an array of objects. `keys` are the
/// columns to write, in order; the JSON may hold others, which are left alone. `count` is the
/// number of rows.
public record RowSet(String json, Form form, List<String> keys, int count) {
    public enum Form {
        ONE,
        MANY
    }
}
