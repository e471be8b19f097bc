package dev.ashlar.auth.token;

import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One step of a [RoleClaimPath]: from a value to those that it leads to, none when it does not
/// fit.
sealed interface ClaimStep {
    Stream<JsonValue> from(JsonValue value);

    record Member(String name) implements ClaimStep {
        @Override
        public Stream<JsonValue> from(JsonValue value) {
            return value instanceof JsonObject object ? object.find(name).stream() : Stream.empty();
        }
    }

    /// Counted from the end when negative.
    record Element(int index) implements ClaimStep {
        @Override
        public Stream<JsonValue> from(JsonValue value) {
            if (!(value instanceof JsonArray(List<JsonValue> elements))) {
                return Stream.empty();
            }
            int at = index < 0 ? elements.size() + index : index;
            return at >= 0 && at < elements.size() ? Stream.of(elements.get(at)) : Stream.empty();
        }
    }

    /// Of a list its elements, of a text its characters; a bound is counted from the end when
    /// negative, and absent for the end itself.
    record Slice(@Nullable Integer from, @Nullable Integer to) implements ClaimStep {
        @Override
        public Stream<JsonValue> from(JsonValue value) {
            return switch (value) {
                case JsonString(String text) -> {
                    int start = bound(from, 0, text.length());
                    int end = bound(to, text.length(), text.length());
                    yield start < end
                            ? Stream.of(new JsonString(text.substring(start, end)))
                            : Stream.empty();
                }
                case JsonArray(List<JsonValue> elements) -> {
                    int start = bound(from, 0, elements.size());
                    int end = bound(to, elements.size(), elements.size());
                    yield start < end ? elements.subList(start, end).stream() : Stream.empty();
                }
                case JsonValue _ -> Stream.empty();
            };
        }

        private static int bound(@Nullable Integer bound, int otherwise, int length) {
            if (bound == null) {
                return otherwise;
            }
            return Math.clamp(bound < 0 ? (long) length + bound : bound, 0, length);
        }
    }

    /// The elements of a list, or the members of an object, that a text says something of.
    record Filter(List<ClaimStep> operand, Predicate<String> condition) implements ClaimStep {
        @Override
        public Stream<JsonValue> from(JsonValue value) {
            return switch (value) {
                case JsonArray(List<JsonValue> elements) -> elements.stream().filter(this::holds);
                case JsonObject object -> object.members().values().stream().filter(this::holds);
                case JsonValue _ -> Stream.empty();
            };
        }

        private boolean holds(JsonValue value) {
            Optional<JsonValue> found = follow(value, operand).findFirst();
            return found.isPresent()
                    && found.get() instanceof JsonString(String text)
                    && condition.test(text);
        }
    }

    static Stream<JsonValue> follow(JsonValue value, List<ClaimStep> steps) {
        Stream<JsonValue> values = Stream.of(value);
        for (ClaimStep step : steps) {
            values = values.flatMap(step::from);
        }
        return values;
    }
}
