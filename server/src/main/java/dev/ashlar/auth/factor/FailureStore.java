package dev.ashlar.auth.factor;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.mfa_failures`.
final class FailureStore {

    record Counted(long failures, Instant since) {}

    Optional<Counted> find(SqlTransaction tx, UUID account) {
        return tx.find(
                        SqlText.of(
                                "select failures::bigint as failures, since from"
                                        + " auth.mfa_failures where user_id = $1",
                                account))
                .map(row -> new Counted(row.requireLong("failures"), row.requireInstant("since")));
    }

    /// Counts from one again where the count began before `start`.
    void record(SqlTransaction tx, UUID account, Instant start, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.mfa_failures as f (user_id, failures, since)
                        values ($1, 1, $3)
                        on conflict (user_id) do update set
                          failures = case when f.since <= $2 then 1 else f.failures + 1 end,
                          since = case when f.since <= $2 then $3 else f.since end
                        """,
                        account,
                        start,
                        now));
    }
}
