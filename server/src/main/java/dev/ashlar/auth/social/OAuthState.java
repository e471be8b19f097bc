package dev.ashlar.auth.social;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Somebody is at a provider. `flow` is the client's PKCE flow, which ends in a code; `linking` the
/// account that the identity is to be added to. `sealed` holds what the visit needs to end.
public record OAuthState(
        String provider,
        Optional<String> redirectTo,
        Optional<UUID> flow,
        Optional<UUID> linking,
        String sealed,
        Instant createdAt) {}
