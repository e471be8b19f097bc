package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.TransactionFlight.Part;
import dev.ashlar.backend.postgres.wire.Prepared;
import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/// One connection on which the writes of many callers are pipelined, each a transaction with a role
/// and claims of its own. To be used on the connection's event loop; its clock may be read by all.
final class WriteLane {
    private final Wire wire;
    private final SessionSettings settings;
    private final StatementCache statements;
    private final Prepared all;
    private final Prepared bare;
    private final LaneClock clock = new LaneClock();
    private volatile boolean retired;

    private WriteLane(Wire wire, SessionSettings settings, int cacheSize) {
        this.wire = wire;
        this.settings = settings;
        statements = new StatementCache(wire, cacheSize);
        all = wire.named(SessionSettings.ALL.text());
        bare = wire.named(SessionSettings.BARE.text());
    }

    static Future<WriteLane> open(Wire wire, SessionSettings settings, int cacheSize) {
        return wire.query(settings.writingSession())
                .map(_ -> new WriteLane(wire, settings, cacheSize))
                .onFailure(_ -> wire.close());
    }

    Wire wire() {
        return wire;
    }

    LaneClock clock() {
        return clock;
    }

    boolean isUsable() {
        return !retired && wire.isOpen();
    }

    /// Succeeds after the commit.
    void write(LoopLanes.Write write, LaneReply reply) {
        SqlStatement statement = write.statement();
        LaneCaller caller = write.caller();
        String key = caller.role().name() + '\0' + statement.text();
        Prepared prepared = statements.find(key, statement.text());
        clock.sent(System.nanoTime());
        new TransactionFlight(new Commit(key, prepared, reply))
                .depart(
                        wire,
                        settingsOf(caller),
                        new Part(prepared, statement.parameters(), write.rows()));
    }

    private Part settingsOf(LaneCaller caller) {
        return settings.isBare(caller)
                ? new Part(bare, settings.bare(caller))
                : new Part(all, settings.all(caller));
    }

    /// Takes no more; closes when the last reply is there.
    void retire() {
        retired = true;
        closeWhenEmpty();
    }

    private void closeWhenEmpty() {
        if (clock.inFlight() == 0) {
            wire.close();
        }
    }

    private final class Commit implements TransactionFlight.Ended {
        private final String key;
        private final Prepared prepared;
        private final LaneReply reply;
        private long served;

        Commit(String key, Prepared prepared, LaneReply reply) {
            this.key = key;
            this.prepared = prepared;
            this.reply = reply;
        }

        @Override
        public void statementReplied(TransactionFlight flight) {
            served = clock.servingFor(System.nanoTime());
        }

        @Override
        public void endReplied(TransactionFlight flight) {
            clock.replied(System.nanoTime());
            if (retired || flight.leavesDoubt()) {
                retire();
            }
            answer(flight);
        }

        private void answer(TransactionFlight flight) {
            Throwable failure = flight.failure();
            @Nullable Throwable commit = flight.endFailure();
            if (failure == null && commit == null && !flight.leavesDoubt()) {
                reply.succeeded(flight.result(), served);
            } else if (failure == null) {
                // Refused at commit, or the connection broke and nobody knows: never run twice.
                reply.refused(commit == null ? lost() : commit, served);
            } else if (PostgresProblems.breaksConnection(failure)) {
                reply.refused(failure, served);
            } else if (PostgresProblems.foundFailedTransaction(failure)) {
                reply.runElsewhere(failure);
            } else if (PostgresProblems.stalePlan(failure)) {
                statements.forget(key, prepared);
                reply.runElsewhere(failure);
            } else {
                reply.refused(failure, served);
            }
        }

        private static Throwable lost() {
            return PostgresProblems.unreachable(null);
        }
    }
}
