package dev.ashlar.auth.factor;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The columns of `auth.mfa_factors` that authenticator apps alone have.
final class TotpStore {

    /// `lastStep` is -1 before the first code.
    record Stored(String sealed, long lastStep) {}

    void putSecret(SqlTransaction tx, UUID factor, String sealed) {
        tx.post(
                SqlText.of(
                        "update auth.mfa_factors set secret = $2 where id = $1", factor, sealed));
    }

    Optional<Stored> find(SqlTransaction tx, UUID factor) {
        return tx.find(
                        SqlText.of(
                                """
                                select secret, coalesce(last_totp_step, -1) as step
                                from auth.mfa_factors where id = $1 and secret is not null
                                """,
                                factor))
                .map(row -> new Stored(row.requireText("secret"), row.requireLong("step")));
    }

    /// False when a code of this step or a later one was taken before.
    boolean useStep(SqlTransaction tx, UUID factor, long step, Instant now) {
        return tx.execute(
                        SqlText.of(
                                """
                                update auth.mfa_factors set last_totp_step = $2, updated_at = $3
                                where id = $1 and coalesce(last_totp_step, -1) < $2
                                """,
                                factor,
                                step,
                                now))
                == 1;
    }
}
