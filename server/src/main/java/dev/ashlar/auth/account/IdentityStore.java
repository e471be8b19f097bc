package dev.ashlar.auth.account;

import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.identities`.
public final class IdentityStore {

    /// To be read by [#identity].
    static SqlStatement ofAccounts(List<UUID> accounts) {
        String[] ids = accounts.stream().map(UUID::toString).toArray(String[]::new);
        return SqlText.of(
                """
                select id, user_id, provider, provider_id, email,
                  identity_data::text as details, last_sign_in_at, created_at,
                  updated_at
                from auth.identities
                where user_id = any ($1::text[]::uuid[])
                order by created_at, id
                """,
                (Object) ids);
    }

    /// By the provider's own name for the person.
    public Optional<Identity> find(SqlTransaction tx, String provider, String providerId) {
        return tx.find(
                        SqlText.of(
                                """
                                select id, user_id, provider, provider_id, email,
                                  identity_data::text as details, last_sign_in_at, created_at,
                                  updated_at
                                from auth.identities where provider = $1 and provider_id = $2
                                """,
                                provider,
                                providerId))
                .map(IdentityStore::identity);
    }

    /// Until the transaction ends nobody else may look for the same thing: of several first
    /// sign-ins one makes the account, and the others find it.
    public void lock(SqlTransaction tx, String name) {
        tx.query(
                SqlText.of(
                        "select pg_advisory_xact_lock(hashtextextended($1, 7))::text as locked",
                        name));
    }

    public void delete(SqlTransaction tx, UUID id) {
        tx.post(SqlText.of("delete from auth.identities where id = $1", id));
    }

    public void deleteOf(SqlTransaction tx, UUID account, String provider) {
        tx.post(
                SqlText.of(
                        "delete from auth.identities where user_id = $1 and provider = $2",
                        account,
                        provider));
    }

    public void deleteForeign(SqlTransaction tx, UUID account) {
        tx.post(
                SqlText.of(
                        """
                        delete from auth.identities
                        where user_id = $1 and provider not in ('email', 'phone')
                        """,
                        account));
    }

    /// Second factors and passkeys of the account, and what was begun or allowed from it: whoever
    /// has done so could come back by it.
    public void deleteFurtherWays(SqlTransaction tx, UUID account) {
        tx.post(SqlText.of("delete from auth.mfa_factors where user_id = $1", account));
        tx.post(SqlText.of("delete from auth.mfa_recovery_sets where user_id = $1", account));
        tx.post(SqlText.of("delete from auth.webauthn_credentials where user_id = $1", account));
        tx.post(SqlText.of("delete from auth.webauthn_challenges where user_id = $1", account));
        tx.post(SqlText.of("delete from auth.oauth_states where linking_user = $1", account));
        tx.post(SqlText.of("delete from auth.oauth_codes where user_id = $1", account));
        tx.post(SqlText.of("delete from auth.oauth_consents where user_id = $1", account));
    }

    public void insert(SqlTransaction tx, Identity identity) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.identities (id, user_id, provider, provider_id,
                          identity_data, last_sign_in_at, created_at, updated_at)
                        values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8)
                        """,
                        identity.id(),
                        identity.accountId(),
                        identity.provider(),
                        identity.providerId(),
                        Json.write(identity.details()),
                        identity.lastSignInAt(),
                        identity.createdAt(),
                        identity.updatedAt()));
    }

    /// Adds it, or writes its details again.
    public void upsert(SqlTransaction tx, Identity identity) {
        long updated =
                tx.execute(
                        SqlText.of(
                                """
                                update auth.identities
                                set identity_data = $2::text::jsonb, updated_at = $3,
                                  last_sign_in_at = greatest(last_sign_in_at, $4)
                                where id = $1
                                """,
                                identity.id(),
                                Json.write(identity.details()),
                                identity.updatedAt(),
                                identity.lastSignInAt()));
        if (updated == 0) {
            insert(tx, identity);
        }
    }

    /// Signing in with a password or a code is signing in with the e-mail or phone identity.
    public void recordSignIn(SqlTransaction tx, UUID account, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        update auth.identities set last_sign_in_at = $2, updated_at = $2
                        where user_id = $1 and provider in ('email', 'phone')
                        """,
                        account,
                        now));
    }

    static Identity identity(SqlRow row) {
        Instant created = row.findInstant("created_at").orElse(Instant.EPOCH);
        return new Identity(
                row.requireUuid("id"),
                row.requireUuid("user_id"),
                row.requireText("provider"),
                row.requireText("provider_id"),
                StoredJson.object(row, "details"),
                row.findText("email").orElse(null),
                row.findInstant("last_sign_in_at").orElse(null),
                created,
                row.findInstant("updated_at").orElse(created));
    }
}
