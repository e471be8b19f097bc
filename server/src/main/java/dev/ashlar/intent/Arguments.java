package dev.ashlar.intent;

import java.util.List;
import java.util.Map;

/// What a routine is called with.
public sealed interface Arguments {

    List<String> names();

    /// From a query string: several values of one name are for a variadic argument.
    record Texts(Map<String, List<String>> values) implements Arguments {
        @Override
        public List<String> names() {
            return List.copyOf(values.keySet());
        }
    }

    /// From a body: a JSON object whose members are the arguments, the first of an array of such,
    /// or any JSON for a routine that takes one unnamed.
    record Json(String json, List<String> names) implements Arguments {
        public boolean isArray() {
            return json.stripLeading().startsWith("[");
        }
    }

    /// A body that is no JSON, for a routine that takes one unnamed argument of a fitting type;
    /// bytes as hexadecimal digits.
    record Whole(String body, Kind kind) implements Arguments {
        @Override
        public List<String> names() {
            return List.of();
        }

        public enum Kind {
            TEXT,
            XML,
            BYTES
        }
    }
}
