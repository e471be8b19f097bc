package dev.ashlar.auth.provider;

import dev.ashlar.auth.provider.Authorization.Status;
import dev.ashlar.auth.provider.AuthorizationRequest.Prompt;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The rows of `auth.oauth_authorizations`. An id is as good as the request itself: of it a hash is
/// stored.
public final class AuthorizationStore {

    public void insert(SqlTransaction tx, String id, Authorization authorization) {
        AuthorizationRequest request = authorization.request();
        tx.post(
                SqlText.of(
                        """
                        insert into auth.oauth_authorizations (id_hash, client_id, redirect_uri,
                          scope, state, nonce, resource, code_challenge, prompt, max_age, created_at,
                          expires_at)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                        """,
                        OneTimeSecret.hash(id),
                        authorization.clientId(),
                        request.redirectUri(),
                        request.scope(),
                        request.state().orElse(null),
                        request.nonce().orElse(null),
                        request.resource().orElse(null),
                        request.challenge(),
                        request.prompts().stream()
                                .map(Prompt::name)
                                .collect(Collectors.joining(" ")),
                        request.maxAge().map(Duration::toSeconds).orElse(null),
                        authorization.createdAt(),
                        authorization.expiresAt()));
    }

    /// Nobody else may decide until the transaction ends.
    public Optional<Authorization> lock(SqlTransaction tx, String id) {
        return tx.find(
                        SqlText.of(
                                """
                                select client_id, user_id, status, redirect_uri, scope, state,
                                  nonce, resource, code_challenge, prompt,
                                  coalesce(max_age, -1) as max_age, created_at, expires_at
                                from auth.oauth_authorizations where id_hash = $1 for update
                                """,
                                OneTimeSecret.hash(id)))
                .map(AuthorizationStore::authorization);
    }

    public void bind(SqlTransaction tx, String id, UUID account) {
        tx.post(
                SqlText.of(
                        "update auth.oauth_authorizations set user_id = $2"
                                + " where id_hash = $1 and user_id is null",
                        OneTimeSecret.hash(id),
                        account));
    }

    /// False when somebody has decided before.
    public boolean decide(SqlTransaction tx, String id, Status decision) {
        return tx.execute(
                        SqlText.of(
                                """
                                update auth.oauth_authorizations set status = $2
                                where id_hash = $1 and status = 'pending'
                                """,
                                OneTimeSecret.hash(id),
                                decision.name().toLowerCase(Locale.ROOT)))
                == 1;
    }

    public void deleteOf(SqlTransaction tx, UUID account, UUID client) {
        tx.post(
                SqlText.of(
                        "delete from auth.oauth_authorizations where user_id = $1 and client_id = $2",
                        account,
                        client));
    }

    public long deleteExpired(SqlTransaction tx, Instant before) {
        return tx.execute(
                SqlText.of("delete from auth.oauth_authorizations where expires_at < $1", before));
    }

    private static Authorization authorization(SqlRow row) {
        long age = row.requireLong("max_age");
        Set<Prompt> prompts =
                Scopes.words(row.requireText("prompt")).stream()
                        .map(Prompt::valueOf)
                        .collect(Collectors.toUnmodifiableSet());
        AuthorizationRequest request =
                new AuthorizationRequest(
                        row.requireText("redirect_uri"),
                        row.requireText("scope"),
                        row.findText("state"),
                        row.findText("nonce"),
                        row.findText("resource"),
                        row.requireText("code_challenge"),
                        prompts,
                        age < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(age)));
        return new Authorization(
                row.requireUuid("client_id"),
                row.findUuid("user_id"),
                Status.valueOf(row.requireText("status").toUpperCase(Locale.ROOT)),
                request,
                row.requireInstant("created_at"),
                row.requireInstant("expires_at"));
    }
}
