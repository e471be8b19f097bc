package dev.ashlar.auth.message;

import java.util.Locale;

/// A text to a phone; `phone` is digits without the plus. It holds a code that signs people in.
public record TextMessage(String phone, Channel channel, String text) {

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
