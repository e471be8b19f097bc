package dev.ashlar.intent;

/// What the caller wants back. `rows` tells how many rows may come: with [Rows#ONE] any other
/// number is an error, and a write is undone.
public record Answer(Returning returning, Count count, Rows rows) {

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

    public enum Rows {
        ANY,
        ONE
    }
}
