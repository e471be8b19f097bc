package dev.ashlar.auth;

import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.sessions`, `auth.mfa_amr_claims` and `auth.refresh_tokens`.
///
/// Whoever changes refresh tokens holds the lock of their session ([#lock]): that makes everything
/// that happens in one session happen in one order.
final class SessionStore {
    // refreshed_at has no time zone in the layout that existing migrations expect: it holds UTC.
    private static final String SELECT =
            """
            select s.id, s.user_id, s.created_at, s.refreshed_at at time zone 'utc' as refreshed_at,
              s.not_after, s.aal::text as aal,
              coalesce((select a.authentication_method from auth.mfa_amr_claims a
                where a.session_id = s.id order by a.created_at limit 1), 'password') as method
            from auth.sessions s where s.id = $1
            """;

    /// A refresh token as stored. `hash` is SHA-256 of the token in hex.
    record StoredToken(String hash, UUID sessionId, State state, Instant changedAt) {}

    enum State {
        ACTIVE,
        REVOKED
    }

    void insert(SqlTransaction tx, Session session, Visitor visitor) {
        tx.execute(
                SqlText.of(
                        """
                        insert into auth.sessions
                          (id, user_id, created_at, updated_at, aal, not_after, user_agent, ip)
                        values ($1, $2, $3, $3, 'aal1', $4, $5, $6::text::inet)
                        """,
                        session.id(),
                        session.accountId(),
                        session.createdAt(),
                        session.notAfter(),
                        visitor.userAgent().replace("\0", ""),
                        visitor.findIp().orElse(null)));
        tx.execute(
                SqlText.of(
                        """
                        insert into auth.mfa_amr_claims
                          (id, session_id, created_at, updated_at, authentication_method)
                        values ($1, $2, $3, $3, $4)
                        """,
                        UUID.randomUUID(),
                        session.id(),
                        session.createdAt(),
                        session.method()));
    }

    Optional<Session> find(SqlTransaction tx, UUID id) {
        return tx.find(SqlText.of(SELECT, id)).map(SessionStore::session);
    }

    /// Nobody else may refresh or end the session until the transaction ends.
    Optional<Session> lock(SqlTransaction tx, UUID id) {
        return tx.find(SqlText.of(SELECT + " for update of s", id)).map(SessionStore::session);
    }

    void recordRefresh(SqlTransaction tx, UUID id, Instant now) {
        tx.execute(
                SqlText.of(
                        """
                        update auth.sessions
                        set refreshed_at = $2::timestamptz at time zone 'utc', updated_at = $2
                        where id = $1
                        """,
                        id,
                        now));
    }

    /// Ends the session but keeps its tokens, so that one that comes back is known as used.
    void revokeFamily(SqlTransaction tx, UUID id, Instant now) {
        tx.execute(
                SqlText.of(
                        "update auth.sessions set not_after = $2, updated_at = $2 where id = $1",
                        id,
                        now));
        tx.execute(
                SqlText.of(
                        """
                        update auth.refresh_tokens set revoked = true, updated_at = $2
                        where session_id = $1 and not coalesce(revoked, false)
                        """,
                        id,
                        now));
    }

    void end(SqlTransaction tx, UUID id) {
        tx.execute(SqlText.of("delete from auth.sessions where id = $1", id));
    }

    void endAll(SqlTransaction tx, UUID accountId) {
        tx.execute(SqlText.of("delete from auth.sessions where user_id = $1", accountId));
    }

    void endOthers(SqlTransaction tx, UUID accountId, UUID kept) {
        tx.execute(
                SqlText.of(
                        "delete from auth.sessions where user_id = $1 and id <> $2",
                        accountId,
                        kept));
    }

    Optional<StoredToken> findToken(SqlTransaction tx, String hash) {
        return tx.find(
                        SqlText.of(
                                """
                                select token, session_id, coalesce(revoked, false) as revoked,
                                  updated_at
                                from auth.refresh_tokens
                                where token = $1 and session_id is not null
                                """,
                                hash))
                .map(row ->
                        new StoredToken(
                                row.requireText("token"),
                                row.requireUuid("session_id"),
                                row.requireBoolean("revoked") ? State.REVOKED : State.ACTIVE,
                                row.requireInstant("updated_at")));
    }

    void insertToken(
            SqlTransaction tx, Session session, String hash, Optional<String> parent, Instant now) {
        tx.execute(
                SqlText.of(
                        """
                        insert into auth.refresh_tokens (instance_id, token, user_id, revoked,
                          created_at, updated_at, parent, session_id)
                        values ('00000000-0000-0000-0000-000000000000', $1, $2, false, $3, $3, $4,
                          $5)
                        """,
                        hash,
                        session.accountId().toString(),
                        now,
                        parent.orElse(null),
                        session.id()));
    }

    void revokeToken(SqlTransaction tx, String hash, Instant now) {
        tx.execute(
                SqlText.of(
                        "update auth.refresh_tokens set revoked = true, updated_at = $2"
                                + " where token = $1",
                        hash,
                        now));
    }

    private static Session session(SqlRow row) {
        return new Session(
                row.requireUuid("id"),
                row.requireUuid("user_id"),
                row.requireInstant("created_at"),
                row.findInstant("refreshed_at").orElse(null),
                row.findInstant("not_after").orElse(null),
                row.findText("aal").orElse("aal1"),
                row.requireText("method"));
    }
}
