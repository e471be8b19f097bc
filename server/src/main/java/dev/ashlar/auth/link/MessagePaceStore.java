package dev.ashlar.auth.link;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Optional;

/// The rows of `auth.message_pace`.
final class MessagePaceStore {

    /// False, and nothing is written, when the last time was after `before`.
    boolean record(SqlTransaction tx, String address, Instant now, Instant before) {
        return tx.execute(
                        SqlText.of(
                                """
                                insert into auth.message_pace as p (address, sent_at)
                                values ($1, $2)
                                on conflict (address) do update set sent_at = $2
                                where p.sent_at <= $3
                                """,
                                address,
                                now,
                                before))
                == 1;
    }

    Optional<Instant> lastSent(SqlTransaction tx, String address) {
        return tx.find(
                        SqlText.of(
                                "select sent_at from auth.message_pace where address = $1",
                                address))
                .map(row -> row.requireInstant("sent_at"));
    }

    long deleteOlderThan(SqlTransaction tx, Instant time) {
        return tx.execute(SqlText.of("delete from auth.message_pace where sent_at < $1", time));
    }
}
