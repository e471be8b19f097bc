package dev.ashlar.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Rows whose members are texts, numbers, booleans and nulls: each as its text, numbers with the
/// digits that were written. All rows have the same members, whose values lie together.
public final class PlainRows {
    private final Map<String, List<@Nullable String>> byName = new HashMap<>();
    private final List<List<@Nullable String>> inOrder = new ArrayList<>();

    private PlainRows() {}

    /// One value for each row, null for null; of a member that no row has nothing but nulls.
    public @Nullable String[] column(String name, int rows) {
        List<@Nullable String> values = byName.get(name);
        return values == null ? new String[rows] : values.toArray(String[]::new);
    }

    /// Takes the values of rows while they are scanned, until one is not that plain.
    static final class Collector {
        private final PlainRows rows = new PlainRows();
        private final boolean mayHoldHalves;
        private boolean plain;

        private Collector(boolean plain, boolean mayHoldHalves) {
            this.plain = plain;
            this.mayHoldHalves = mayHoldHalves;
        }

        static Collector none() {
            return new Collector(false, false);
        }

        /// Text that is no Unicode can only be written with escapes.
        static Collector of(String json) {
            return new Collector(true, json.contains("\\u"));
        }

        /// The current value of the first row.
        void first(String name, JsonParser parser) {
            if (!plain) {
                return;
            }
            List<@Nullable String> values = new ArrayList<>();
            rows.inOrder.add(values);
            if (rows.byName.put(name, values) == null) {
                next(rows.inOrder.size() - 1, parser);
            } else {
                giveUp();
            }
        }

        /// The current value of another row, whose members come in the order of the first's.
        void next(int place, JsonParser parser) {
            if (!plain) {
                return;
            }
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_NULL) {
                rows.inOrder.get(place).add(null);
                return;
            }
            String text = token.isScalarValue() ? parser.getString() : null;
            if (text == null || (mayHoldHalves && !isUnicode(text))) {
                giveUp();
            } else {
                rows.inOrder.get(place).add(text);
            }
        }

        /// There is a row unlike the first, or what is no row.
        void giveUp() {
            plain = false;
        }

        /// Null when anything else was seen: what to say of that is for who reads the whole.
        @Nullable PlainRows rows() {
            return plain ? rows : null;
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
