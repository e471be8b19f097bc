package dev.ashlar.backend.postgres.json;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Writes rows as `json_agg` writes them, to the byte: `[{"id":1,"title":"x"}, \n {"id":2,…}]`.
/// Takes each row while it is in the buffer of the connection and keeps nothing of that buffer.
public final class JsonRows {
    private static final VarHandle INTEGER =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] BETWEEN = JsonValues.ascii(", \n ");
    private static final byte[] NULL = JsonValues.ascii("null");

    private static final int USUAL_ROW_BYTES = 512;

    private final JsonShape shape;
    private final Form form;
    private final long limit;
    private final JsonBytes out;
    private final JsonValues values;
    private byte[] row = new byte[USUAL_ROW_BYTES];
    private long rows;
    private boolean tooLarge;

    /// What the rows are together.
    public enum Form {
        /// An array of any number.
        ARRAY,
        /// The first row itself; others are only counted.
        OBJECT
    }

    /// `limit` is how many bytes of JSON may come together: rows beyond are counted, not kept.
    public JsonRows(JsonShape shape, Form form, long limit) {
        this.shape = shape;
        this.form = form;
        out = new JsonBytes(shape.room().bytes());
        values = new JsonValues(out);
        this.limit = Math.min(limit, JsonBytes.MAX_LENGTH);
        if (form == Form.ARRAY) {
            out.put('[');
        }
    }

    /// One DataRow: the number of columns, then each as its length (-1 for NULL) and that many
    /// bytes of text. Columns behind those of the shape are not looked at.
    public void row(ByteBuf in) {
        int columns = shape.size();
        if (in.readShort() < columns) {
            throw new IllegalStateException("rows have at least " + columns + " columns");
        }
        rows++;
        if (!tooLarge && (form == Form.ARRAY || rows == 1)) {
            int count = in.readableBytes();
            long most =
                    (long) count * JsonBytes.MAX_GROWTH
                            + (long) columns * JsonValues.MAX_EXTRA_BYTES;
            if (out.length() + shape.nameBytes() + most > JsonBytes.MAX_LENGTH) {
                tooLarge = true;
            } else {
                copy(in, count);
                write(columns);
            }
        }
    }

    /// At once: memory outside the heap takes its time with each access.
    private void copy(ByteBuf in, int count) {
        if (count > row.length) {
            row = new byte[count];
        }
        in.readBytes(row, 0, count);
    }

    private void write(int columns) {
        if (rows > 1) {
            out.put(BETWEEN);
        }
        int at = 0;
        for (int i = 0; i < columns; i++) {
            shape.writeName(out, i);
            int count = (int) INTEGER.get(row, at);
            at += Integer.BYTES;
            if (count < 0) {
                out.put(NULL);
            } else {
                values.write(shape.kind(i), row, at, count);
                at += count;
            }
        }
        out.put('}');
        tooLarge = out.length() > limit;
    }

    /// How many came.
    public long rows() {
        return rows;
    }

    /// Whether they are more than may be, so that there is no body.
    public boolean isTooLarge() {
        return tooLarge;
    }

    /// Ends the body; no more rows may come.
    public ByteBuf body() {
        if (tooLarge) {
            throw new IllegalStateException("a body that is too large is not kept");
        }
        switch (form) {
            case ARRAY -> out.put(']');
            case OBJECT -> {
                if (rows == 0) {
                    out.put(NULL);
                }
            }
        }
        shape.room().took(out.length());
        return out.toBuffer();
    }
}
