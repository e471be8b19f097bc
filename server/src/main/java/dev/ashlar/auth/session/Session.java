package dev.ashlar.auth.session;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One sign-in on one device, from its sign-in until it is ended or its time is up. `methods` are
/// the proofs given so far, the latest first; `level` is its assurance, `aal1` or `aal2`.
public record Session(
        UUID id,
        UUID accountId,
        Instant createdAt,
        @Nullable Instant refreshedAt,
        @Nullable Instant notAfter,
        String level,
        List<AuthenticationMethod> methods) {

    public Session {
        methods = List.copyOf(methods);
    }

    public boolean isOverAt(Instant now) {
        return notAfter != null && !now.isBefore(notAfter);
    }

    public Instant lastActiveAt() {
        return refreshedAt == null ? createdAt : refreshedAt;
    }
}
