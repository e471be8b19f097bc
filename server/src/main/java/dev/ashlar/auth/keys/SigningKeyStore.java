package dev.ashlar.auth.keys;

import dev.ashlar.auth.keys.SigningKey.Status;
import dev.ashlar.auth.token.SigningAlgorithm;
import dev.ashlar.auth.token.SigningPair;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of `auth.signing_keys`. Private halves are written sealed and forgotten as soon as the
/// pair signs no more.
final class SigningKeyStore {
    /// A row with its sealed private half, if it still has one.
    record Stored(SigningKey key, Optional<String> sealed) {}

    /// One writer at a time, over all nodes; readers go on.
    void lock(SqlTransaction tx) {
        tx.post(SqlText.of("lock table auth.signing_keys in share row exclusive mode"));
    }

    List<Stored> all(SqlTransaction tx) {
        return tx
                .query(
                        SqlText.of(
                                """
                                select kid, algorithm, status, public_jwk::text as public_jwk,
                                  private_jwk, created_at, activated_at, retired_at
                                from auth.signing_keys where public_jwk is not null
                                order by created_at desc, kid
                                """))
                .stream()
                .map(SigningKeyStore::stored)
                .toList();
    }

    void insert(SqlTransaction tx, SigningPair pair, Status status, String sealed, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.signing_keys (kid, algorithm, status, public_jwk,
                          private_jwk, created_at, activated_at)
                        values ($1, $2, $3, $4::text::jsonb, $5, $6, $7)
                        """,
                        pair.id(),
                        pair.algorithm(),
                        word(status),
                        pair.publicJwk(),
                        sealed,
                        now,
                        status == Status.CURRENT ? now : null));
    }

    void activate(SqlTransaction tx, String id, Instant now) {
        tx.post(
                SqlText.of(
                        "update auth.signing_keys set status = 'current', activated_at = $2"
                                + " where kid = $1",
                        id,
                        now));
    }

    /// As `PREVIOUS` or `REVOKED`.
    void retire(SqlTransaction tx, String id, Status status, Instant now) {
        tx.post(
                SqlText.of(
                        "update auth.signing_keys set status = $2, private_jwk = null,"
                                + " retired_at = coalesce(retired_at, $3) where kid = $1",
                        id,
                        word(status),
                        now));
    }

    /// Every node reads the keys again, once this has been committed.
    void tellNodes(SqlTransaction tx) {
        tx.query(SqlText.of("select pg_notify('ashlar_auth', '')"));
    }

    private static Stored stored(SqlRow row) {
        SigningKey key =
                new SigningKey(
                        row.requireText("kid"),
                        SigningAlgorithm.valueOf(row.requireText("algorithm")),
                        Status.valueOf(row.requireText("status").toUpperCase(Locale.ROOT)),
                        row.requireText("public_jwk"),
                        row.requireInstant("created_at"),
                        instant(row, "activated_at"),
                        instant(row, "retired_at"));
        return new Stored(key, row.findText("private_jwk"));
    }

    private static @Nullable Instant instant(SqlRow row, String column) {
        return row.findInstant(column).orElse(null);
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
