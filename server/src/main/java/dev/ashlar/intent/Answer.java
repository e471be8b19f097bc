package dev.ashlar.intent;

import dev.ashlar.intent.Format.Rows;

/// What the caller wants back, and what it is written as.
public record Answer(Returning returning, Count count, Format format) {

    public Rows rows() {
        return format.rows();
    }

    public enum Returning {
        /// Only that it is done.
        NOTHING,
        /// Where the new row is.
        KEYS,
        ROWS
    }

    public enum Count {
        NONE,
        /// Counted.
        EXACT,
        /// As the database's planner guesses.
        PLANNED,
        /// Exact for few rows, planned for many.
        ESTIMATED
    }
}
