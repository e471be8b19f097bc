package dev.ashlar.backend.postgres;

import java.util.List;

/// What a statement returned: its rows, and the number of rows that it returned or changed, as in
/// the command tag.
record LaneResult(List<LaneRow> rows, long affected) {
    static final LaneResult EMPTY = new LaneResult(List.of(), 0);

    /// The only row of a statement that always returns one.
    LaneRow row() {
        if (rows.size() != 1) {
            throw new IllegalStateException("one row expected, got " + rows.size());
        }
        return rows.getFirst();
    }
}
