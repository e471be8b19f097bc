package dev.ashlar.backend.postgres;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/// A row as the statement selected it, read by ordinal from 0.
final class LaneRow {
    private final Row row;

    LaneRow(Row row) {
        this.row = row;
    }

    boolean isNull(int column) {
        return row.getValue(column) == null;
    }

    /// A column of type text.
    @Nullable String text(int column) {
        return row.getString(column);
    }

    /// A column of an integer type that is not NULL.
    long number(int column) {
        return row.getLong(column);
    }

    /// A column of type boolean that is not NULL.
    boolean flag(int column) {
        return row.getBoolean(column);
    }

    /// A column of type bytea.
    byte @Nullable [] bytes(int column) {
        Buffer buffer = row.getBuffer(column);
        return buffer == null ? null : buffer.getBytes();
    }

    /// The driver's row, for what this class has no word for.
    Row unwrap() {
        return row;
    }
}
