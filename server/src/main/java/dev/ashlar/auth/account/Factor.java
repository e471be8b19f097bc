package dev.ashlar.auth.account;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A second proof that an account was given; without its secret. `phone` is digits without the
/// plus.
public record Factor(
        UUID id,
        UUID accountId,
        @Nullable String name,
        Type type,
        Status status,
        @Nullable String phone,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastChallengedAt) {

    /// What somebody proves it with.
    public enum Type {
        TOTP,
        PHONE,
        WEBAUTHN;

        /// As the table and the wire have it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A factor counts from the first time that it was used.
    public enum Status {
        UNVERIFIED,
        VERIFIED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isVerified() {
        return status == Status.VERIFIED;
    }
}
