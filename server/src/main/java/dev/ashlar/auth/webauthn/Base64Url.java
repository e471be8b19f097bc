package dev.ashlar.auth.webauthn;

import java.util.Base64;
import java.util.Optional;

/// Bytes as WebAuthn's JSON has them: base64url without padding (RFC 4648, section 5).
final class Base64Url {
    private Base64Url() {}

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Empty when the text is something else.
    static Optional<byte[]> find(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Of text that was written by [#text].
    static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
