package dev.ashlar.auth.session;

import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.session.SessionStore.LockedToken;
import dev.ashlar.auth.session.SessionStore.State;
import dev.ashlar.auth.session.SessionStore.StoredToken;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.RefreshTokenAlreadyUsed;
import dev.ashlar.problem.AuthProblem.RefreshTokenNotFound;
import dev.ashlar.problem.AuthProblem.SessionExpired;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rotation: each refresh token is good once, and replaced by its successor.
///
/// Within the reuse window a used one leads to the successor that is active now, so that a session
/// has one live line of tokens at any time. Beyond the window it has been stolen, by whoever came
/// first or second, and the whole session ends (RFC 9700, 4.14.2).
public final class RefreshTokens {
    /// Successors followed within one window; a client that refreshes faster is broken.
    private static final int MAX_STEPS = 1_000;

    private final SessionStore sessions;
    private final RefreshTokenSecret secret;
    private final AuthConfig config;

    public RefreshTokens(SessionStore sessions, RefreshTokenSecret secret, AuthConfig config) {
        this.sessions = sessions;
        this.secret = secret;
        this.config = config;
    }

    /// What came of a refresh; both kinds are to be committed.
    public sealed interface Rotation {
        record Rotated(Session session, String token) implements Rotation {}

        /// The token was used before, and not just now: its session was ended.
        record Replayed(Session session) implements Rotation {}

        record Refused(AuthProblem problem) implements Rotation {}
    }

    /// The first token of a new session.
    public String start(SqlTransaction tx, Session session, Instant now) {
        String token = secret.first();
        sessions.insertToken(tx, session, RefreshTokenSecret.hash(token), Optional.empty(), now);
        return token;
    }

    /// A token of the person's own session.
    public Rotation rotate(SqlTransaction tx, String token, Instant now) {
        return rotate(tx, token, Optional.empty(), now);
    }

    /// A token of a session that was given to this client. That of anybody else is unknown here.
    public Rotation rotate(SqlTransaction tx, String token, UUID client, Instant now) {
        return rotate(tx, token, Optional.of(client), now);
    }

    private Rotation rotate(SqlTransaction tx, String token, Optional<UUID> client, Instant now) {
        String hash = RefreshTokenSecret.hash(token);
        Optional<LockedToken> locked =
                sessions.lockByToken(tx, hash).filter(found -> isHeldBy(found.session(), client));
        if (locked.isEmpty()) {
            return new Rotation.Refused(new RefreshTokenNotFound());
        }
        Session session = locked.get().session();
        StoredToken stored = locked.get().token();
        if (stored.state() == State.REVOKED) {
            return reuse(tx, session, token, stored, now);
        }
        if (session.isOverAt(now, config)) {
            sessions.end(tx, session.id());
            return new Rotation.Refused(new SessionExpired());
        }
        sessions.revokeToken(tx, hash, now);
        sessions.recordRefresh(tx, session.id(), now);
        return new Rotation.Rotated(session, replace(tx, session, token, now));
    }

    private Rotation reuse(
            SqlTransaction tx, Session session, String token, StoredToken stored, Instant now) {
        Instant windowEnd = stored.changedAt().plus(config.refreshReuseWindow());
        if (session.isOverAt(now) || !now.isBefore(windowEnd)) {
            sessions.revokeFamily(tx, session.id(), earlier(session.notAfter(), now));
            return new Rotation.Replayed(session);
        }
        String current = token;
        for (int i = 0; i < MAX_STEPS; i++) {
            String next = secret.successor(current);
            Optional<StoredToken> known = sessions.findToken(tx, RefreshTokenSecret.hash(next));
            if (known.isEmpty()) {
                // The key of successors was changed in between: nobody can name the active one.
                sessions.revokeFamily(tx, session.id(), now);
                return new Rotation.Replayed(session);
            }
            if (known.get().state() == State.ACTIVE) {
                return new Rotation.Rotated(session, next);
            }
            current = next;
        }
        return new Rotation.Refused(new RefreshTokenAlreadyUsed());
    }

    private String replace(SqlTransaction tx, Session session, String token, Instant now) {
        String next = secret.successor(token);
        sessions.insertToken(
                tx,
                session,
                RefreshTokenSecret.hash(next),
                Optional.of(RefreshTokenSecret.hash(token)),
                now);
        return next;
    }

    private static boolean isHeldBy(Session session, Optional<UUID> client) {
        return session.delegation().map(Delegation::clientId).equals(client);
    }

    private static Instant earlier(@Nullable Instant end, Instant now) {
        return end != null && end.isBefore(now) ? end : now;
    }
}
