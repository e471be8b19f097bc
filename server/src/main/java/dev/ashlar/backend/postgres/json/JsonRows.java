package dev.ashlar.backend.postgres.json;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes rows as `json_agg` writes them, to the byte: `[{"id":1,"title":"x"}, \n {"id":2,…}]`.
/// Takes each row while it is in the buffer of the connection and keeps nothing of that buffer.
public final class JsonRows {
    private static final VarHandle INTEGER =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] BETWEEN = ascii(", \n ");
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] MINUTES = ascii(":00");
    private static final byte[] BEFORE_CHRIST = ascii(" BC");

    /// The hour of an offset, with its sign.
    private static final int OFFSET_BYTES = 3;

    private static final int USUAL_ROW_BYTES = 512;

    /// Quotes, `null`, and what a timestamp gets.
    private static final int MAX_EXTRA_BYTES = 8;

    private final JsonShape shape;
    private final Form form;
    private final long limit;
    private final JsonBytes out;
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
        out = new JsonBytes(shape.expectedBytes());
        this.limit = Math.min(limit, JsonBytes.MAX_LENGTH);
        if (form == Form.ARRAY) {
            out.put('[');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
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
            long most = (long) count * JsonBytes.MAX_GROWTH + (long) columns * MAX_EXTRA_BYTES;
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
                value(shape.kind(i), at, count);
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
        shape.expect(out.length());
        return out.toBuffer();
    }

    private void value(JsonKind kind, int at, int count) {
        switch (kind) {
            case NUMBER -> number(at, count);
            case BOOLEAN -> flag(at, count);
            case JSON -> out.put(row, at, count);
            case TEXT -> out.quoted(row, at, count);
            case TIMESTAMP -> timestamp(at, count);
            case TIMESTAMPTZ -> offset(timestamp(at, count));
        }
    }

    /// Looks at each byte: should the column be of another type by now, the answer is JSON still.
    private void number(int at, int count) {
        int from = out.length();
        out.put(row, at, count);
        if (!isNumber(from)) {
            out.cut(from);
            out.quoted(row, at, count);
        }
    }

    private boolean isNumber(int from) {
        int end = out.length();
        int digit = from < end && out.at(from) == '-' ? from + 1 : from;
        if (digit == end || !isDigit(out.at(digit))) {
            return false;
        }
        for (int i = digit + 1; i < end; i++) {
            byte b = out.at(i);
            if (!isDigit(b) && b != '.' && b != 'e' && b != '+' && b != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private void flag(int at, int count) {
        byte letter = count == 1 ? row[at] : 0;
        switch (letter) {
            case 't' -> out.put(TRUE);
            case 'f' -> out.put(FALSE);
            default -> out.quoted(row, at, count);
        }
    }

    /// Where the time begins: the end for what is none in ISO's style, such as `infinity`.
    private int timestamp(int at, int count) {
        int from = out.length() + 1;
        out.quoted(row, at, count);
        int end = out.length() - 1;
        if (from == end || !isDigit(out.at(from))) {
            return end;
        }
        for (int i = from; i < end; i++) {
            if (out.at(i) == ' ') {
                out.set(i, 'T');
                return i;
            }
        }
        return end;
    }

    /// An offset of whole hours gets minutes.
    private void offset(int time) {
        int end = out.length() - 1;
        boolean early = end - time > BEFORE_CHRIST.length && out.at(end - 1) == 'C';
        int hours = (early ? end - BEFORE_CHRIST.length : end) - OFFSET_BYTES;
        if (hours <= time || (out.at(hours) != '+' && out.at(hours) != '-')) {
            return;
        }
        out.cut(hours + OFFSET_BYTES);
        out.put(MINUTES);
        if (early) {
            out.put(BEFORE_CHRIST);
        }
        out.put('"');
    }
}
