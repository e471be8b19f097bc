package dev.ashlar.backend.postgres.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes values as JSON out of the text in which they come, each as its [JsonKind] says.
final class JsonValues {
    /// Quotes, `null`, and what a timestamp gets: how much longer than its bytes, when all of them
    /// are escaped, a value may become.
    static final int MAX_EXTRA_BYTES = 8;

    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] MINUTES = ascii(":00");
    private static final byte[] BEFORE_CHRIST = ascii(" BC");

    /// The hour of an offset, with its sign.
    private static final int OFFSET_BYTES = 3;

    private final JsonBytes out;

    JsonValues(JsonBytes out) {
        this.out = out;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// The `count` bytes of `row` from `at` on.
    void write(JsonKind kind, byte[] row, int at, int count) {
        switch (kind) {
            case NUMBER -> number(row, at, count);
            case BOOLEAN -> flag(row, at, count);
            case JSON -> out.put(row, at, count);
            case TEXT -> out.quoted(row, at, count);
            case TIMESTAMP -> timestamp(row, at, count);
            case TIMESTAMPTZ -> offset(timestamp(row, at, count));
        }
    }

    /// Looks at each byte: should the column be of another type by now, the answer is JSON still.
    private void number(byte[] row, int at, int count) {
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

    /// As a column `t`, cast to text `true`.
    private void flag(byte[] row, int at, int count) {
        byte letter = count > 0 ? row[at] : 0;
        if (letter == 't' && (count == 1 || is(TRUE, row, at, count))) {
            out.put(TRUE);
        } else if (letter == 'f' && (count == 1 || is(FALSE, row, at, count))) {
            out.put(FALSE);
        } else {
            out.quoted(row, at, count);
        }
    }

    private static boolean is(byte[] word, byte[] row, int at, int count) {
        return Arrays.equals(word, 0, word.length, row, at, at + count);
    }

    /// Where the time begins: the end for what is none in ISO's style, such as `infinity`.
    private int timestamp(byte[] row, int at, int count) {
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
