package dev.ashlar.auth.social;

import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.UUID;

/// A provider that an admin has added. `definition` has the members of the admin API, without the
/// secret, which stands sealed in `sealedSecret`.
public record CustomProvider(
        UUID id,
        String identifier,
        ProviderType type,
        JsonObject definition,
        String sealedSecret,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {

    /// What the provider speaks.
    public enum ProviderType {
        OAUTH2,
        OIDC
    }

    @Override
    public String toString() {
        return "CustomProvider[" + identifier + "]";
    }
}
