package dev.ashlar.auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One sign-in on one device, from its sign-in until it is ended or its time is up. `method` is how
/// it began, such as `password`; `level` its assurance, `aal1` or `aal2`.
record Session(
        UUID id,
        UUID accountId,
        Instant createdAt,
        @Nullable Instant refreshedAt,
        @Nullable Instant notAfter,
        String level,
        String method) {

    boolean isOverAt(Instant now) {
        return notAfter != null && !now.isBefore(notAfter);
    }

    Instant lastActiveAt() {
        return refreshedAt == null ? createdAt : refreshedAt;
    }
}
