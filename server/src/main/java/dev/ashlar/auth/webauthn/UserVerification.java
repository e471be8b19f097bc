package dev.ashlar.auth.webauthn;

import java.util.Locale;

/// Whether the authenticator must check that it is its owner who is there, by a fingerprint or PIN
/// (WebAuthn Level 3, section 5.8.6).
public enum UserVerification {
    REQUIRED,
    PREFERRED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
