package dev.ashlar.auth.provider;

import dev.ashlar.auth.link.RegisteredRedirects;
import dev.ashlar.auth.token.OneTimeSecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// An application of others that may ask for tokens (RFC 6749, 2). `secretHash` is SHA-256 in hex;
/// empty for public clients.
public record OAuthClient(
        UUID id,
        Optional<String> secretHash,
        Registration registration,
        ClientMetadata metadata,
        Instant createdAt,
        Instant updatedAt) {
    /// What an unknown client's secret is compared with, so that it takes as long.
    private static final String NOBODY = OneTimeSecret.hash("");

    /// Who has registered it.
    public enum Registration {
        /// An administrator.
        MANUAL,
        /// The client itself (RFC 7591).
        DYNAMIC
    }

    public RegisteredRedirects redirects() {
        return new RegisteredRedirects(metadata.redirectUris());
    }

    public boolean uses(String grantType) {
        return metadata.grantTypes().contains(grantType);
    }

    /// In constant time, also for a client that nobody knows.
    public static boolean isSecretOf(Optional<OAuthClient> client, String secret) {
        String known = client.flatMap(OAuthClient::secretHash).orElse(NOBODY);
        return MessageDigest.isEqual(
                        known.getBytes(StandardCharsets.US_ASCII),
                        OneTimeSecret.hash(secret).getBytes(StandardCharsets.US_ASCII))
                && client.flatMap(OAuthClient::secretHash).isPresent();
    }

    @Override
    public String toString() {
        return "OAuthClient[" + id + "]";
    }
}
