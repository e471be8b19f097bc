package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.TransactionFlight.Part;
import dev.ashlar.backend.postgres.wire.Prepared;
import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection whose session has one role for good and is read-only; the reads of many requests
/// are pipelined on it. One event loop's own.
final class ReadLane implements ReadTurn.Lane {
    private final LaneKey key;
    private final Wire wire;
    private final SessionSettings settings;
    private final StatementCache statements;
    private final LaneClock clock = new LaneClock();
    private final Prepared claims;
    private final Prepared bareClaims;
    private final Prepared begin;
    private @Nullable ReadGroup gathering;
    private final ReadTurn turn = new ReadTurn(this);
    private boolean retired;

    private ReadLane(LaneKey key, Wire wire, SessionSettings settings, int cacheSize) {
        this.settings = settings;
        this.key = key;
        this.wire = wire;
        statements = new StatementCache(wire, cacheSize);
        claims = wire.named(SessionSettings.CLAIMS.text());
        bareClaims = wire.named(SessionSettings.BARE_CLAIMS.text());
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

    /// `company` is whether it may wait for the other reads of its group.
    void read(LoopLanes.Read read, Company company, LaneReply reply) {
        SqlStatement statement = read.statement();
        LaneCaller caller = read.caller();
        Answer answer = new Answer(statement.text(), reply);
        clock.sent(System.nanoTime());
        if (mustRollBack(read.mode())) {
            new TransactionFlight(new Ended(statement.text(), reply))
                    .depart(wire, begin, claims(caller), part(read), SessionSettings.ROLLBACK);
        } else if (company == Company.NONE || !mayBeGrouped(caller)) {
            sendAlone(settingsOf(caller), part(read), answer);
        } else if (key.style() == LaneKey.ReadStyle.ALONE) {
            group().expect();
            turn.add(statement, read.rows(), answer);
        } else {
            group().add(settingsOf(caller), part(read), answer);
        }
    }

    private Part part(LoopLanes.Read read) {
        SqlStatement statement = read.statement();
        return new Part(prepared(statement.text()), statement.parameters(), read.rows());
    }

    @Override
    public Prepared prepared(String text) {
        return statements.find(text, text);
    }

    @Override
    public void forget(String text) {
        statements.forget(text);
    }

    /// Whether a read may be one of a group, whose answers come together.
    enum Company {
        SHARED,
        NONE
    }

    /// In a group each read sets the claims anew, and nothing else is ever set: neither by the
    /// request nor by code that it calls.
    private boolean mayBeGrouped(LaneCaller caller) {
        return key.style() == LaneKey.ReadStyle.ALONE || settings.isBare(caller);
    }

    private @Nullable Part settingsOf(LaneCaller caller) {
        return switch (key.style()) {
            case ALONE -> null;
            case IN_TRANSACTION -> claims(caller);
        };
    }

    private Part claims(LaneCaller caller) {
        return settings.isBare(caller)
                ? new Part(bareClaims, List.of(caller.claims().json()))
                : new Part(claims, settings.claims(caller));
    }

    /// The group of this turn of the event loop; it is sent at the end of the turn, or when it is
    /// full.
    private ReadGroup group() {
        ReadGroup group = gathering;
        if (group == null || group.isFull()) {
            send(group);
            group = new ReadGroup(this);
            if (gathering == null) {
                wire.context()
                        .nettyEventLoop()
                        .execute(() -> {
                            ReadGroup last = gathering;
                            gathering = null;
                            send(last);
                        });
            }
            gathering = group;
        }
        return group;
    }

    private void send(@Nullable ReadGroup group) {
        if (group != null) {
            turn.sendWith(group);
            wire.send(group.exchange());
        }
    }

    @Override
    public void sendAlone(@Nullable Part set, Part part, ReadGroup.Answer answer) {
        ReadGroup alone = new ReadGroup(this);
        alone.add(set, part, answer);
        wire.send(alone.exchange());
    }

    @Override
    public void doubt() {
        retire();
    }

    /// Code that a read calls may set something for the session, which only a rollback takes back:
    /// a function called by name, or any where some code was found that may.
    private boolean mustRollBack(ReadMode mode) {
        return key.style() == LaneKey.ReadStyle.IN_TRANSACTION
                && (mode == ReadMode.CALL || settings.traits().changesSession());
    }

    /// Takes no more; closes when the last reply is there.
    void retire() {
        retired = true;
        closeWhenEmpty();
    }

    private void failed(String text, Throwable error, long served, LaneReply reply) {
        if (PostgresProblems.stalePlan(error)) {
            forget(text);
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

    private final class Answer implements ReadGroup.Answer {
        private final String text;
        private final LaneReply reply;

        Answer(String text, LaneReply reply) {
            this.text = text;
            this.reply = reply;
        }

        @Override
        public void complete(@Nullable LaneResult rows, @Nullable Throwable error) {
            long now = System.nanoTime();
            long served = clock.servingFor(now);
            clock.replied(now);
            if (retired) {
                closeWhenEmpty();
            }
            if (error != null) {
                failed(text, error, served, reply);
            } else if (rows != null) {
                reply.succeeded(rows, served);
            }
        }
    }

    private final class Ended implements TransactionFlight.Ended {
        private final String text;
        private final LaneReply reply;

        Ended(String text, LaneReply reply) {
            this.text = text;
            this.reply = reply;
        }

        @Override
        public void statementReplied(TransactionFlight flight) {
            long served = clock.servingFor(System.nanoTime());
            Throwable failure = flight.failure();
            if (failure == null) {
                reply.succeeded(flight.result(), served);
            } else {
                failed(text, failure, served, reply);
            }
        }

        @Override
        public void endReplied(TransactionFlight flight) {
            clock.replied(System.nanoTime());
            if (retired || flight.leavesDoubt()) {
                retire();
            }
        }
    }
}
