package dev.ashlar.face.authapi;

import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.message.TextMessage.Channel;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.json.StorableJson;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.LimitProblem.BodyTooLarge;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem.BodyMalformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The JSON object that a request holds. A member that is null is taken as absent; one of the wrong
/// type is refused as [BodyMalformed].
final class AuthBody {
    private static final int MAX_BYTES = 256 * 1024;

    private final JsonObject members;

    private AuthBody(JsonObject members) {
        this.members = members;
    }

    static AuthBody parse(HttpRequest request) {
        if (request.body().length() > MAX_BYTES) {
            throw new ProblemException(new BodyTooLarge(MAX_BYTES));
        }
        try {
            if (Json.parse(text(request)) instanceof JsonObject object) {
                Optional<String> fault = StorableJson.findFault(object);
                if (fault.isPresent()) {
                    throw malformed("Could not parse request body as JSON: " + fault.get());
                }
                return new AuthBody(object);
            }
            throw malformed("Request body must be a JSON object");
        } catch (MalformedJsonException e) {
            throw malformed("Could not parse request body as JSON: " + e.getMessage());
        }
    }

    /// For endpoints that may be called without a body.
    static AuthBody parseOptional(HttpRequest request) {
        return request.body().length() == 0 ? new AuthBody(JsonObject.EMPTY) : parse(request);
    }

    /// Empty for an empty string too: clients send those for fields left blank.
    Optional<String> findText(String name) {
        return members.find(name)
                .map(value -> {
                    if (value instanceof JsonString(String text)) {
                        return text;
                    }
                    throw wrongType(name, "a string");
                })
                .filter(text -> !text.isEmpty());
    }

    Optional<EmailAddress> findEmail(String name) {
        return findText(name).map(EmailAddress::parse);
    }

    Optional<PhoneNumber> findPhone(String name) {
        return findText(name).map(PhoneNumber::parse);
    }

    /// How a text is to travel; by SMS unless something else is asked for.
    Channel channel() {
        return switch (findText("channel").orElse("sms")) {
            case "sms" -> Channel.SMS;
            case "whatsapp" -> Channel.WHATSAPP;
            default ->
                    throw new ProblemException(
                            new ValidationFailed(
                                    "Invalid channel, supported values are sms and whatsapp"));
        };
    }

    JsonObject all() {
        return members;
    }

    boolean has(String name) {
        return members.find(name).isPresent();
    }

    Optional<JsonObject> findObject(String name) {
        return members.find(name)
                .map(value -> {
                    if (value instanceof JsonObject object) {
                        return object;
                    }
                    throw wrongType(name, "an object");
                });
    }

    Optional<List<String>> findTexts(String name) {
        return members.find(name)
                .map(value -> {
                    if (value instanceof JsonArray(List<JsonValue> elements)
                            && elements.stream().allMatch(JsonString.class::isInstance)) {
                        return elements.stream()
                                .map(element -> ((JsonString) element).text())
                                .toList();
                    }
                    throw wrongType(name, "an array of strings");
                });
    }

    /// False when absent.
    boolean flag(String name) {
        Optional<JsonValue> value = members.find(name);
        if (value.isPresent() && !(value.get() instanceof JsonBoolean)) {
            throw wrongType(name, "true or false");
        }
        return value.equals(Optional.of(JsonBoolean.TRUE));
    }

    private static String text(HttpRequest request) {
        try {
            byte[] bytes = request.body().getBytes();
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw malformed("Could not parse request body as JSON: it is not UTF-8");
        }
    }

    private static ProblemException wrongType(String name, String expected) {
        return malformed("Could not parse request body as JSON: " + name + " must be " + expected);
    }

    private static ProblemException malformed(String reason) {
        return new ProblemException(new BodyMalformed(reason));
    }
}
