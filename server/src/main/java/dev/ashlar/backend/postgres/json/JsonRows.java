package dev.ashlar.backend.postgres.json;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Writes rows as `json_agg` writes them, to the byte: `[{"id":1,"title":"x"}, \n {"id":2,…}]`.
/// Takes each row while it is in the buffer of the connection and keeps nothing of that buffer.
public final class JsonRows {
    private static final byte[] BETWEEN = ascii(", \n ");
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] MINUTES = ascii(":00");
    private static final byte[] BEFORE_CHRIST = ascii(" BC");

    /// The hour of an offset, with its sign.
    private static final int OFFSET_BYTES = 3;

    /// Quotes, `null`, and what a timestamp gets.
    private static final int MAX_EXTRA_BYTES = 8;

    private final JsonShape shape;
    private final Form form;
    private final long limit;
    private final JsonBytes out = new JsonBytes();
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
        this.limit = Math.min(limit, JsonBytes.MAX_LENGTH);
        if (form == Form.ARRAY) {
            out.put('[');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// One DataRow: the number of columns, then each as its length (-1 for NULL) and that many bytes
    /// of text.
    public void row(ByteBuf in) {
        int columns = in.readShort();
        if (columns != shape.size()) {
            throw new IllegalStateException(
                    "rows have " + shape.size() + " columns, not " + columns);
        }
        rows++;
        if (tooLarge || (form == Form.OBJECT && rows > 1)) {
            return;
        }
        long most = out.length() + shape.nameBytes() + (long) columns * MAX_EXTRA_BYTES;
        if (most + (long) in.readableBytes() * JsonBytes.MAX_GROWTH > JsonBytes.MAX_LENGTH) {
            tooLarge = true;
            return;
        }
        if (rows > 1) {
            out.put(BETWEEN);
        }
        for (int i = 0; i < columns; i++) {
            shape.writeName(out, i);
            int count = in.readInt();
            if (count < 0) {
                out.put(NULL);
            } else {
                value(shape.kind(i), in, in.readerIndex(), count);
                in.skipBytes(count);
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
        return out.toBuffer();
    }

    private void value(JsonKind kind, ByteBuf in, int at, int count) {
        switch (kind) {
            case NUMBER -> number(in, at, count);
            case BOOLEAN -> flag(in, at, count);
            case JSON -> out.put(in, at, count);
            case TEXT -> out.quoted(in, at, count);
            case TIMESTAMP -> timestamp(in, at, count);
            case TIMESTAMPTZ -> offset(timestamp(in, at, count));
        }
    }

    /// Looks at each byte: should the column be of another type by now, the answer is JSON still.
    private void number(ByteBuf in, int at, int count) {
        int from = out.length();
        out.put(in, at, count);
        if (!isNumber(from)) {
            out.cut(from);
            out.quoted(in, at, count);
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

    private void flag(ByteBuf in, int at, int count) {
        byte letter = count == 1 ? in.getByte(at) : 0;
        switch (letter) {
            case 't' -> out.put(TRUE);
            case 'f' -> out.put(FALSE);
            default -> out.quoted(in, at, count);
        }
    }

    /// Where the time begins: the end for what is none in ISO's style, such as `infinity`.
    private int timestamp(ByteBuf in, int at, int count) {
        int from = out.length() + 1;
        out.quoted(in, at, count);
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
