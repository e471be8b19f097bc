package dev.ashlar.intent;

import org.jspecify.annotations.Nullable;

/// Which part of the rows: at most `limit`, after the first `offset`. No limit means all.
public record Page(@Nullable Long limit, long offset) {
    public static final Page ALL = new Page(null, 0);

    public Page {
        if (offset < 0 || (limit != null && limit < 0)) {
            throw new IllegalArgumentException("a page has no negative bounds");
        }
    }

    /// The same, but never more than `most` rows.
    public Page atMost(long most) {
        return limit == null || limit > most ? new Page(most, offset) : this;
    }

    public boolean isAll() {
        return limit == null && offset == 0;
    }
}
