package dev.ashlar.auth.factor;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.mfa_challenges`.
public final class FactorChallengeStore {
    public void insert(SqlTransaction tx, Challenge challenge) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.mfa_challenges (id, factor_id, created_at, ip_address)
                        values ($1, $2, $3, $4::text::inet)
                        """,
                        challenge.id(),
                        challenge.factorId(),
                        challenge.createdAt(),
                        challenge.address()));
    }

    /// One that was not answered yet and was asked after `since`.
    public Optional<Challenge> findOpen(SqlTransaction tx, UUID id, UUID factor, Instant since) {
        return tx.find(
                        SqlText.of(
                                """
                                select id, factor_id, created_at, host(ip_address) as address
                                from auth.mfa_challenges
                                where id = $1 and factor_id = $2 and created_at > $3
                                  and verified_at is null
                                """,
                                id,
                                factor,
                                since))
                .map(row ->
                        new Challenge(
                                row.requireUuid("id"),
                                row.requireUuid("factor_id"),
                                row.requireInstant("created_at"),
                                row.requireText("address")));
    }

    /// False when it was answered before.
    public boolean close(SqlTransaction tx, UUID id, Instant now) {
        return tx.execute(
                        SqlText.of(
                                """
                                update auth.mfa_challenges set verified_at = $2, otp_code = null
                                where id = $1 and verified_at is null
                                """,
                                id,
                                now))
                == 1;
    }

    void putCode(SqlTransaction tx, UUID id, String hash) {
        tx.post(SqlText.of("update auth.mfa_challenges set otp_code = $2 where id = $1", id, hash));
    }

    Optional<String> findCode(SqlTransaction tx, UUID id) {
        return tx.find(SqlText.of("select otp_code from auth.mfa_challenges where id = $1", id))
                .flatMap(row -> row.findText("otp_code"));
    }

    public long deleteOlderThan(SqlTransaction tx, Instant time) {
        return tx.execute(
                SqlText.of("delete from auth.mfa_challenges where created_at < $1", time));
    }
}
