package dev.ashlar.auth.account;

import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One way in which an account can sign in. `providerId` is the provider's own name for the person;
/// of the provider `email` it is the account's id.
public record Identity(
        UUID id,
        UUID accountId,
        String provider,
        String providerId,
        JsonObject details,
        @Nullable String email,
        @Nullable Instant lastSignInAt,
        Instant createdAt,
        Instant updatedAt) {

    /// The same, as its provider tells of the person when they sign in again.
    public Identity toldAgain(JsonObject details, @Nullable String email, Instant now) {
        return new Identity(
                id, accountId, provider, providerId, details, email, now, createdAt, now);
    }
}
