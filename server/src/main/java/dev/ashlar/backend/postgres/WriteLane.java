package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Future;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.sqlclient.internal.PreparedStatement;
import io.vertx.sqlclient.internal.TupleInternal;
import org.jspecify.annotations.Nullable;

/// One connection on which the writes of many callers are pipelined, each a transaction with a role
/// and claims of its own. To be used on the connection's event loop; its clock may be read by all.
///
/// The session is read-only by default and only BEGIN READ WRITE lifts that, so a statement whose
/// BEGIN failed cannot write.
final class WriteLane {
    private final Wire wire;
    private final SessionSettings settings;
    private final StatementCache statements;
    private final LaneClock clock = new LaneClock();
    private volatile boolean retired;

    private WriteLane(Wire wire, SessionSettings settings, int cacheSize) {
        this.wire = wire;
        this.settings = settings;
        statements = new StatementCache(wire, cacheSize);
    }

    static Future<WriteLane> open(Wire wire, SessionSettings settings, int cacheSize) {
        return wire.query(settings.anySession())
                .compose(_ -> wire.prepareSettings(SessionSettings.ALL))
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
    void write(SqlStatement statement, LaneCaller caller, LaneReply reply) {
        String key = key(statement, caller);
        Future<PreparedStatement> prepared = statements.find(key);
        if (prepared == null) {
            prepared = statements.prepare(key, () -> prepareAs(statement, caller));
        }
        if (prepared.succeeded()) {
            send(prepared.result(), key, statement, caller, reply);
            return;
        }
        prepared.onComplete((ready, error) -> {
            if (error == null) {
                send(ready, key, statement, caller, reply);
            } else {
                // Nothing ran: the exclusive lane finds the true reason.
                reply.runElsewhere(error);
            }
        });
    }

    /// Takes no more; closes when the last reply is there.
    void retire() {
        retired = true;
        closeWhenEmpty();
    }

    /// Parsing needs the caller's role, so it gets a transaction of its own, before the one that
    /// executes.
    private Future<PreparedStatement> prepareAs(SqlStatement statement, LaneCaller caller) {
        PromiseInternal<Void> begun = wire.context().promise();
        PromiseInternal<LaneResult> set = wire.context().promise();
        PromiseInternal<PreparedStatement> prepared = wire.context().promise();
        PromiseInternal<Void> ended = wire.context().promise();
        wire.send(
                new Flight()
                        .run(SessionSettings.BEGIN_READ_ONLY, begun)
                        .execute(wire.settings(), settingValues(caller), set)
                        .prepare(statement, prepared)
                        .run(SessionSettings.ROLLBACK, ended));
        ended.future().onFailure(_ -> retire());
        return Future.all(begun.future(), set.future(), prepared.future())
                .map(_ -> prepared.future().result());
    }

    private TupleInternal settingValues(LaneCaller caller) {
        return Parameters.bind(wire.settings(), settings.all(caller));
    }

    private void send(
            PreparedStatement prepared,
            String key,
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
        new TransactionFlight(new Commit(key, reply))
                .depart(
                        wire,
                        SessionSettings.BEGIN_READ_WRITE,
                        settingValues(caller),
                        prepared,
                        values,
                        SessionSettings.COMMIT);
    }

    private void closeWhenEmpty() {
        if (clock.inFlight() == 0) {
            wire.close();
        }
    }

    private static String key(SqlStatement statement, LaneCaller caller) {
        return caller.role().name() + '\0' + statement.text();
    }

    private final class Commit implements TransactionFlight.Ended {
        private final String key;
        private final LaneReply reply;
        private long served;

        Commit(String key, LaneReply reply) {
            this.key = key;
            this.reply = reply;
        }

        @Override
        public void statementReplied(TransactionFlight flight) {
            served = clock.servingFor(System.nanoTime());
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
            answer(flight);
        }

        private void answer(TransactionFlight flight) {
            Throwable failure = flight.failure();
            @Nullable Throwable commit = flight.endFailure();
            if (failure == null && commit == null) {
                reply.succeeded(flight.result(), served);
            } else if (failure == null) {
                // Refused at commit, or the connection broke and nobody knows: never run twice.
                reply.refused(commit == null ? lost() : commit, served);
            } else if (PostgresProblems.breaksConnection(failure)) {
                reply.refused(failure, served);
            } else if (flight.neverRan()) {
                reply.runElsewhere(failure);
            } else if (PostgresProblems.stalePlan(failure)) {
                statements.forget(wire, key);
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
