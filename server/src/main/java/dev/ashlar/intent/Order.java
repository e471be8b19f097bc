package dev.ashlar.intent;

import org.jspecify.annotations.Nullable;

/// One sort key; `embed` names a related row whose column it is, null for the row itself.
public record Order(@Nullable String embed, FieldPath field, Direction direction, Nulls nulls) {

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
