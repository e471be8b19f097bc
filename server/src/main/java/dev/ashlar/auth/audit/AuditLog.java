package dev.ashlar.auth.audit;

import dev.ashlar.auth.audit.AuditChain.Link;
import dev.ashlar.auth.audit.AuditChainStore.Anchor;
import dev.ashlar.auth.audit.AuditChainStore.End;
import dev.ashlar.auth.audit.AuditChainStore.Sealed;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The audit log as a whole: sealed into a chain, verified, read and pruned.
///
/// Rows are written by the transactions of the deeds, which wait for nobody; a sealer chains them a
/// moment later in an order of its own (decision 0012). The ends of the chain carry a seal under
/// the server's secret: whoever can write to the database alone can neither shorten nor rewrite it.
public final class AuditLog {
    private static final int BATCH = 1_000;

    private final SqlDatabase database;
    private final AuditChainStore store = new AuditChainStore();
    private final SecretBox box;
    private final InstantSource clock;

    public AuditLog(SqlDatabase database, Secret serverSecret, InstantSource clock) {
        this.database = database;
        this.box = new SecretBox(serverSecret);
        this.clock = clock;
    }

    /// Some entries, and how many there are in all.
    public record Page(List<AuditEntry> entries, long total) {}

    /// What a look at the whole chain found.
    public sealed interface Finding {
        /// `unsealed` rows are younger than the last run of the sealer.
        record Whole(long rows, long position, String hash, long unsealed) implements Finding {}

        record Broken(long position, String reason) implements Finding {}
    }

    public Page page(@Nullable String text, long offset, int limit) {
        return database.transaction(
                tx -> new Page(store.page(tx, text, offset, limit), store.count(tx, text)));
    }

    /// Chains what was recorded since, unless another node is at it. Answers how many rows.
    public int seal() {
        int sealed = 0;
        while (true) {
            int more = database.transaction(tx -> store.tryLock(tx) ? sealBatch(tx) : 0);
            sealed += more;
            if (more < BATCH) {
                return sealed;
            }
        }
    }

    private int sealBatch(SqlTransaction tx) {
        List<AuditEntry> entries = store.unsealed(tx, BATCH);
        if (entries.isEmpty()) {
            return 0;
        }
        Link start = store.findAnchor(tx, End.HEAD).map(Anchor::link).orElse(AuditChain.START);
        List<Link> links = new ArrayList<>(entries.size());
        Link last = start;
        for (AuditEntry entry : entries) {
            last = AuditChain.next(last, entry);
            links.add(last);
        }
        store.seal(tx, start, entries, links);
        store.putAnchor(tx, End.HEAD, anchor(End.HEAD, last), clock.instant());
        return entries.size();
    }

    /// Walks the chain from where it was pruned to its head, all in one snapshot: rows that are
    /// sealed or pruned meanwhile are neither missing nor too many.
    public Finding verify() {
        return database.snapshot(this::verify);
    }

    private Finding verify(SqlTransaction tx) {
        Optional<Anchor> pruned = store.findAnchor(tx, End.PRUNED);
        if (pruned.filter(anchor -> !isOurs(End.PRUNED, anchor)).isPresent()) {
            return broken(pruned.get().link().position(), "the mark of pruned rows is not ours");
        }
        Optional<Anchor> head = store.findAnchor(tx, End.HEAD);
        if (head.filter(anchor -> !isOurs(End.HEAD, anchor)).isPresent()) {
            return broken(head.get().link().position(), "the mark of the last row is not ours");
        }
        Link start = pruned.map(Anchor::link).orElse(AuditChain.START);
        return verify(tx, start, head.map(Anchor::link).orElse(AuditChain.START));
    }

    private Finding verify(SqlTransaction tx, Link start, Link head) {
        Link at = start;
        List<Sealed> rows;
        do {
            rows = store.after(tx, at.position(), BATCH);
            for (Sealed row : rows) {
                Optional<String> fault = findFault(at, row);
                if (fault.isPresent()) {
                    return broken(at.position() + 1, fault.get());
                }
                if (at.equals(head)) {
                    return broken(row.position(), "the mark of the last row is before it");
                }
                at = new Link(row.position(), row.hash());
            }
        } while (rows.size() == BATCH);
        return at.equals(head)
                ? new Finding.Whole(
                        at.position() - start.position(),
                        at.position(),
                        at.hash(),
                        store.countUnsealed(tx))
                : broken(at.position() + 1, "the last rows are missing or replaced");
    }

    private static Optional<String> findFault(Link before, Sealed row) {
        if (row.position() != before.position() + 1) {
            return Optional.of("the row is missing");
        }
        if (!row.previousHash().equals(before.hash())) {
            return Optional.of("the row does not follow the one before it");
        }
        return AuditChain.next(before, row.entry()).hash().equals(row.hash())
                ? Optional.empty()
                : Optional.of("the row was changed");
    }

    /// Deletes rows from before that moment, as far as no later one stands before them in the
    /// chain, and marks where the chain begins now. Answers how many.
    public long prune(Instant before) {
        return database.transaction(tx -> {
            store.lock(tx);
            Optional<Link> last = store.findLastBefore(tx, before);
            if (last.isEmpty()) {
                return 0L;
            }
            store.putAnchor(tx, End.PRUNED, anchor(End.PRUNED, last.get()), clock.instant());
            return store.deleteUpTo(tx, last.get().position());
        });
    }

    private Anchor anchor(End end, Link link) {
        return new Anchor(link, seal(end, link));
    }

    private boolean isOurs(End end, Anchor anchor) {
        return MessageDigest.isEqual(
                anchor.seal().getBytes(StandardCharsets.UTF_8),
                seal(end, anchor.link()).getBytes(StandardCharsets.UTF_8));
    }

    private String seal(End end, Link link) {
        return box.fingerprint(link.position() + ":" + link.hash(), "audit " + end.name());
    }

    private static Finding broken(long position, String reason) {
        return new Finding.Broken(position, reason);
    }
}
