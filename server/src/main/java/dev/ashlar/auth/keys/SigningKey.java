package dev.ashlar.auth.keys;

import dev.ashlar.auth.token.SigningAlgorithm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A pair as the operator sees it: nothing private. `id` is the `kid` of the tokens under it.
public record SigningKey(
        String id,
        SigningAlgorithm algorithm,
        Status status,
        String publicJwk,
        Instant createdAt,
        @Nullable Instant activatedAt,
        @Nullable Instant retiredAt) {

    /// The life of a pair, in this order. All but the last verify tokens and are published.
    public enum Status {
        /// Known to everybody, signs nothing yet: when it begins to, no verifier is surprised.
        STANDBY,
        CURRENT,
        /// Signs no more; tokens that it signed run out.
        PREVIOUS,
        REVOKED
    }

    public boolean verifies() {
        return status != Status.REVOKED;
    }
}
