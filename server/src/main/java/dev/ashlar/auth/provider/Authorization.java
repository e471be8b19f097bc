package dev.ashlar.auth.provider;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A request that waits for a decision, or had one. `account` is whoever has picked it up first;
/// nobody else may decide.
public record Authorization(
        UUID clientId,
        Optional<UUID> account,
        Status status,
        AuthorizationRequest request,
        Instant createdAt,
        Instant expiresAt) {

    /// The life of a request.
    public enum Status {
        PENDING,
        APPROVED,
        DENIED
    }

    public boolean isOpenAt(Instant now) {
        return status == Status.PENDING && now.isBefore(expiresAt);
    }
}
