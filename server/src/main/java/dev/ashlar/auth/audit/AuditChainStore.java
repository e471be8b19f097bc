package dev.ashlar.auth.audit;

import dev.ashlar.auth.audit.AuditChain.Link;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The chain in `auth.audit_log_entries` and its two ends in `auth.audit_anchors`.
final class AuditChainStore {
    private static final String COLUMNS =
            """
            select id, coalesce(payload::text, '') as payload,
              coalesce(created_at, 'epoch') as created_at, ip_address, sequence,
              coalesce(chain_position, 0) as chain_position, encode(hash, 'hex') as hash,
              encode(previous_hash, 'hex') as previous_hash
            from auth.audit_log_entries
            """;

    enum End {
        HEAD("head"),
        PRUNED("pruned");

        private final String word;

        End(String word) {
            this.word = word;
        }
    }

    /// `seal` is what the server said about the link when it wrote it.
    record Anchor(Link link, String seal) {}

    record Sealed(AuditEntry entry, long position, String previousHash, String hash) {}

    /// One sealer at a time, over all nodes. False when another is at it.
    boolean tryLock(SqlTransaction tx) {
        return tx.find(SqlText.of("select pg_try_advisory_xact_lock(7163241590111) as locked"))
                .orElseThrow()
                .requireBoolean("locked");
    }

    void lock(SqlTransaction tx) {
        tx.query(SqlText.of("select pg_advisory_xact_lock(7163241590111)"));
    }

    Optional<Anchor> findAnchor(SqlTransaction tx, End end) {
        return tx.find(
                        SqlText.of(
                                "select chain_position, hash, seal from auth.audit_anchors where"
                                        + " kind = $1",
                                end.word))
                .map(row ->
                        new Anchor(
                                new Link(
                                        row.requireLong("chain_position"), row.requireText("hash")),
                                row.requireText("seal")));
    }

    void putAnchor(SqlTransaction tx, End end, Anchor anchor, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.audit_anchors (kind, chain_position, hash, seal, updated_at)
                        values ($1, $2, $3, $4, $5)
                        on conflict (kind) do update set chain_position = excluded.chain_position,
                          hash = excluded.hash, seal = excluded.seal,
                          updated_at = excluded.updated_at
                        """,
                        end.word,
                        anchor.link().position(),
                        anchor.link().hash(),
                        anchor.seal(),
                        now));
    }

    List<AuditEntry> unsealed(SqlTransaction tx, int limit) {
        return tx
                .query(
                        SqlText.of(
                                COLUMNS + " where hash is null order by sequence limit $1",
                                (long) limit))
                .stream()
                .map(AuditChainStore::entry)
                .toList();
    }

    /// The entries become the links after `previous`, in their order.
    void seal(SqlTransaction tx, Link previous, List<AuditEntry> entries, List<Link> links) {
        String[] ids = entries.stream().map(entry -> entry.id().toString()).toArray(String[]::new);
        String[] hashes = links.stream().map(Link::hash).toArray(String[]::new);
        String[] before = new String[hashes.length];
        before[0] = previous.hash();
        System.arraycopy(hashes, 0, before, 1, hashes.length - 1);
        tx.post(
                SqlText.of(
                        """
                        update auth.audit_log_entries e
                        set chain_position = $4 + u.n, previous_hash = decode(u.before, 'hex'),
                          hash = decode(u.hash, 'hex')
                        from unnest($1::text[], $2::text[], $3::text[])
                          with ordinality as u(id, before, hash, n)
                        where e.id = u.id::uuid
                        """,
                        ids,
                        before,
                        hashes,
                        previous.position()));
    }

    List<Sealed> after(SqlTransaction tx, long position, int limit) {
        return tx
                .query(
                        SqlText.of(
                                COLUMNS
                                        + " where chain_position > $1 order by chain_position"
                                        + " limit $2",
                                position,
                                (long) limit))
                .stream()
                .map(row ->
                        new Sealed(
                                entry(row),
                                row.requireLong("chain_position"),
                                row.findText("previous_hash").orElse(""),
                                row.findText("hash").orElse("")))
                .toList();
    }

    /// The last link all of whose predecessors, and itself, are older than `before`.
    Optional<Link> findLastBefore(SqlTransaction tx, Instant before) {
        return tx.find(
                        SqlText.of(
                                """
                                select chain_position, encode(hash, 'hex') as hash
                                from auth.audit_log_entries
                                where chain_position = (
                                  select coalesce(min(chain_position) filter (where created_at >= $1),
                                    max(chain_position) + 1) - 1
                                  from auth.audit_log_entries where chain_position is not null)
                                """,
                                before))
                .map(row -> new Link(row.requireLong("chain_position"), row.requireText("hash")));
    }

    long deleteUpTo(SqlTransaction tx, long position) {
        return tx.execute(
                SqlText.of(
                        "delete from auth.audit_log_entries where chain_position <= $1", position));
    }

    long countUnsealed(SqlTransaction tx) {
        return tx.find(
                        SqlText.of(
                                "select count(*) as n from auth.audit_log_entries where hash is"
                                        + " null"))
                .orElseThrow()
                .requireLong("n");
    }

    /// Entries whose payload holds the text somewhere, the latest first.
    List<AuditEntry> page(SqlTransaction tx, @Nullable String text, long offset, int limit) {
        return tx
                .query(
                        SqlText.of(
                                COLUMNS
                                        + " where ($1::text is null or position(lower($1) in"
                                        + " lower(payload::text)) > 0)"
                                        + " order by sequence desc offset $2 limit $3",
                                text,
                                offset,
                                (long) limit))
                .stream()
                .map(AuditChainStore::entry)
                .toList();
    }

    long count(SqlTransaction tx, @Nullable String text) {
        return tx.find(
                        SqlText.of(
                                "select count(*) as n from auth.audit_log_entries where ($1::text"
                                        + " is null or position(lower($1) in lower(payload::text))"
                                        + " > 0)",
                                text))
                .orElseThrow()
                .requireLong("n");
    }

    private static AuditEntry entry(SqlRow row) {
        return new AuditEntry(
                row.requireUuid("id"),
                row.requireText("payload"),
                row.requireInstant("created_at"),
                row.requireText("ip_address"));
    }
}
