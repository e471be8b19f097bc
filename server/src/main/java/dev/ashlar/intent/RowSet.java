package dev.ashlar.intent;

import dev.ashlar.json.PlainRows;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows to write, as the JSON text that came: an object, or an array of objects. `keys` are the
/// columns to write, in order; the JSON may hold others, which are left alone. `count` is the
/// number of rows; `missing` what becomes of a column that a row leaves out; `given` are the
/// columns that at least one row holds. `plain` are the values of the same rows where all are
/// scalars, and known.
public record RowSet(
        String json,
        Form form,
        List<String> keys,
        int count,
        Missing missing,
        Set<String> given,
        @Nullable PlainRows plain) {

    public RowSet(String json, Form form, List<String> keys, int count) {
        this(json, form, keys, count, Missing.NULL, Set.copyOf(keys), null);
    }

    public enum Missing {
        NULL,
        /// The column's default.
        DEFAULT
    }

    public enum Form {
        ONE,
        MANY
    }
}
