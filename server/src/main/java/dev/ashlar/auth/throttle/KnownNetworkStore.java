package dev.ashlar.auth.throttle;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.UUID;

/// The rows of `auth.known_networks`.
final class KnownNetworkStore {

    boolean holds(SqlTransaction tx, String key) {
        return tx.find(SqlText.of("select 1 as one from auth.known_networks where key = $1", key))
                .isPresent();
    }

    /// Writes nothing when it was noted after `before`.
    void put(SqlTransaction tx, String key, UUID account, Instant now, Instant before) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.known_networks as n (key, user_id, seen_at)
                        values ($1, $2, $3)
                        on conflict (key) do update
                          set user_id = excluded.user_id, seen_at = excluded.seen_at
                          where n.seen_at < $4
                        """,
                        key,
                        account,
                        now,
                        before));
    }

    long deleteOlderThan(SqlTransaction tx, Instant time) {
        return tx.execute(SqlText.of("delete from auth.known_networks where seen_at < $1", time));
    }
}
