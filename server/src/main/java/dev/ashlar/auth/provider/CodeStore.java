package dev.ashlar.auth.provider;

import dev.ashlar.auth.account.StoredJson;
import dev.ashlar.auth.session.AuthenticationMethod;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.oauth_codes`: of a code its hash is stored. Used ones stay for a while, so
/// that one that comes back is known.
public final class CodeStore {

    public void insert(SqlTransaction tx, String code, AuthorizationCode content) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.oauth_codes (code_hash, client_id, user_id, redirect_uri,
                          scope, nonce, resource, code_challenge, aal, authenticated, expires_at)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::auth.aal_level,
                          $10::text::jsonb, $11)
                        """,
                        OneTimeSecret.hash(code),
                        content.clientId(),
                        content.accountId(),
                        content.redirectUri(),
                        content.scope(),
                        content.nonce().orElse(null),
                        content.resource().orElse(null),
                        content.challenge(),
                        content.level(),
                        Json.write(
                                new JsonArray(
                                        List.copyOf(
                                                content.methods().stream()
                                                        .map(CodeStore::method)
                                                        .toList()))),
                        content.expiresAt()));
    }

    /// Without using it up.
    public Optional<AuthorizationCode> find(SqlTransaction tx, String code) {
        return tx.find(
                        SqlText.of(
                                """
                                select client_id, user_id, redirect_uri, scope, nonce, resource,
                                  code_challenge, aal::text as aal,
                                  authenticated::text as authenticated, expires_at
                                from auth.oauth_codes where code_hash = $1
                                """,
                                OneTimeSecret.hash(code)))
                .map(CodeStore::content);
    }

    /// Of several that come with one code, one may begin this session.
    public boolean take(SqlTransaction tx, String code, UUID session, Instant now) {
        return tx.execute(
                        SqlText.of(
                                """
                                update auth.oauth_codes set used_at = $3, session_id = $2
                                where code_hash = $1 and used_at is null
                                """,
                                OneTimeSecret.hash(code),
                                session,
                                now))
                == 1;
    }

    /// The session that was begun with a used code.
    public Optional<UUID> findSession(SqlTransaction tx, String code) {
        return tx.find(
                        SqlText.of(
                                """
                                select session_id from auth.oauth_codes
                                where code_hash = $1 and session_id is not null
                                """,
                                OneTimeSecret.hash(code)))
                .map(row -> row.requireUuid("session_id"));
    }

    public void deleteOf(SqlTransaction tx, UUID account, UUID client) {
        tx.post(
                SqlText.of(
                        "delete from auth.oauth_codes where user_id = $1 and client_id = $2",
                        account,
                        client));
    }

    public long deleteExpired(SqlTransaction tx, Instant before) {
        return tx.execute(SqlText.of("delete from auth.oauth_codes where expires_at < $1", before));
    }

    private static JsonObject method(AuthenticationMethod method) {
        return new JsonObjectBuilder()
                .put("method", method.name())
                .put("at", method.at().toString())
                .build();
    }

    private static AuthorizationCode content(SqlRow row) {
        List<AuthenticationMethod> methods =
                StoredJson.objects(row, "authenticated").stream()
                        .map(method ->
                                new AuthenticationMethod(
                                        method.findText("method").orElse(""),
                                        Instant.parse(method.findText("at").orElseThrow())))
                        .toList();
        return new AuthorizationCode(
                row.requireUuid("client_id"),
                row.requireUuid("user_id"),
                row.requireText("redirect_uri"),
                row.requireText("scope"),
                row.findText("nonce"),
                row.findText("resource"),
                row.requireText("code_challenge"),
                row.requireText("aal"),
                methods,
                row.requireInstant("expires_at"));
    }
}
