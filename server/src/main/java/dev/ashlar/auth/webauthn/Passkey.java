package dev.ashlar.auth.webauthn;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A credential that somebody signs in with, and what they call it.
public record Passkey(
        UUID id,
        UUID account,
        WebAuthnCredential credential,
        Optional<String> name,
        Instant createdAt,
        Optional<Instant> lastUsedAt) {}
