package dev.ashlar.backend.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row as the statement selected it, read by ordinal from 0. All columns came as text.
final class LaneRow {
    private static final int NULL = -1;

    private final byte[] content;
    private final List<String> columns;

    private LaneRow(byte[] content, List<String> columns) {
        this.content = content;
        this.columns = columns;
    }

    /// Copies the content of a DataRow (PostgreSQL manual, "Message Formats").
    static LaneRow of(ByteBuf row, List<String> columns) {
        byte[] content = new byte[row.readableBytes()];
        row.getBytes(row.readerIndex(), content);
        return new LaneRow(content, columns);
    }

    /// A column of a DataRow that is still in the connection's buffer, and in ASCII, not NULL.
    static String text(ByteBuf row, int column) {
        int at = row.readerIndex() + Short.BYTES;
        for (int i = 0; i < column; i++) {
            at += Integer.BYTES + Math.max(0, row.getInt(at));
        }
        int length = row.getInt(at);
        return row.toString(at + Integer.BYTES, length, StandardCharsets.US_ASCII);
    }

    /// The ordinal of the first column of this name; -1 when the statement selected none.
    int ordinal(String column) {
        return columns.indexOf(column);
    }

    boolean isNull(int column) {
        return length(start(column)) == NULL;
    }

    /// A column of any type, in the form that its output function gives it.
    @Nullable String text(int column) {
        int start = start(column);
        int length = length(start);
        return length == NULL
                ? null
                : new String(content, start + Integer.BYTES, length, StandardCharsets.UTF_8);
    }

    /// The bytes of the text, which share this row's memory; null for NULL.
    @Nullable Buffer buffer(int column) {
        int start = start(column);
        int length = length(start);
        return length == NULL
                ? null
                : BufferInternal.buffer(
                        Unpooled.wrappedBuffer(content, start + Integer.BYTES, length));
    }

    /// A column of an integer type that is not NULL.
    long number(int column) {
        return Long.parseLong(notNull(column));
    }

    /// A column of type boolean that is not NULL.
    boolean flag(int column) {
        return notNull(column).equals("t");
    }

    private String notNull(int column) {
        String text = text(column);
        if (text == null) {
            throw new IllegalStateException("column " + column + " is NULL");
        }
        return text;
    }

    private int start(int column) {
        int at = Short.BYTES;
        for (int i = 0; i < column; i++) {
            at += Integer.BYTES + Math.max(0, length(at));
        }
        return at;
    }

    private int length(int at) {
        return (content[at] << 24)
                | (content[at + 1] & 0xff) << 16
                | (content[at + 2] & 0xff) << 8
                | (content[at + 3] & 0xff);
    }
}
