package dev.ashlar.policy.trial;

import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.policy.trial.PolicySuite.Name;
import java.util.List;

/// One thing that a caller tries, and what must come of it. Each starts from the given rows: what
/// one step changes, the next does not see.
public sealed interface Step {
    Name on();

    Expected expected();

    int line();

    /// The verb, for people.
    default String verb() {
        return switch (this) {
            case Read _ -> "read";
            case Insert _ -> "insert into";
            case Update _ -> "update";
            case Delete _ -> "delete from";
            case Call _ -> "call";
        };
    }

    /// @param columns empty: those of the expected rows, or none in particular
    record Read(Name on, List<String> columns, JsonObject where, Expected expected, int line)
            implements Step {}

    record Insert(Name on, JsonObject row, Expected expected, int line) implements Step {}

    record Update(Name on, JsonObject where, JsonObject set, Expected expected, int line)
            implements Step {}

    record Delete(Name on, JsonObject where, Expected expected, int line) implements Step {}

    record Call(Name on, JsonObject arguments, Expected expected, int line) implements Step {}

    /// What must come of a step.
    sealed interface Expected {
        /// Refused for want of a right: by a missing grant, or by a policy.
        enum Refusal implements Expected {
            DENIED
        }

        /// It works: an insert is made, a change touches at least one row, a read comes back.
        enum Success implements Expected {
            ALLOWED
        }

        /// As many rows as there are.
        enum Everything implements Expected {
            ALL
        }

        /// So many rows are read or changed.
        record Count(long rows) implements Expected {}

        /// These rows are read, in any order, by the columns that are written.
        record Rows(List<JsonObject> rows) implements Expected {}
    }
}
