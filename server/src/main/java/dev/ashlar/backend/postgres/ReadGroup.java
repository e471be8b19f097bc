package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.TransactionFlight.Part;
import dev.ashlar.backend.postgres.wire.Exchange;
import io.vertx.core.Completable;
import org.jspecify.annotations.Nullable;

/// Reads of one turn of the event loop, sent before one Sync: the database begins and ends one
/// transaction for all, and is woken once.
///
/// Each member sets its own claims first, so none reads under another's. The first that is refused
/// is refused for itself, since all before it was good; the server skips those behind it up to the
/// Sync, and they are sent again.
final class ReadGroup {
    /// As many answers wait for each other.
    private static final int MOST = 32;

    private final Exchange exchange = new Exchange();
    private final Resending resending;
    private int members;
    private boolean refused;

    /// The answer to one member.
    interface Answer extends Completable<LaneResult> {}

    /// Sends a member again that the server skipped.
    @FunctionalInterface
    interface Resending {
        void send(@Nullable Part settings, Part statement, Answer answer);
    }

    ReadGroup(Resending resending) {
        this.resending = resending;
    }

    boolean isFull() {
        return members == MOST;
    }

    /// To be sent once.
    Exchange exchange() {
        return exchange;
    }

    /// `settings` come before the statement, where the session has not all of them.
    void add(@Nullable Part settings, Part statement, Answer answer) {
        members++;
        if (settings == null) {
            execute(statement, (rows, error) -> replied(null, statement, answer, rows, error));
            return;
        }
        Throwable[] unset = new Throwable[1];
        boolean[] skipped = new boolean[1];
        execute(
                settings,
                (_, error) -> {
                    unset[0] = error;
                    skipped[0] = error != null && refused;
                    refused |= error != null;
                });
        execute(
                statement,
                (rows, error) -> {
                    if (unset[0] != null && !skipped[0]) {
                        answer.fail(unset[0]);
                    } else {
                        replied(settings, statement, answer, rows, error);
                    }
                });
    }

    private void execute(Part part, Completable<LaneResult> reply) {
        part.rows().execute(exchange, part.prepared(), part.values(), reply);
    }

    private void replied(
            @Nullable Part settings,
            Part statement,
            Answer answer,
            @Nullable LaneResult rows,
            @Nullable Throwable error) {
        if (error == null) {
            answer.complete(rows, null);
        } else if (refused) {
            resending.send(settings, statement, answer);
        } else {
            refused = true;
            answer.fail(error);
        }
    }
}
