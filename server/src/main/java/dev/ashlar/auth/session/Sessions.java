package dev.ashlar.auth.session;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.session.RefreshTokens.Rotation;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Starts and continues sessions within a transaction of the caller's.
public final class Sessions {
    private final SessionStore store;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final AuthConfig config;

    public Sessions(
            SessionStore store,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            AuthConfig config) {
        this.store = store;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.config = config;
    }

    public IssuedSession start(
            SqlTransaction tx, Account account, String method, Visitor visitor, Instant now) {
        return startUntil(tx, account, method, Optional.empty(), visitor, now);
    }

    /// One that ends at `end` at the latest, however active.
    public IssuedSession startUntil(
            SqlTransaction tx,
            Account account,
            String method,
            Optional<Instant> end,
            Visitor visitor,
            Instant now) {
        Session session =
                new Session(
                        HookCall.freshId(tx),
                        account.id(),
                        now,
                        null,
                        end.orElse(null),
                        Session.FIRST_LEVEL,
                        List.of(new AuthenticationMethod(method, now)));
        store.insert(tx, session, visitor);
        if (config.singleSession()) {
            // Whoever signs in holds the lock of the account's row: the last one stays alone.
            store.endOtherSignIns(tx, account.id(), session.id());
        }
        return issue(tx, account, session, refreshTokens.start(tx, session, now), method, now);
    }

    /// A session for a client, as sure of the person as the one in which they agreed.
    public IssuedSession delegate(
            SqlTransaction tx, Account account, Session session, Visitor visitor, Instant now) {
        store.insert(tx, session, visitor);
        return issue(
                tx,
                account,
                session,
                refreshTokens.start(tx, session, now),
                "oauth_authorization_code",
                now);
    }

    /// All of the account's; those that begin later go on.
    public void endAll(SqlTransaction tx, Account account) {
        store.endAll(tx, account.id());
    }

    public IssuedSession continued(
            SqlTransaction tx, Account account, Rotation.Rotated rotated, Instant now) {
        return issue(tx, account, rotated.session(), rotated.token(), "token_refresh", now);
    }

    /// Raises the session after a second factor was given. Its refresh tokens of before are gone
    /// with that: one that was stolen must not rise with it. Empty when the session has ended.
    public Optional<IssuedSession> raise(
            SqlTransaction tx,
            Account account,
            UUID id,
            Optional<UUID> factor,
            String method,
            Instant now) {
        if (store.lock(tx, id).filter(session -> !session.isOverAt(now)).isEmpty()) {
            return Optional.empty();
        }
        store.deleteTokens(tx, id);
        store.raise(tx, id, factor, now);
        store.insertMethod(tx, id, new AuthenticationMethod(method, now));
        Session raised = store.find(tx, id).orElseThrow();
        String token = refreshTokens.start(tx, raised, now);
        return Optional.of(issue(tx, account, raised, token, method, now));
    }

    /// For whoever holds the session by other means than a refresh token.
    String accessToken(SqlTransaction tx, Account account, Session session, Instant now) {
        return accessTokens.issue(tx, account, session, "token_refresh", now);
    }

    private IssuedSession issue(
            SqlTransaction tx,
            Account account,
            Session session,
            String refreshToken,
            String method,
            Instant now) {
        return new IssuedSession(
                accessTokens.issue(tx, account, session, method, now),
                config.tokenLifetime(),
                now.plus(config.tokenLifetime()),
                refreshToken,
                account);
    }
}
