package dev.ashlar.auth.saml;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Somebody is at an identity provider, with our request. `flow` is the client's PKCE flow, which
/// ends in a code.
public record RelayState(
        UUID id,
        UUID provider,
        String requestId,
        Optional<String> redirectTo,
        Optional<UUID> flow,
        Instant createdAt) {}
