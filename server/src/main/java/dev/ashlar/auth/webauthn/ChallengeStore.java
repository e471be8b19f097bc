package dev.ashlar.auth.webauthn;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.webauthn_challenges`: what was asked for passkeys and not yet answered.
public final class ChallengeStore {

    /// What a challenge was made for.
    public enum Ceremony {
        REGISTRATION,
        AUTHENTICATION;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A challenge that was taken; it is used up, good or expired.
    public record Taken(String hash, Instant expiresAt) {
        public boolean isOverAt(Instant now) {
            return !now.isBefore(expiresAt);
        }
    }

    /// `account` is empty while nobody knows who will sign in.
    public UUID insert(
            SqlTransaction tx,
            Ceremony ceremony,
            Optional<UUID> account,
            String hash,
            Instant now,
            Instant expiresAt) {
        UUID id = UUID.randomUUID();
        tx.post(
                SqlText.of(
                        """
                        insert into auth.webauthn_challenges
                          (id, ceremony, user_id, challenge_hash, created_at, expires_at)
                        values ($1, $2, $3, $4, $5, $6)
                        """,
                        id,
                        ceremony.word(),
                        account.orElse(null),
                        hash,
                        now,
                        expiresAt));
        return id;
    }

    /// Of several that come with one challenge, one gets it; nobody gets that of somebody else.
    public Optional<Taken> take(
            SqlTransaction tx, Ceremony ceremony, Optional<UUID> account, UUID id) {
        return tx.find(
                        SqlText.of(
                                """
                                delete from auth.webauthn_challenges
                                where id = $1 and ceremony = $2 and user_id is not distinct from $3
                                returning challenge_hash, expires_at
                                """,
                                id,
                                ceremony.word(),
                                account.orElse(null)))
                .map(row ->
                        new Taken(
                                row.requireText("challenge_hash"),
                                row.requireInstant("expires_at")));
    }

    public long deleteExpired(SqlTransaction tx, Instant now) {
        return tx.execute(
                SqlText.of("delete from auth.webauthn_challenges where expires_at < $1", now));
    }
}
