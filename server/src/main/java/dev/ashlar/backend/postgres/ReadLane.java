package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Future;
import io.vertx.sqlclient.internal.PreparedStatement;
import io.vertx.sqlclient.internal.TupleInternal;
import org.jspecify.annotations.Nullable;

/// One connection whose session has one role for good and is read-only; the reads of many requests
/// are pipelined on it. One event loop's own.
final class ReadLane {
    private final LaneKey key;
    private final Wire wire;
    private final SessionSettings settings;
    private final StatementCache statements;
    private final LaneClock clock = new LaneClock();
    private boolean retired;

    private ReadLane(LaneKey key, Wire wire, SessionSettings settings, int cacheSize) {
        this.settings = settings;
        this.key = key;
        this.wire = wire;
        statements = new StatementCache(wire, cacheSize);
    }

    /// Sets up the session; fails when the role may not be taken.
    static Future<ReadLane> open(LaneKey key, Wire wire, SessionSettings settings, int cacheSize) {
        return wire.query(settings.readSession(key))
                .compose(_ -> wire.run(SessionSettings.takeRole(key.role())))
                .compose(_ -> wire.prepareSettings(SessionSettings.CLAIMS))
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

    void read(SqlStatement statement, LaneCaller caller, LaneReply reply) {
        String text = statement.text();
        Future<PreparedStatement> prepared = statements.find(text);
        if (prepared == null) {
            prepared = statements.prepare(text, () -> wire.prepare(statement));
        }
        if (prepared.succeeded()) {
            send(prepared.result(), statement, caller, reply);
            return;
        }
        prepared.onComplete((ready, error) -> {
            if (error == null) {
                send(ready, statement, caller, reply);
            } else if (PostgresProblems.breaksConnection(error)) {
                reply.runElsewhere(error);
            } else {
                reply.refused(error, 0);
            }
        });
    }

    /// Takes no more; closes when the last reply is there.
    void retire() {
        retired = true;
        closeWhenEmpty();
    }

    private void send(
            PreparedStatement prepared,
            SqlStatement statement,
            LaneCaller caller,
            LaneReply reply) {
        TupleInternal values;
        try {
            values = Parameters.bind(prepared, statement);
        } catch (RuntimeException e) {
            reply.refused(e, 0);
            return;
        }
        clock.sent(System.nanoTime());
        switch (key.style()) {
            case ALONE ->
                    wire.send(
                            new Flight()
                                    .execute(
                                            prepared,
                                            values,
                                            (rows, error) ->
                                                    aloneReplied(statement, rows, error, reply)));
            case ROLLED_BACK ->
                    new TransactionFlight(new Rollback(statement, reply))
                            .depart(
                                    wire,
                                    SessionSettings.BEGIN_READ_ONLY,
                                    Parameters.bind(wire.settings(), settings.claims(caller)),
                                    prepared,
                                    values,
                                    SessionSettings.ROLLBACK);
        }
    }

    private void aloneReplied(
            SqlStatement statement,
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
            failed(statement, error, served, reply);
        } else if (rows != null) {
            reply.succeeded(rows, served);
        }
    }

    private void failed(SqlStatement statement, Throwable error, long served, LaneReply reply) {
        if (PostgresProblems.stalePlan(error)) {
            statements.forget(wire, statement.text());
            reply.runElsewhere(error);
        } else if (PostgresProblems.breaksConnection(error)) {
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

    /// Reads end with a rollback: code that they called may have set something for the session, and
    /// a rollback takes that back too.
    private final class Rollback implements TransactionFlight.Ended {
        private final SqlStatement statement;
        private final LaneReply reply;

        Rollback(SqlStatement statement, LaneReply reply) {
            this.statement = statement;
            this.reply = reply;
        }

        @Override
        public void statementReplied(TransactionFlight flight) {
            long served = clock.servingFor(System.nanoTime());
            Throwable failure = flight.failure();
            if (failure == null) {
                reply.succeeded(flight.result(), served);
            } else if (flight.beginFailed()) {
                reply.runElsewhere(failure);
            } else {
                failed(statement, failure, served, reply);
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
