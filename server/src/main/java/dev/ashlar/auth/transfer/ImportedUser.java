package dev.ashlar.auth.transfer;

import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A user of another system. There is an `email`, a `phone` or an identity; of `password` (as
/// typed) and `passwordHash` at most one.
public record ImportedUser(
        @Nullable UUID id,
        @Nullable String email,
        @Nullable Instant emailConfirmedAt,
        @Nullable String phone,
        @Nullable Instant phoneConfirmedAt,
        @Nullable String password,
        @Nullable String passwordHash,
        JsonObject userMetadata,
        JsonObject appMetadata,
        List<ImportedIdentity> identities,
        @Nullable Instant createdAt,
        @Nullable Instant bannedUntil) {
    @Override
    public String toString() {
        return "ImportedUser[" + id + "]";
    }
}
