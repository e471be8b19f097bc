package dev.ashlar.auth.message;

import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;

/// What the placeholders of a mail stand for. `data` is the account's user metadata: people write
/// it themselves, so it is cut short.
public record MailValues(
        String confirmationUrl,
        String token,
        String tokenHash,
        String siteUrl,
        String redirectTo,
        String email,
        String newEmail,
        JsonObject data,
        Before before) {
    private static final int MAX_DATA_CHARS = 200;

    /// What a notice tells of beside the account; empty where it is about something else.
    public record Before(
            String oldEmail, String phone, String oldPhone, String provider, String factorType) {
        public static final Before NOTHING = new Before("", "", "", "", "");
    }

    /// For mail with a code or link.
    public MailValues(
            String confirmationUrl,
            String token,
            String tokenHash,
            String siteUrl,
            String redirectTo,
            String email,
            String newEmail,
            JsonObject data) {
        this(
                confirmationUrl,
                token,
                tokenHash,
                siteUrl,
                redirectTo,
                email,
                newEmail,
                data,
                Before.NOTHING);
    }

    /// For a notice of what has happened.
    public static MailValues notice(String siteUrl, String email, JsonObject data, Before before) {
        return new MailValues("", "", "", siteUrl, "", email, "", data, before);
    }

    @Override
    public String toString() {
        return "MailValues[]";
    }

    /// Empty when there is no such placeholder; nothing is known of what `Data` holds.
    Optional<String> find(String name) {
        return switch (name) {
            case "ConfirmationURL" -> Optional.of(confirmationUrl);
            case "Token" -> Optional.of(token);
            case "TokenHash" -> Optional.of(tokenHash);
            case "SiteURL" -> Optional.of(siteUrl);
            case "RedirectTo" -> Optional.of(redirectTo);
            case "Email" -> Optional.of(email);
            case "NewEmail" -> Optional.of(newEmail);
            case "OldEmail" -> Optional.of(before.oldEmail());
            case "Phone" -> Optional.of(before.phone());
            case "OldPhone" -> Optional.of(before.oldPhone());
            case "Provider" -> Optional.of(before.provider());
            case "FactorType" -> Optional.of(before.factorType());
            default ->
                    name.startsWith("Data.")
                            ? Optional.of(data(List.of(name.substring(5).split("\\."))))
                            : Optional.empty();
        };
    }

    private String data(List<String> path) {
        JsonValue value = data;
        for (String step : path) {
            if (!(value instanceof JsonObject object) || object.find(step).isEmpty()) {
                return "";
            }
            value = object.find(step).orElseThrow();
        }
        String text =
                switch (value) {
                    case JsonString(String string) -> string;
                    case JsonNumber number -> number.plain();
                    case JsonBoolean truth -> Boolean.toString(truth.equals(JsonBoolean.TRUE));
                    default -> "";
                };
        return text.length() > MAX_DATA_CHARS ? text.substring(0, MAX_DATA_CHARS) : text;
    }
}
