package dev.ashlar.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The rows of a text, an object or an array of objects, whose wanted members are texts, numbers,
/// booleans and nulls: each as its text, numbers with the digits that were written.
public final class PlainRows {
    private final List<String> names;
    private final List<@Nullable String[]> rows = new ArrayList<>();

    private PlainRows(List<String> names) {
        this.names = names;
    }

    /// One array for each row, with a place for each name: null for null and for what is not there;
    /// of equal members the last. Empty when there is anything else, or text that is not Unicode:
    /// what to say of that is for who reads the whole.
    public static Optional<List<@Nullable String[]>> find(String json, List<String> names) {
        PlainRows found = new PlainRows(names);
        try (JsonParser parser = Json.lenientParser(json)) {
            return found.all(parser) ? Optional.of(found.rows) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private boolean all(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            return row(parser) && parser.nextToken() == null;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!row(parser)) {
                return false;
            }
        }
        return parser.nextToken() == null;
    }

    private boolean row(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        @Nullable String[] row = new String[names.size()];
        int expected = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int place =
                    expected < row.length && names.get(expected).equals(name)
                            ? expected
                            : names.indexOf(name);
            expected++;
            JsonToken value = parser.nextToken();
            if (place < 0) {
                parser.skipChildren();
            } else if (value == JsonToken.VALUE_NULL) {
                row[place] = null;
            } else if (value.isScalarValue() && isUnicode(parser.getString())) {
                row[place] = parser.getString();
            } else {
                return false;
            }
        }
        rows.add(row);
        return true;
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
