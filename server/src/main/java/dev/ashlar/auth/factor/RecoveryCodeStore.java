package dev.ashlar.auth.factor;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of `auth.mfa_recovery_sets` and `auth.mfa_recovery_codes`.
public final class RecoveryCodeStore {

    /// The codes of an account: how many there were, and how many are left.
    public record Status(
            UUID id, @Nullable String name, Instant createdAt, long total, long remaining) {}

    public Optional<Status> find(SqlTransaction tx, UUID account) {
        return tx.find(
                        SqlText.of(
                                """
                                select s.id, s.friendly_name, s.created_at, count(*) as total,
                                  count(*) filter (where c.used_at is null) as remaining
                                from auth.mfa_recovery_sets s
                                join auth.mfa_recovery_codes c on c.set_id = s.id
                                where s.user_id = $1
                                group by s.user_id
                                """,
                                account))
                .map(row ->
                        new Status(
                                row.requireUuid("id"),
                                row.findText("friendly_name").orElse(null),
                                row.requireInstant("created_at"),
                                row.requireLong("total"),
                                row.requireLong("remaining")));
    }

    void insert(
            SqlTransaction tx,
            UUID account,
            UUID set,
            @Nullable String name,
            List<String> hashes,
            Instant now) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.mfa_recovery_sets (user_id, id, friendly_name, created_at)
                        values ($1, $2, $3, $4)
                        """,
                        account,
                        set,
                        name,
                        now));
        tx.post(
                SqlText.of(
                        """
                        insert into auth.mfa_recovery_codes (set_id, code_hash)
                        select $1, unnest($2::text[])
                        """,
                        set,
                        (Object) hashes.toArray(String[]::new)));
    }

    /// False when there is no such code, or it was used.
    boolean use(SqlTransaction tx, UUID account, String hash, Instant now) {
        return tx.execute(
                        SqlText.of(
                                """
                                update auth.mfa_recovery_codes c set used_at = $3
                                from auth.mfa_recovery_sets s
                                where s.user_id = $1 and c.set_id = s.id and c.code_hash = $2
                                  and c.used_at is null
                                """,
                                account,
                                hash,
                                now))
                == 1;
    }

    /// False when there was no set.
    public boolean delete(SqlTransaction tx, UUID account) {
        return tx.execute(
                        SqlText.of(
                                "delete from auth.mfa_recovery_sets where user_id = $1", account))
                == 1;
    }
}
