package dev.ashlar.auth.session;

import dev.ashlar.auth.account.StoredJson;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.sessions`, `auth.mfa_amr_claims` and `auth.refresh_tokens`.
///
/// Whoever changes refresh tokens holds the lock of their session ([#lock]): that makes everything
/// that happens in one session happen in one order.
public final class SessionStore {
    // refreshed_at has no time zone in the layout that existing migrations expect: it holds UTC.
    private static final String SELECT_OF =
            """
            select s.id, s.user_id, s.created_at, s.refreshed_at at time zone 'utc' as refreshed_at,
              s.not_after, s.aal::text as aal, s.user_agent, host(s.ip) as ip,
              s.oauth_client_id, s.oauth_scope, s.oauth_resource,
              (select json_agg(json_build_object('method', a.authentication_method,
                  'at', floor(extract(epoch from a.updated_at)))
                  order by a.updated_at desc, a.authentication_method)
                from auth.mfa_amr_claims a where a.session_id = s.id)::text as methods
            from auth.sessions s
            """;

    private static final String SELECT = SELECT_OF + "where s.id = $1";

    private static final String LOCK_BY_TOKEN =
            SELECT_OF
                    + "where s.id = (select session_id from auth.refresh_tokens where token = $1)"
                    + " for update of s";

    private static final String TOKEN =
            """
            select token, session_id, coalesce(revoked, false) as revoked, updated_at
            from auth.refresh_tokens
            where token = $1 and session_id is not null
            """;

    /// A refresh token as stored. `hash` is SHA-256 of the token in hex.
    public record StoredToken(String hash, UUID sessionId, State state, Instant changedAt) {}

    public enum State {
        ACTIVE,
        REVOKED
    }

    public void insert(SqlTransaction tx, Session session, Visitor visitor) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.sessions
                          (id, user_id, created_at, updated_at, aal, not_after, user_agent, ip,
                          oauth_client_id, oauth_scope, oauth_resource)
                        values ($1, $2, $3, $3, $7::text::auth.aal_level, $4, $5, $6::text::inet,
                          $8, $9, $10)
                        """,
                        session.id(),
                        session.accountId(),
                        session.createdAt(),
                        session.notAfter(),
                        visitor.userAgent().replace("\0", ""),
                        visitor.findIp().orElse(null),
                        session.level(),
                        session.delegation().map(Delegation::clientId).orElse(null),
                        session.delegation().map(Delegation::scope).orElse(null),
                        session.delegation().flatMap(Delegation::resource).orElse(null)));
        session.methods().forEach(method -> insertMethod(tx, session.id(), method));
    }

    /// A method that was used in this session before is used again.
    public void insertMethod(SqlTransaction tx, UUID session, AuthenticationMethod method) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.mfa_amr_claims
                          (id, session_id, created_at, updated_at, authentication_method)
                        values ($1, $2, $3, $3, $4)
                        on conflict (session_id, authentication_method)
                        do update set updated_at = excluded.updated_at
                        """,
                        UUID.randomUUID(),
                        session,
                        method.at(),
                        method.name()));
    }

    public Optional<Session> find(SqlTransaction tx, UUID id) {
        return tx.find(SqlText.of(SELECT, id)).map(SessionStore::session);
    }

    /// Nobody else may refresh or end the session until the transaction ends.
    public Optional<Session> lock(SqlTransaction tx, UUID id) {
        return tx.find(SqlText.of(SELECT + " for update of s", id)).map(SessionStore::session);
    }

    /// A token, and its session as [#lock] gives it.
    record LockedToken(StoredToken token, Session session) {}

    /// Locks the session that the token is of. The token is read after the lock was got: whoever
    /// held it before may have used it.
    Optional<LockedToken> lockByToken(SqlTransaction tx, String hash) {
        List<List<SqlRow>> found =
                tx.queryAll(List.of(SqlText.of(LOCK_BY_TOKEN, hash), SqlText.of(TOKEN, hash)));
        return found.getFirst().isEmpty() || found.getLast().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LockedToken(
                                token(found.getLast().getFirst()),
                                session(found.getFirst().getFirst())));
    }

    public void recordRefresh(SqlTransaction tx, UUID id, Instant now) {
        tx.post(
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
    public void revokeFamily(SqlTransaction tx, UUID id, Instant now) {
        tx.post(
                SqlText.of(
                        "update auth.sessions set not_after = $2, updated_at = $2 where id = $1",
                        id,
                        now));
        tx.post(
                SqlText.of(
                        """
                        update auth.refresh_tokens set revoked = true, updated_at = $2
                        where session_id = $1 and not coalesce(revoked, false)
                        """,
                        id,
                        now));
    }

    void raise(SqlTransaction tx, UUID id, Optional<UUID> factor, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        update auth.sessions set aal = 'aal2', factor_id = $2, updated_at = $3
                        where id = $1
                        """,
                        id,
                        factor.orElse(null),
                        now));
    }

    /// Sessions that the factor has raised are back on the first level from their next refresh on.
    /// So are those of clients that carry its method: they have it from a session of the person,
    /// and do not say which factor it was.
    public void lower(SqlTransaction tx, UUID accountId, UUID factor, String method, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        update auth.sessions s set aal = 'aal1', updated_at = $3
                        where s.user_id = $1 and s.oauth_client_id is not null and exists (
                          select from auth.mfa_amr_claims a
                          where a.session_id = s.id and a.authentication_method = $2)
                        """,
                        accountId,
                        method,
                        now));
        tx.post(
                SqlText.of(
                        """
                        delete from auth.mfa_amr_claims a using auth.sessions s
                        where s.id = a.session_id and s.user_id = $1
                          and (s.factor_id = $2 or s.oauth_client_id is not null)
                          and a.authentication_method = $3
                        """,
                        accountId,
                        factor,
                        method));
        tx.post(
                SqlText.of(
                        """
                        update auth.sessions set aal = 'aal1', factor_id = null, updated_at = $2
                        where factor_id = $1
                        """,
                        factor,
                        now));
    }

    /// The same for sessions of an account that were raised by what is no factor of its own, such
    /// as a recovery code.
    public void lowerAll(SqlTransaction tx, UUID accountId, String method, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        update auth.sessions s set aal = 'aal1', updated_at = $3
                        where s.user_id = $1 and s.factor_id is null and exists (
                          select from auth.mfa_amr_claims a
                          where a.session_id = s.id and a.authentication_method = $2)
                        """,
                        accountId,
                        method,
                        now));
        tx.post(
                SqlText.of(
                        """
                        delete from auth.mfa_amr_claims a using auth.sessions s
                        where s.id = a.session_id and s.user_id = $1 and s.factor_id is null
                          and a.authentication_method = $2
                        """,
                        accountId,
                        method));
    }

    void deleteTokens(SqlTransaction tx, UUID id) {
        tx.post(SqlText.of("delete from auth.refresh_tokens where session_id = $1", id));
    }

    public void end(SqlTransaction tx, UUID id) {
        tx.post(SqlText.of("delete from auth.sessions where id = $1", id));
    }

    public void endAll(SqlTransaction tx, UUID accountId) {
        tx.post(SqlText.of("delete from auth.sessions where user_id = $1", accountId));
    }

    public void endOthers(SqlTransaction tx, UUID accountId, UUID kept) {
        tx.post(
                SqlText.of(
                        "delete from auth.sessions where user_id = $1 and id <> $2",
                        accountId,
                        kept));
    }

    /// The person's own, which leaves those of clients.
    public void endOtherSignIns(SqlTransaction tx, UUID accountId, UUID kept) {
        tx.post(
                SqlText.of(
                        """
                        delete from auth.sessions
                        where user_id = $1 and id <> $2 and oauth_client_id is null
                        """,
                        accountId,
                        kept));
    }

    /// Those that the account has given to the client.
    public void endDelegated(SqlTransaction tx, UUID accountId, UUID clientId) {
        tx.post(
                SqlText.of(
                        "delete from auth.sessions where user_id = $1 and oauth_client_id = $2",
                        accountId,
                        clientId));
    }

    public Optional<StoredToken> findToken(SqlTransaction tx, String hash) {
        return tx.find(SqlText.of(TOKEN, hash)).map(SessionStore::token);
    }

    private static StoredToken token(SqlRow row) {
        return new StoredToken(
                row.requireText("token"),
                row.requireUuid("session_id"),
                row.requireBoolean("revoked") ? State.REVOKED : State.ACTIVE,
                row.requireInstant("updated_at"));
    }

    public void insertToken(
            SqlTransaction tx, Session session, String hash, Optional<String> parent, Instant now) {
        tx.post(
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

    public void revokeToken(SqlTransaction tx, String hash, Instant now) {
        tx.post(
                SqlText.of(
                        "update auth.refresh_tokens set revoked = true, updated_at = $2"
                                + " where token = $1",
                        hash,
                        now));
    }

    /// Those that have not ended, the latest first.
    public List<RunningSession> running(SqlTransaction tx, UUID accountId, Instant now) {
        return tx
                .query(
                        SqlText.of(
                                SELECT_OF
                                        + " where s.user_id = $1 and (s.not_after is null or"
                                        + " s.not_after > $2) order by s.created_at desc, s.id limit"
                                        + " 1000",
                                accountId,
                                now))
                .stream()
                .map(row ->
                        new RunningSession(
                                session(row),
                                row.findText("user_agent").orElse(null),
                                row.findText("ip").orElse(null)))
                .toList();
    }

    /// When each id was revoked last, in seconds.
    Map<String, Long> revokedSince(SqlTransaction tx, Instant since) {
        Map<String, Long> revoked = new HashMap<>();
        tx.query(
                        SqlText.of(
                                """
                                select id::text as id,
                                  floor(extract(epoch from max(revoked_at)))::bigint as second
                                from auth.revocations where revoked_at > $1 group by id
                                """,
                                since))
                .forEach(row -> revoked.put(row.requireText("id"), row.requireLong("second")));
        return Map.copyOf(revoked);
    }

    public long deleteRevocations(SqlTransaction tx, Instant before) {
        return tx.execute(SqlText.of("delete from auth.revocations where revoked_at < $1", before));
    }

    /// Sessions that have ended, and used tokens, after they were kept for a while to recognize
    /// what comes back.
    public long deleteOver(SqlTransaction tx, AuthConfig config, Instant now, Instant kept) {
        Instant inactive = config.sessionInactivity().map(now::minus).orElse(null);
        Instant begun = config.sessionTimebox().map(now::minus).orElse(null);
        return tx.execute(
                        SqlText.of(
                                """
                                delete from auth.sessions
                                where not_after < $1
                                  or coalesce(refreshed_at at time zone 'utc', created_at) < $2
                                  or created_at < $3
                                """,
                                kept,
                                inactive,
                                begun))
                + tx.execute(
                        SqlText.of(
                                "delete from auth.refresh_tokens where revoked and updated_at < $1",
                                kept));
    }

    private static Session session(SqlRow row) {
        return new Session(
                row.requireUuid("id"),
                row.requireUuid("user_id"),
                row.requireInstant("created_at"),
                row.findInstant("refreshed_at").orElse(null),
                row.findInstant("not_after").orElse(null),
                row.findText("aal").orElse(Session.FIRST_LEVEL),
                methods(row),
                row.findUuid("oauth_client_id")
                        .map(client ->
                                new Delegation(
                                        client,
                                        row.findText("oauth_scope").orElse(""),
                                        row.findText("oauth_resource"))));
    }

    private static List<AuthenticationMethod> methods(SqlRow row) {
        List<AuthenticationMethod> methods = new ArrayList<>();
        for (JsonObject method : StoredJson.objects(row, "methods")) {
            methods.add(
                    new AuthenticationMethod(
                            method.findText("method").orElse(""),
                            Instant.ofEpochSecond(second(method))));
        }
        return methods;
    }

    private static long second(JsonObject method) {
        return method.find("at").orElse(JsonNull.NULL) instanceof JsonNumber(var second)
                ? second.longValue()
                : 0;
    }
}
