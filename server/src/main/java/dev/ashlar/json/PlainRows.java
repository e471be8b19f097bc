package dev.ashlar.json;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The values of rows by their names, as far as they are texts, numbers, booleans and nulls: each
/// as its text, numbers with the digits that were written. The values under one name are one text,
/// not an object each, since requests that wait hold many.
public final class PlainRows {
    /// What a table may have of columns (PostgreSQL, appendix K).
    private static final int MOST_NAMES = 1_600;

    private final Map<String, Values> byName;
    private final int count;

    private PlainRows(Map<String, Values> byName, int count) {
        this.byName = byName;
        this.count = count;
    }

    /// Whether nothing but scalars has that name.
    public boolean isPlain(String name) {
        Values values = byName.get(name);
        return values == null || values.plain;
    }

    /// One value for each row: null for null and for what is not there, of equal members the last.
    public List<@Nullable String> values(String name) {
        Values values = byName.get(name);
        return values == null ? Collections.nCopies(count, null) : values;
    }

    private static final class Values extends AbstractList<@Nullable String>
            implements RandomAccess {
        private final StringBuilder open = new StringBuilder();
        private String text = "";
        private int[] ends = new int[1];
        private int size;
        private boolean plain = true;

        void put(int row, @Nullable String value) {
            if (size > row) {
                // The last of equal members counts.
                size = row;
                open.setLength(end(row));
            }
            pad(row);
            room();
            if (value != null) {
                open.append(value);
            }
            ends[size++] = value == null ? ~open.length() : open.length();
        }

        void pad(int rows) {
            while (size < rows) {
                room();
                ends[size++] = ~open.length();
            }
        }

        void close() {
            text = open.toString();
            open.setLength(0);
            open.trimToSize();
        }

        private void room() {
            if (size == ends.length) {
                ends = Arrays.copyOf(ends, 2 * size);
            }
        }

        /// Where the value before this place ends.
        private int end(int place) {
            return place == 0 ? 0 : Math.max(ends[place - 1], ~ends[place - 1]);
        }

        @Override
        public @Nullable String get(int place) {
            int end = ends[place];
            return end < 0 ? null : text.substring(end(place), end);
        }

        @Override
        public int size() {
            return size;
        }
    }

    /// Takes values while they are scanned.
    static final class Collector {
        private final Map<String, Values> byName = new HashMap<>();
        private final boolean mayHoldHalves;
        private final long most;
        private long cells;
        private int row;
        private boolean wanted;

        private Collector(boolean wanted, boolean mayHoldHalves, long most) {
            this.wanted = wanted;
            this.mayHoldHalves = mayHoldHalves;
            this.most = most;
        }

        static Collector none() {
            return new Collector(false, false, 0);
        }

        /// Text that is no Unicode can only be written with escapes.
        static Collector of(String json) {
            return new Collector(true, json.contains("\\u"), json.length());
        }

        /// The parser's current value in the current row.
        void take(String name, JsonParser parser) {
            if (!wanted) {
                return;
            }
            Values values = byName.get(name);
            if (values == null) {
                values = new Values();
                byName.put(name, values);
                count(row);
            }
            if (!values.plain || !wanted) {
                return;
            }
            JsonToken token = parser.currentToken();
            String text = token.isScalarValue() ? parser.getString() : null;
            boolean plain = text != null && !(mayHoldHalves && !isUnicode(text));
            if (plain) {
                values.put(row, token == JsonToken.VALUE_NULL ? null : text);
            } else {
                values.plain = false;
            }
        }

        void endOfRow() {
            row++;
            count(byName.size());
        }

        /// Many rows with few each of many names would take more room than they came in.
        private void count(int more) {
            cells += more;
            wanted &= cells <= most && byName.size() <= MOST_NAMES;
        }

        /// What was no row.
        void giveUp() {
            wanted = false;
        }

        /// Null when they were not wanted, or what is there is no rows.
        @Nullable PlainRows rows() {
            if (!wanted) {
                return null;
            }
            byName.values()
                    .forEach(values -> {
                        values.pad(row);
                        values.close();
                    });
            return new PlainRows(byName, row);
        }
    }

    /// Text that the database can hold: without NUL and without half a character.
    private static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
