package dev.ashlar.auth.factor;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.factor_failures`.
final class FailureStore {

    /// When as many may be tried from there again as at first.
    Optional<Instant> findFull(SqlTransaction tx, UUID account, String place) {
        return tx.find(
                        SqlText.of(
                                "select full_at from auth.factor_failures where user_id = $1 and"
                                        + " place = $2",
                                account,
                                place))
                .map(row -> row.requireInstant("full_at"));
    }

    void put(SqlTransaction tx, UUID account, String place, Instant full) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.factor_failures (user_id, place, full_at)
                        values ($1, $2, $3)
                        on conflict (user_id, place) do update set full_at = excluded.full_at
                        """,
                        account,
                        place,
                        full));
    }
}
