package dev.ashlar.auth.account;

import java.util.Optional;
import java.util.UUID;

/// An id as text of 36 characters (RFC 9562, section 4), and nothing shorter that the JDK would
/// take for one.
public final class UuidText {
    private static final int CHARS = 36;

    private UuidText() {}

    public static Optional<UUID> find(String text) {
        try {
            return text.length() == CHARS ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
