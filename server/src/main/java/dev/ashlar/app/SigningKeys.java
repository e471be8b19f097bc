package dev.ashlar.app;

import dev.ashlar.auth.token.ApiKeys;
import dev.ashlar.config.Secret;
import java.time.Instant;
import java.util.Optional;

/// The secret that signs tokens, and the API keys that follow from it.
public record SigningKeys(Secret jwtSecret, ApiKeys apiKeys) {
    /// With a secret of the user's, the keys follow from it alone: every machine that is given it
    /// makes the same ones.
    private static final Instant FIXED = Instant.parse("2026-01-01T00:00:00Z");

    /// The configured secret, else that of the data directory, which is made when it is new.
    public static SigningKeys of(Config config) {
        Optional<Secret> configured = config.auth().jwtSecret();
        if (configured.isPresent()) {
            return derive(configured.get(), FIXED);
        }
        Secrets secrets = Secrets.loadOrCreate(config.data().dir());
        return derive(secrets.jwtSecret(), secrets.issuedAt());
    }

    private static SigningKeys derive(Secret secret, Instant issuedAt) {
        try {
            return new SigningKeys(secret, ApiKeys.derive(secret, issuedAt));
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "auth.jwt-secret cannot be used: " + e.getMessage(),
                    "Give it 32 bytes or more, such as the output of: openssl rand -base64 48",
                    e);
        }
    }
}
