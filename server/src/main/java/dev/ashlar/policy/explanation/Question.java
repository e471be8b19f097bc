package dev.ashlar.policy.explanation;

import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;

/// What somebody wants to know.
///
/// @param as an account's id or e-mail address, or a role
/// @param claims put over those of the caller
/// @param values of INSERT: the new row; of UPDATE: what changes
public record Question(
        String schema,
        String table,
        Verb verb,
        String as,
        JsonObject claims,
        Rows rows,
        JsonObject values) {

    /// The rows it is about; INSERT has none.
    public sealed interface Rows {
        /// Those that are in the table and meet every condition.
        record Matching(List<Condition> conditions) implements Rows {}

        /// Rows as JSON, each with all its columns, read by whoever may see them.
        record Given(List<JsonObject> rows) implements Rows {}
    }

    /// A column against a value, both as text. The value of IN is written as the database writes an
    /// array.
    public record Condition(String column, Operator operator, String value) {}

    /// The comparisons of a [Condition].
    public enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        IS_NULL,
        IS_NOT_NULL
    }
}
