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

    private final Exchange exchange = new Exchange((_, _) -> ended());
    private final Lane lane;
    private int members;
    private boolean refused;

    /// The answer to one member.
    interface Answer extends Completable<LaneResult> {}

    /// Where the group is sent.
    interface Lane {
        /// Sends a member again that the server skipped.
        void sendAlone(@Nullable Part settings, Part statement, Answer answer);

        /// Whoever comes next may find itself inside a transaction.
        void doubt();
    }

    ReadGroup(Lane lane) {
        this.lane = lane;
    }

    boolean isFull() {
        return members >= MOST;
    }

    /// A read will come before the group is sent, maybe together with others.
    void expect() {
        members++;
    }

    /// To be sent once.
    Exchange exchange() {
        return exchange;
    }

    /// `settings` come before the statement, where the session has not all of them.
    void add(@Nullable Part settings, Part statement, Answer answer) {
        members++;
        Member member = new Member(settings, statement, answer);
        if (settings != null) {
            settings.addTo(exchange, (_, error) -> member.set(error));
        }
        statement.addTo(exchange, member::replied);
    }

    private void ended() {
        if (!exchange.leftNoTransaction()) {
            lane.doubt();
        }
    }

    private final class Member {
        private final @Nullable Part settings;
        private final Part statement;
        private final Answer answer;

        /// Refused for itself: nothing before it was.
        private boolean first;

        Member(@Nullable Part settings, Part statement, Answer answer) {
            this.settings = settings;
            this.statement = statement;
            this.answer = answer;
        }

        /// The server skips the statement when its settings fail, for the same reason.
        void set(@Nullable Throwable error) {
            if (error != null && !refused) {
                refused = true;
                first = true;
            }
        }

        void replied(@Nullable LaneResult rows, @Nullable Throwable error) {
            set(error);
            if (error != null && !first) {
                lane.sendAlone(settings, statement, answer);
            } else {
                answer.complete(rows, error);
            }
        }
    }
}
