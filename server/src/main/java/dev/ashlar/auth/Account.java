package dev.ashlar.auth;

import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody who may sign in, as stored; without any secret. Times are exact to the microsecond.
public record Account(
        UUID id,
        String audience,
        String role,
        Contact contact,
        Metadata metadata,
        Moments moments,
        List<Identity> identities,
        Kind kind) {

    /// How a person is reached. `newEmail` waits for its confirmation.
    public record Contact(
            @Nullable String email,
            @Nullable Instant emailConfirmedAt,
            @Nullable String phone,
            @Nullable Instant phoneConfirmedAt,
            @Nullable String newEmail) {}

    /// `app` is set by admins alone and may be trusted by policies; `user` is the person's own.
    public record Metadata(JsonObject app, JsonObject user) {}

    /// When what happened.
    public record Moments(
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant lastSignInAt,
            @Nullable Instant invitedAt,
            @Nullable Instant bannedUntil,
            @Nullable Instant deletedAt) {}

    /// Whether the account has a name to come back by.
    public enum Kind {
        PERMANENT,
        ANONYMOUS
    }

    public boolean isBannedAt(Instant now) {
        return moments.bannedUntil() != null && now.isBefore(moments.bannedUntil());
    }

    public boolean isDeleted() {
        return moments.deletedAt() != null;
    }

    public boolean isConfirmed() {
        return contact.emailConfirmedAt() != null || contact.phoneConfirmedAt() != null;
    }
}
