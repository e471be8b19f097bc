package dev.ashlar.auth;

import dev.ashlar.auth.audit.AuditLog;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.keys.KeyRing;
import dev.ashlar.auth.password.HashForms;
import dev.ashlar.auth.session.Revocations;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.observe.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/// What each node does beside its requests: it seals the audit log, learns what other nodes
/// changed, and throws away sessions and marks that are over.
public final class NodeUpkeep implements AutoCloseable {
    private static final Log LOG = Log.of(NodeUpkeep.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TICKS_BETWEEN_LOOKS = 10;
    private static final int TICKS_BETWEEN_CLEARINGS = 60;
    private static final int TICKS_BETWEEN_SWEEPS = 3_600;

    /// Many changes at once are one look.
    private static final Duration GATHERING = Duration.ofMillis(50);

    /// How long a used token is still known as used, and an ended session as ended.
    private static final Duration KEPT = Duration.ofDays(30);

    private final SqlDatabase database;
    private final KeyRing keys;
    private final Revocations revocations;
    private final HashForms forms;
    private final AuditLog log;
    private final SessionStore sessions;
    private final ProviderUseCases provider;
    private final AuthContext context;
    private final AtomicBoolean gathering = new AtomicBoolean();
    private final Thread thread = Thread.ofVirtual().name("auth-upkeep").unstarted(this::run);

    NodeUpkeep(
            SqlDatabase database,
            KeyRing keys,
            Revocations revocations,
            HashForms forms,
            AuditLog log,
            SessionStore sessions,
            ProviderUseCases provider,
            AuthContext context) {
        this.database = database;
        this.keys = keys;
        this.revocations = revocations;
        this.forms = forms;
        this.log = log;
        this.sessions = sessions;
        this.provider = provider;
        this.context = context;
    }

    NodeUpkeep started() {
        thread.start();
        return this;
    }

    /// Another node said that something changed. Never blocks.
    public void heard() {
        if (gathering.compareAndSet(false, true)) {
            Thread.ofVirtual().name("auth-reload").start(() -> attempt(this::look));
        }
    }

    /// Reads anew what other nodes may have changed. Blocks.
    public void reload() {
        keys.reload();
        revocations.reload();
        forms.reload();
    }

    /// Throws away what is over; answers how many rows. Blocks.
    public long sweep() {
        Instant now = context.now();
        long rows =
                database.transaction(tx ->
                        sessions.deleteOver(tx, context.config(), now, now.minus(KEPT))
                                + sessions.deleteRevocations(
                                        tx,
                                        now.minus(context.config().tokenLifetime())
                                                .minus(Duration.ofHours(1)))
                                + context.limits().known().deleteOld(tx, now));
        return rows
                + provider.sweep()
                + context.config()
                        .auditRetention()
                        .map(kept -> log.prune(now.minus(kept)))
                        .orElse(0L);
    }

    /// Throws away limits that say nothing any more: there may be many, so it is done more often.
    public long clear() {
        return context.limits().sweep();
    }

    private void look() {
        try {
            Thread.sleep(GATHERING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        // Before reading: what changes from here on needs another look.
        gathering.set(false);
        reload();
    }

    private void run() {
        attempt(revocations::reload);
        attempt(forms::reload);
        for (int tick = 1; ; tick++) {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException _) {
                return;
            }
            attempt(log::seal);
            if (tick % TICKS_BETWEEN_LOOKS == 0) {
                attempt(this::reload);
            }
            if (tick % TICKS_BETWEEN_CLEARINGS == 0) {
                attempt(this::clear);
            }
            if (tick % TICKS_BETWEEN_SWEEPS == 0) {
                attempt(this::sweep);
                tick = 0;
            }
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.debug("Upkeep of sign-in goes on at its next turn", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
