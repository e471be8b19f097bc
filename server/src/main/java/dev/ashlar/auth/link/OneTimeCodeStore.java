package dev.ashlar.auth.link;

import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of `auth.one_time_tokens` and `auth.code_failures`.
final class OneTimeCodeStore {

    /// A code or link as stored. `address` is where it was sent.
    record Stored(
            UUID id,
            UUID account,
            CodeKind kind,
            String address,
            @Nullable String codeHash,
            Optional<UUID> flow) {}

    /// Takes the place of an earlier one of the kind.
    void replace(
            SqlTransaction tx, Stored stored, String tokenHash, Instant expiresAt, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.one_time_tokens (id, user_id, token_type, token_hash,
                          relates_to, code_hash, expires_at, flow_state_id, created_at, updated_at)
                        values ($1, $2, $3::text::auth.one_time_token_type, $4, $5, $6, $7, $8,
                          $9::timestamptz at time zone 'utc', $9::timestamptz at time zone 'utc')
                        on conflict (user_id, token_type) do update set
                          id = excluded.id, token_hash = excluded.token_hash,
                          relates_to = excluded.relates_to, code_hash = excluded.code_hash,
                          attempts = 0, expires_at = excluded.expires_at,
                          flow_state_id = excluded.flow_state_id,
                          created_at = excluded.created_at, updated_at = excluded.updated_at
                        """,
                        stored.id(),
                        stored.account(),
                        stored.kind().word(),
                        tokenHash,
                        stored.address(),
                        stored.codeHash(),
                        expiresAt,
                        stored.flow().orElse(null),
                        now));
    }

    Optional<UUID> findAccount(SqlTransaction tx, String tokenHash) {
        return tx.find(
                        SqlText.of(
                                "select user_id from auth.one_time_tokens where token_hash = $1",
                                tokenHash))
                .map(row -> row.requireUuid("user_id"));
    }

    /// It is used up with this: of several that come with one token, one gets it.
    Optional<Stored> take(
            SqlTransaction tx, Collection<CodeKind> kinds, String tokenHash, Instant now) {
        return tx.find(
                        SqlText.of(
                                """
                                delete from auth.one_time_tokens
                                where token_hash = $1 and expires_at > $3
                                  and token_type::text = any ($2)
                                returning id, user_id, token_type::text as kind, relates_to,
                                  code_hash, flow_state_id
                                """,
                                tokenHash,
                                words(kinds),
                                now))
                .map(OneTimeCodeStore::stored);
    }

    List<Stored> ofAccount(
            SqlTransaction tx, UUID account, Collection<CodeKind> kinds, Instant now) {
        return tx
                .query(
                        SqlText.of(
                                """
                                select id, user_id, token_type::text as kind, relates_to, code_hash,
                                  flow_state_id
                                from auth.one_time_tokens
                                where user_id = $1 and token_type::text = any ($2)
                                  and expires_at > $3
                                order by id for update
                                """,
                                account,
                                words(kinds),
                                now))
                .stream()
                .map(OneTimeCodeStore::stored)
                .toList();
    }

    /// False when somebody else was faster.
    boolean delete(SqlTransaction tx, UUID id) {
        return tx.execute(SqlText.of("delete from auth.one_time_tokens where id = $1", id)) == 1;
    }

    void deleteOfAccount(SqlTransaction tx, UUID account) {
        tx.post(SqlText.of("delete from auth.one_time_tokens where user_id = $1", account));
    }

    long deleteExpired(SqlTransaction tx, Instant now) {
        return tx.execute(
                SqlText.of("delete from auth.one_time_tokens where expires_at < $1", now));
    }

    /// After so many the code is worth nothing; the link beside it stays, so that nobody can spoil
    /// it by guessing.
    void recordMiss(SqlTransaction tx, UUID id, int most) {
        tx.post(
                SqlText.of(
                        """
                        update auth.one_time_tokens
                        set attempts = attempts + 1,
                          code_hash = case when attempts + 1 >= $2 then null else code_hash end
                        where id = $1
                        """,
                        id,
                        most));
    }

    /// Wrong codes since the time.
    long failures(SqlTransaction tx, UUID account, Instant since) {
        return tx.find(
                        SqlText.of(
                                """
                                select failures::bigint as failures from auth.code_failures
                                where user_id = $1 and since > $2
                                """,
                                account,
                                since))
                .map(row -> row.requireLong("failures"))
                .orElse(0L);
    }

    void recordFailure(SqlTransaction tx, UUID account, Instant since, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.code_failures as f (user_id, failures, since)
                        values ($1, 1, $3)
                        on conflict (user_id) do update set
                          failures = case when f.since > $2 then f.failures + 1 else 1 end,
                          since = case when f.since > $2 then f.since else $3 end
                        """,
                        account,
                        since,
                        now));
    }

    private static String[] words(Collection<CodeKind> kinds) {
        return kinds.stream().map(CodeKind::word).toArray(String[]::new);
    }

    private static Stored stored(SqlRow row) {
        return new Stored(
                row.requireUuid("id"),
                row.requireUuid("user_id"),
                CodeKind.of(row.requireText("kind")),
                row.requireText("relates_to"),
                row.findText("code_hash").orElse(null),
                row.findUuid("flow_state_id"));
    }
}
