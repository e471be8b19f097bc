package dev.ashlar.json;

import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells what JSON allows and PostgreSQL's jsonb does not (documentation 8.14: NUL, half of a
/// surrogate pair, numbers beyond numeric), before it is stored and while somebody can still be
/// told; and numbers that jsonb writes with more digits than [Json#parse] reads.
public final class StorableJson {
    private static final int MAX_NUMBER_DIGITS = 1_000;

    private StorableJson() {}

    /// Why the value cannot be stored.
    public static Optional<String> findFault(JsonValue value) {
        return switch (value) {
            case JsonObject object ->
                    object.members().entrySet().stream()
                            .flatMap(member ->
                                    Stream.of(
                                            textFault(member.getKey()),
                                            findFault(member.getValue())))
                            .flatMap(Optional::stream)
                            .findFirst();
            case JsonArray array ->
                    array.elements().stream()
                            .map(StorableJson::findFault)
                            .flatMap(Optional::stream)
                            .findFirst();
            case JsonString(String text) -> textFault(text);
            case JsonNumber number ->
                    number.digits() > MAX_NUMBER_DIGITS
                            ? Optional.of("a number has too many digits")
                            : Optional.empty();
            case JsonBoolean _, JsonNull _ -> Optional.empty();
        };
    }

    private static Optional<String> textFault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return Optional.of("text with NUL or half a surrogate pair cannot be stored");
            }
        }
        return Optional.empty();
    }
}
