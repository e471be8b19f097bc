package dev.ashlar.auth.message;

import dev.ashlar.auth.message.OutboxStore.Waiting;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Mail on its way. It is put here in the transaction that it tells of, so there is no mail of what
/// did not happen and none is lost; a thread of each node sends what is due. A crash between
/// sending and noting it sends a mail twice, never not at all.
public final class Outbox implements AutoCloseable {
    private static final Log LOG = Log.of(Outbox.class);

    /// After each failure; then it is given up. Some twelve hours, for links that live one hour:
    /// longer makes no sense.
    private static final List<Duration> WAITS =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(10));

    /// More than one sending may take.
    private static final Duration LEASE = Duration.ofMinutes(2);

    /// How long another node's mail, or one that is due again, may wait unnoticed.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final SqlDatabase database;
    private final OutboxStore store;
    private final Mailer mailer;
    private final Abandoned abandoned;
    private final InstantSource clock;
    private final Semaphore wake = new Semaphore(0);
    private final Thread sender;
    private volatile boolean closed;

    /// Told of mail that was given up, in the transaction that forgets it.
    @FunctionalInterface
    public interface Abandoned {
        void note(SqlTransaction tx, UUID about, Instant now);
    }

    Outbox(
            SqlDatabase database,
            OutboxStore store,
            Mailer mailer,
            Abandoned abandoned,
            InstantSource clock) {
        this.database = database;
        this.store = store;
        this.mailer = mailer;
        this.abandoned = abandoned;
        this.clock = clock;
        this.sender = Thread.ofVirtual().name("outbox").start(this::sendAll);
    }

    void put(SqlTransaction tx, UUID about, Outgoing message, Instant now) {
        store.insert(tx, about, message, now);
    }

    /// To be called after the transaction; without it the mail leaves a little later.
    void wake() {
        wake.release();
    }

    /// Sends one that is due; false when there is none.
    boolean sendOne() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Waiting> waiting =
                database.transaction(tx -> store.lease(tx, now, now.plus(LEASE)));
        waiting.ifPresent(mail -> send(mail, now));
        return waiting.isPresent();
    }

    private void send(Waiting waiting, Instant now) {
        try {
            mailer.send(waiting.message());
            database.transaction(tx -> {
                store.delete(tx, waiting.id());
                return waiting;
            });
        } catch (SendingFailed e) {
            boolean last =
                    e.kind() == SendingFailed.Kind.PERMANENT || waiting.attempts() > WAITS.size();
            LOG.warn(
                    "Mail {} was not taken (attempt {}, {}): {}",
                    waiting.id(),
                    waiting.attempts(),
                    last ? "given up" : "to be tried again",
                    e.getMessage());
            database.transaction(tx -> {
                if (last) {
                    store.delete(tx, waiting.id());
                    waiting.about().ifPresent(about -> abandoned.note(tx, about, now));
                } else {
                    store.postpone(tx, waiting.id(), now.plus(WAITS.get(waiting.attempts() - 1)));
                }
                return waiting;
            });
        }
    }

    private void sendAll() {
        while (!closed) {
            try {
                if (!sendOne()) {
                    boolean woken = wake.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    if (woken) {
                        wake.drainPermits();
                    }
                }
            } catch (InterruptedException _) {
                return;
            } catch (ProblemException e) {
                if (!closed) {
                    LOG.debug("The outbox cannot be read at the moment", e);
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException _) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        sender.interrupt();
        try {
            sender.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
