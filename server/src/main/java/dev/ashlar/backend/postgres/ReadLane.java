package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.TransactionFlight.Part;
import dev.ashlar.backend.postgres.wire.Exchange;
import dev.ashlar.backend.postgres.wire.Prepared;
import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/// One connection whose session has one role for good and is read-only; the reads of many requests
/// are pipelined on it. One event loop's own.
final class ReadLane {
    private final LaneKey key;
    private final Wire wire;
    private final SessionSettings settings;
    private final StatementCache statements;
    private final LaneClock clock = new LaneClock();
    private final Prepared claims;
    private final Prepared begin;
    private boolean retired;

    private ReadLane(LaneKey key, Wire wire, SessionSettings settings, int cacheSize) {
        this.settings = settings;
        this.key = key;
        this.wire = wire;
        statements = new StatementCache(wire, cacheSize);
        claims = wire.named(SessionSettings.CLAIMS.text());
        begin = wire.named(SessionSettings.BEGIN_READ_ONLY.text());
    }

    /// Sets up the session; fails when the role may not be taken.
    static Future<ReadLane> open(LaneKey key, Wire wire, SessionSettings settings, int cacheSize) {
        return wire.query(settings.readSession(key))
                .compose(_ -> wire.run(SessionSettings.takeRole(key.role())))
                .map(_ -> new ReadLane(key, wire, settings, cacheSize))
                .onFailure(_ -> wire.close());
    }

    LaneKey key() {
        return key;
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

    void read(LoopLanes.Read read, LaneReply reply) {
        SqlStatement statement = read.statement();
        Prepared prepared = statements.find(statement.text(), statement.text());
        clock.sent(System.nanoTime());
        switch (key.style()) {
            case ALONE -> wire.send(alone(prepared, read, reply));
            case IN_TRANSACTION -> {
                Part settingsPart = new Part(claims, settings.claims(read.caller()));
                Part part = new Part(prepared, statement.parameters(), read.rows());
                TransactionFlight flight = new TransactionFlight(new Ended(prepared, reply));
                if (mustRollBack(read.mode())) {
                    flight.depart(wire, begin, settingsPart, part, SessionSettings.ROLLBACK);
                } else {
                    flight.depart(wire, settingsPart, part);
                }
            }
        }
    }

    /// Code that a read calls may set something for the session, which only a rollback takes back:
    /// a function called by name, or any where some code was found that may.
    private boolean mustRollBack(ReadMode mode) {
        return mode == ReadMode.CALL || settings.traits().changesSession();
    }

    /// Takes no more; closes when the last reply is there.
    void retire() {
        retired = true;
        closeWhenEmpty();
    }

    private Exchange alone(Prepared prepared, LoopLanes.Read read, LaneReply reply) {
        return read.rows().execute(
                new Exchange(),
                prepared,
                read.statement().parameters(),
                (rows, error) -> aloneReplied(prepared, rows, error, reply));
    }

    private void aloneReplied(
            Prepared prepared,
            @Nullable LaneResult rows,
            @Nullable Throwable error,
            LaneReply reply) {
        long now = System.nanoTime();
        long served = clock.servingFor(now);
        clock.replied(now);
        if (retired) {
            closeWhenEmpty();
        }
        if (error != null) {
            failed(prepared, error, served, reply);
        } else if (rows != null) {
            reply.succeeded(rows, served);
        }
    }

    private void failed(Prepared prepared, Throwable error, long served, LaneReply reply) {
        if (PostgresProblems.stalePlan(error)) {
            statements.forget(prepared.sql(), prepared);
            reply.runElsewhere(error);
        } else if (PostgresProblems.breaksConnection(error)
                || PostgresProblems.foundFailedTransaction(error)) {
            reply.runElsewhere(error);
        } else {
            reply.refused(error, served);
        }
    }

    private void closeWhenEmpty() {
        if (clock.inFlight() == 0) {
            wire.close();
        }
    }

    private final class Ended implements TransactionFlight.Ended {
        private final Prepared prepared;
        private final LaneReply reply;

        Ended(Prepared prepared, LaneReply reply) {
            this.prepared = prepared;
            this.reply = reply;
        }

        @Override
        public void statementReplied(TransactionFlight flight) {
            long served = clock.servingFor(System.nanoTime());
            Throwable failure = flight.failure();
            if (failure == null) {
                reply.succeeded(flight.result(), served);
            } else {
                failed(prepared, failure, served, reply);
            }
        }

        @Override
        public void endReplied(TransactionFlight flight) {
            clock.replied(System.nanoTime());
            if (flight.leavesDoubt()) {
                retired = true;
            }
            if (retired) {
                closeWhenEmpty();
            }
        }
    }
}
