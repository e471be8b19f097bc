package dev.ashlar.auth.webauthn;

import dev.ashlar.auth.webauthn.WebAuthnCredential.Backup;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.webauthn_credentials`.
public final class PasskeyStore {
    private static final String SELECT =
            """
            select id, user_id, credential_id, public_key, aaguid, sign_count,
              array_to_string(transports, ' ') as transports, backup_eligible, backed_up,
              friendly_name, created_at, last_used_at
            from auth.webauthn_credentials
            """;

    /// False when the credential is registered already, by whomever.
    public boolean insert(SqlTransaction tx, Passkey passkey) {
        WebAuthnCredential credential = passkey.credential();
        return tx.execute(
                        SqlText.of(
                                """
                                insert into auth.webauthn_credentials (id, user_id, credential_id,
                                  public_key, aaguid, sign_count, transports, backup_eligible,
                                  backed_up, friendly_name, created_at, updated_at)
                                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
                                on conflict (credential_id) do nothing
                                """,
                                passkey.id(),
                                passkey.account(),
                                credential.id(),
                                credential.publicKey(),
                                credential.model(),
                                credential.signCount(),
                                credential.transports().toArray(String[]::new),
                                credential.backup().isEligible(),
                                credential.backup() == Backup.BACKED_UP,
                                passkey.name().orElse(null),
                                passkey.createdAt()))
                == 1;
    }

    /// The oldest first.
    public List<Passkey> ofAccount(SqlTransaction tx, UUID account) {
        return tx
                .query(SqlText.of(SELECT + " where user_id = $1 order by created_at, id", account))
                .stream()
                .map(PasskeyStore::passkey)
                .toList();
    }

    /// By the authenticator's name for it.
    public Optional<Passkey> find(SqlTransaction tx, String credentialId) {
        return tx.find(SqlText.of(SELECT + " where credential_id = $1", credentialId))
                .map(PasskeyStore::passkey);
    }

    /// Nobody else uses it until the transaction ends: of two signatures with one counter one is
    /// refused.
    public Optional<Passkey> lock(SqlTransaction tx, String credentialId) {
        return tx.find(SqlText.of(SELECT + " where credential_id = $1 for update", credentialId))
                .map(PasskeyStore::passkey);
    }

    public void recordUse(SqlTransaction tx, UUID id, WebAuthnCredential used, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        update auth.webauthn_credentials
                        set sign_count = $2, backed_up = $3, last_used_at = $4, updated_at = $4
                        where id = $1
                        """,
                        id,
                        used.signCount(),
                        used.backup() == Backup.BACKED_UP,
                        now));
    }

    /// Empty when the account has no such passkey.
    public Optional<Passkey> rename(
            SqlTransaction tx, UUID account, UUID id, String name, Instant now) {
        long changed =
                tx.execute(
                        SqlText.of(
                                """
                                update auth.webauthn_credentials
                                set friendly_name = $3, updated_at = $4
                                where id = $1 and user_id = $2
                                """,
                                id,
                                account,
                                name,
                                now));
        return changed == 0
                ? Optional.empty()
                : tx.find(SqlText.of(SELECT + " where id = $1", id)).map(PasskeyStore::passkey);
    }

    /// False when the account has no such passkey.
    public boolean delete(SqlTransaction tx, UUID account, UUID id) {
        return tx.execute(
                        SqlText.of(
                                "delete from auth.webauthn_credentials where id = $1 and user_id"
                                        + " = $2",
                                id,
                                account))
                == 1;
    }

    private static Passkey passkey(SqlRow row) {
        String transports = row.requireText("transports");
        WebAuthnCredential credential =
                new WebAuthnCredential(
                        row.requireText("credential_id"),
                        row.requireText("public_key"),
                        row.requireUuid("aaguid"),
                        row.requireLong("sign_count"),
                        transports.isEmpty() ? List.of() : List.of(transports.split(" ")),
                        Backup.of(
                                row.requireBoolean("backup_eligible"),
                                row.requireBoolean("backed_up")));
        return new Passkey(
                row.requireUuid("id"),
                row.requireUuid("user_id"),
                credential,
                row.findText("friendly_name"),
                row.requireInstant("created_at"),
                row.findInstant("last_used_at"));
    }
}
