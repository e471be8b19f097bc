package dev.ashlar.intent;

import java.util.List;

/// What an insert does with a row that is there already; `columns` are those of a unique key, empty
/// for the primary.
public record Conflict(Resolution resolution, List<String> columns) {
    public enum Resolution {
        MERGE,
        IGNORE
    }
}
