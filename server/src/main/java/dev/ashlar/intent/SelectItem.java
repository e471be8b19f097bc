package dev.ashlar.intent;

import org.jspecify.annotations.Nullable;

/// One thing that an answer's rows shall hold.
public sealed interface SelectItem {

    /// Every column.
    record All() implements SelectItem {}

    /// A column or a place inside a JSON one; `cast` is a type's name as the caller wrote it.
    record Field(FieldPath path, @Nullable String alias, @Nullable String cast)
            implements SelectItem {}

    /// A value over all rows, or over each group of rows that agree in what else is selected. No
    /// path counts rows. `inputCast` is applied before, `outputCast` after.
    record Aggregated(
            Aggregate function,
            @Nullable FieldPath path,
            @Nullable String alias,
            @Nullable String inputCast,
            @Nullable String outputCast)
            implements SelectItem {}

    /// Rows of a related table. `hint` tells apart several ways to get there: a constraint, column
    /// or junction.
    record Embed(
            String relation,
            @Nullable String alias,
            @Nullable String hint,
            Join join,
            Placement placement,
            Query query)
            implements SelectItem {
        /// The name that filters, orders and the answer use.
        public String name() {
            return alias == null ? relation : alias;
        }
    }

    enum Join {
        /// Keeps rows that have no related ones.
        LEFT,
        INNER
    }

    enum Placement {
        /// As an object or array of its own.
        NESTED,
        /// Its columns among those of the outer row.
        SPREAD
    }
}
