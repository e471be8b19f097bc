package dev.ashlar.intent;

import org.jspecify.annotations.Nullable;

/// One sort key; `embed` names a related row whose column it is, null for the row itself.
/// `aggregate` makes it a value over the group; then no field counts rows.
public record Order(
        @Nullable String embed,
        @Nullable FieldPath field,
        @Nullable Aggregate aggregate,
        Direction direction,
        Nulls nulls) {

    public Order(@Nullable String embed, FieldPath field, Direction direction, Nulls nulls) {
        this(embed, field, null, direction, nulls);
    }

    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    public enum Nulls {
        /// Last when ascending, first when descending.
        DEFAULT,
        FIRST,
        LAST
    }
}
