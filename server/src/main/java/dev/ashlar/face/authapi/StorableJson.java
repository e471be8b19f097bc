package dev.ashlar.face.authapi;

import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem.BodyMalformed;
import java.math.BigDecimal;

/// Refuses what JSON allows and PostgreSQL's jsonb does not (documentation 8.14: NUL, half of a
/// surrogate pair, numbers beyond numeric), here where the caller can still be told.
final class StorableJson {
    private static final int MAX_NUMBER_DIGITS = 1_000;

    private StorableJson() {}

    static void require(JsonValue value) {
        switch (value) {
            case JsonObject object ->
                    object.members()
                            .forEach((name, member) -> {
                                requireText(name);
                                require(member);
                            });
            case JsonArray array -> array.elements().forEach(StorableJson::require);
            case JsonString(String text) -> requireText(text);
            case JsonNumber(BigDecimal number) -> requireNumber(number);
            case JsonBoolean _, JsonNull _ -> {}
        }
    }

    private static void requireText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw refused("text with NUL or half a surrogate pair cannot be stored");
            }
        }
    }

    private static void requireNumber(BigDecimal number) {
        // In long arithmetic: the exponent may be near the end of int.
        long magnitude = Math.abs((long) number.scale()) + number.precision();
        if (magnitude > MAX_NUMBER_DIGITS) {
            throw refused("a number has too many digits");
        }
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(
                new BodyMalformed("Could not parse request body as JSON: " + reason));
    }
}
