package dev.ashlar.auth.session;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.session_cookies`: of a cookie its hash is stored.
final class SessionCookieStore {

    /// Takes the place of the cookie that the session was held by, if it was.
    void put(SqlTransaction tx, UUID session, String hash, Optional<String> previous, Instant now) {
        tx.execute(
                SqlText.of(
                        """
                        insert into auth.session_cookies (session_id, hash, previous_hash, changed_at)
                        values ($1, $2, $3, $4)
                        on conflict (session_id) do update set hash = excluded.hash,
                          previous_hash = excluded.previous_hash, changed_at = excluded.changed_at
                        """,
                        session,
                        hash,
                        previous.orElse(null),
                        now));
    }

    Optional<UUID> findSession(SqlTransaction tx, String hash) {
        return tx.find(
                        SqlText.of(
                                "select session_id from auth.session_cookies where hash = $1",
                                hash))
                .map(row -> row.requireUuid("session_id"));
    }

    /// Whether the browser was given another one in its place, and that session still runs.
    boolean isReplaced(SqlTransaction tx, String hash) {
        return !tx.query(
                        SqlText.of(
                                "select 1 as one from auth.session_cookies where previous_hash ="
                                        + " $1 limit 1",
                                hash))
                .isEmpty();
    }
}
