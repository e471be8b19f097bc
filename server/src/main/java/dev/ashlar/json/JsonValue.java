package dev.ashlar.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value (RFC 8259) as an immutable tree; made by [Json#parse] or by hand, written by
/// [Json#write].
public sealed interface JsonValue {

    /// Members in the order written; of duplicate names the parser refuses the whole text.
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public static final JsonObject EMPTY = new JsonObject(Map.of());

        /// The member, unless absent or null.
        public Optional<JsonValue> find(String name) {
            JsonValue value = members.get(name);
            return value == null || value instanceof JsonNull
                    ? Optional.empty()
                    : Optional.of(value);
        }

        /// The member if it is a string.
        public Optional<String> findText(String name) {
            return members.get(name) instanceof JsonString(String text)
                    ? Optional.of(text)
                    : Optional.empty();
        }

        /// The member if it is an object.
        public Optional<JsonObject> findObject(String name) {
            return members.get(name) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        }
    }

    record JsonArray(List<JsonValue> elements) implements JsonValue {}

    record JsonString(String text) implements JsonValue {}

    /// Exact: no digit of a 64-bit integer or a numeric is lost.
    record JsonNumber(BigDecimal number) implements JsonValue {
        private static final int MAX_PLAIN_DIGITS = 1_000;

        public static JsonNumber of(long value) {
            return new JsonNumber(BigDecimal.valueOf(value));
        }

        /// Without an exponent, as people write numbers; with one where that took too many digits:
        /// `1e250000000` is 11 characters, and 250 MB in full.
        public String plain() {
            return digits() > MAX_PLAIN_DIGITS ? number.toString() : number.toPlainString();
        }

        /// At least as many as the number has when it is written in full.
        long digits() {
            // In long arithmetic: the exponent may be near the end of int.
            return Math.abs((long) number.scale()) + number.precision();
        }
    }

    enum JsonBoolean implements JsonValue {
        TRUE,
        FALSE;

        public static JsonBoolean of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    enum JsonNull implements JsonValue {
        NULL
    }
}
