package dev.ashlar.auth.message;

import dev.ashlar.json.JsonValue.JsonObject;
import java.util.Locale;

/// A text to a phone; `phone` is digits without the plus. It holds a code that signs people in, and
/// for the hook that may word it otherwise the code alone and whose it is.
public record TextMessage(
        String phone, Channel channel, String text, String code, JsonObject user) {

    /// By what it travels.
    public enum Channel {
        SMS,
        WHATSAPP;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return "TextMessage[" + channel.word() + "]";
    }
}
