package dev.ashlar.auth.session;

import dev.ashlar.auth.config.AuthConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One sign-in on one device, from its sign-in until it is ended or its time is up. `methods` are
/// the proofs given so far, the latest first; `level` is its assurance, `aal1` or `aal2`. One with
/// a `delegation` belongs to a client, all others to the person.
public record Session(
        UUID id,
        UUID accountId,
        Instant createdAt,
        @Nullable Instant refreshedAt,
        @Nullable Instant notAfter,
        String level,
        List<AuthenticationMethod> methods,
        Optional<Delegation> delegation) {

    public static final String FIRST_LEVEL = "aal1";
    public static final String SECOND_LEVEL = "aal2";

    public Session {
        methods = List.copyOf(methods);
    }

    /// The person's own.
    public Session(
            UUID id,
            UUID accountId,
            Instant createdAt,
            @Nullable Instant refreshedAt,
            @Nullable Instant notAfter,
            String level,
            List<AuthenticationMethod> methods) {
        this(id, accountId, createdAt, refreshedAt, notAfter, level, methods, Optional.empty());
    }

    /// The same, given to a client.
    public Session delegated(Delegation to) {
        return new Session(
                id, accountId, createdAt, refreshedAt, notAfter, level, methods, Optional.of(to));
    }

    /// When the person has proved last who they are.
    public Instant authenticatedAt() {
        return methods.stream()
                .map(AuthenticationMethod::at)
                .max(Instant::compareTo)
                .orElse(createdAt);
    }

    public boolean isOverAt(Instant now) {
        return notAfter != null && !now.isBefore(notAfter);
    }

    /// Also by the settings: it was begun, or last refreshed, too long ago.
    boolean isOverAt(Instant now, AuthConfig config) {
        return isOverAt(now)
                || isPast(createdAt, config.sessionTimebox(), now)
                || isPast(lastActiveAt(), config.sessionInactivity(), now);
    }

    private static boolean isPast(Instant start, Optional<Duration> limit, Instant now) {
        return limit.isPresent() && !now.isBefore(start.plus(limit.get()));
    }

    public Instant lastActiveAt() {
        return refreshedAt == null ? createdAt : refreshedAt;
    }
}
