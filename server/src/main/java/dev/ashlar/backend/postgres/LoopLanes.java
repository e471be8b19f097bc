package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.LaneKey.ReadStyle;
import dev.ashlar.backend.postgres.ReadLane.Company;
import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The read lanes of one event loop, and the choice of a lane for each request of that loop.
///
/// A shared lane takes statements known to be fast, for roles that have proved to be allowed, while
/// nothing slow is in its way. Everything else goes to the exclusive lane, which finds out.
final class LoopLanes {
    /// A lane whose oldest request is served for longer than this takes no more until it replied.
    static final long BLOCKED_NANOS = 50_000_000;

    private static final int MAX_LANES = 32;
    private static final long REOPEN_PAUSE_NANOS = 500_000_000;

    private final ContextInternal context;
    private final LaneSupplies supplies;
    private final LatencyBook latencies = new LatencyBook();
    private final Map<LaneKey, ReadLane> lanes = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable LaneKey opening;
    private long openNotBefore = System.nanoTime();
    private boolean closed;

    /// What the lanes of all event loops share.
    record LaneSupplies(
            Connector connector,
            SessionSettings settings,
            PostgresConfig config,
            Exclusive exclusive,
            WriteLanes writes,
            AtomicInteger readConnections) {}

    LoopLanes(ContextInternal context, LaneSupplies supplies) {
        this.context = context;
        this.supplies = supplies;
    }

    ContextInternal context() {
        return context;
    }

    /// A read and the lane that it belongs on.
    record Read(
            SqlStatement statement, LaneCaller caller, LaneKey key, ReadMode mode, RowTaker rows) {}

    void read(Read read, Promise<LaneResult> promise) {
        if (latencies.isFast(read.statement().text())) {
            ReadLane lane = lanes.get(read.key());
            if (lane == null) {
                openBehindTheScenes(read.key());
            } else if (isFree(lane)) {
                Company company =
                        latencies.isBrief(read.statement().text()) ? Company.SHARED : Company.NONE;
                lane.read(read, company, new SharedRead(read, promise));
                return;
            }
        }
        readExclusively(read, promise);
    }

    /// A write, and what becomes of the rows that it returns.
    record Write(SqlStatement statement, LaneCaller caller, RowTaker rows) {}

    void write(Write write, Promise<LaneResult> promise) {
        if (supplies.config().preparedStatements() && latencies.isFast(write.statement().text())) {
            WriteLane lane = supplies.writes().findLeastBusy(context);
            if (lane != null) {
                SharedWrite reply = new SharedWrite(write, promise);
                if (lane.wire().context().inThread()) {
                    lane.write(write, reply);
                } else {
                    lane.wire().context().runOnContext(_ -> lane.write(write, reply));
                }
                return;
            }
        }
        writeExclusively(write, promise);
    }

    /// Ends the lanes on which statements are sent alone; what is in flight is still answered.
    void retireAlone() {
        for (ReadLane lane : new ArrayList<>(lanes.values())) {
            if (lane.key().style() == ReadStyle.ALONE) {
                lanes.remove(lane.key(), lane);
                lane.retire();
            }
        }
    }

    /// Gives up connections whose server has gone silent.
    void abortSilent() {
        long now = System.nanoTime();
        for (ReadLane lane : new ArrayList<>(lanes.values())) {
            if (lane.clock().servingFor(now) > supplies.connector().replyLimitMs() * 1_000_000) {
                lane.wire().abort();
            }
        }
    }

    void close() {
        closed = true;
        new ArrayList<>(lanes.values()).forEach(lane -> lane.wire().close());
    }

    private boolean isFree(ReadLane lane) {
        return lane.isUsable() && lane.clock().servingFor(System.nanoTime()) < BLOCKED_NANOS;
    }

    private void readExclusively(Read read, Promise<LaneResult> promise) {
        SqlStatement statement = read.statement();
        supplies.exclusive()
                .begin(
                        context,
                        Access.READ_ONLY,
                        supplies.settings().all(read.caller()),
                        read.caller().request())
                .onFailure(promise::tryFail)
                .onSuccess(transaction ->
                        Exclusive.on(
                                        transaction.wire(),
                                        () -> transaction.timed(statement, read.rows()))
                                .onComplete((timed, error) -> {
                                    // A read is answered before its rollback.
                                    settle(statement, timed, error, promise);
                                    supplies.exclusive().rollBack(transaction);
                                }));
    }

    private void writeExclusively(Write write, Promise<LaneResult> promise) {
        SqlStatement statement = write.statement();
        supplies.exclusive()
                .begin(
                        context,
                        Access.READ_WRITE,
                        supplies.settings().all(write.caller()),
                        write.caller().request())
                .onFailure(promise::tryFail)
                .onSuccess(transaction ->
                        Exclusive.on(
                                        transaction.wire(),
                                        () ->
                                                transaction.finish(_ ->
                                                        transaction.timed(statement, write.rows())))
                                .onComplete((timed, error) -> {
                                    supplies.exclusive().giveBack(transaction);
                                    settle(statement, timed, error, promise);
                                }));
    }

    private void settle(
            SqlStatement statement,
            WireTransaction.@Nullable Timed timed,
            @Nullable Throwable error,
            Promise<LaneResult> promise) {
        if (timed == null) {
            promise.tryFail(error);
            return;
        }
        record(statement, timed.nanos());
        promise.tryComplete(timed.result());
    }

    /// The book is this event loop's own, and exclusive connections may be another's.
    private void record(SqlStatement statement, long nanos) {
        if (context.inThread()) {
            latencies.record(statement.text(), nanos);
        } else {
            context.runOnContext(_ -> latencies.record(statement.text(), nanos));
        }
    }

    private void openBehindTheScenes(LaneKey key) {
        long now = System.nanoTime();
        if (opening != null
                || closed
                || !supplies.config().preparedStatements()
                || now - openNotBefore < 0
                || !takePlace()) {
            return;
        }
        opening = key;
        supplies.connector()
                .connect(context)
                .compose(wire ->
                        ReadLane.open(
                                key,
                                wire,
                                supplies.settings(),
                                supplies.config().statementCacheSize()))
                .onComplete((lane, error) -> {
                    opening = null;
                    if (error == null) {
                        opened(lane);
                    } else {
                        openNotBefore = System.nanoTime() + REOPEN_PAUSE_NANOS;
                        supplies.readConnections().decrementAndGet();
                    }
                });
    }

    private void opened(ReadLane lane) {
        lanes.put(lane.key(), lane);
        lane.wire()
                .whenClosed(() -> {
                    lanes.remove(lane.key(), lane);
                    supplies.readConnections().decrementAndGet();
                });
        if (closed) {
            lane.wire().close();
        }
    }

    /// Within the bounds, if need be in the place of the lane not used for longest.
    private boolean takePlace() {
        AtomicInteger open = supplies.readConnections();
        if (lanes.size() < MAX_LANES
                && open.incrementAndGet() <= supplies.config().readConnections()) {
            return true;
        }
        if (lanes.size() < MAX_LANES) {
            open.decrementAndGet();
        }
        for (ReadLane idle : lanes.values()) {
            if (idle.clock().inFlight() == 0) {
                lanes.remove(idle.key(), idle);
                idle.retire();
                break;
            }
        }
        // The place is free once the connection is closed.
        return false;
    }

    private abstract class Shared implements LaneReply {
        final SqlStatement statement;
        final Promise<LaneResult> promise;

        Shared(SqlStatement statement, Promise<LaneResult> promise) {
            this.statement = statement;
            this.promise = promise;
        }

        @Override
        public void succeeded(LaneResult result, long servedNanos) {
            record(statement, servedNanos);
            promise.tryComplete(result);
        }

        @Override
        public void refused(Throwable error, long servedNanos) {
            if (servedNanos > LatencyBook.FAST_NANOS) {
                record(statement, servedNanos);
            }
            promise.tryFail(error);
        }
    }

    private final class SharedRead extends Shared {
        private final Read read;

        SharedRead(Read read, Promise<LaneResult> promise) {
            super(read.statement(), promise);
            this.read = read;
        }

        @Override
        public void runElsewhere(Throwable error) {
            readExclusively(read, promise);
        }
    }

    private final class SharedWrite extends Shared {
        private final Write write;

        SharedWrite(Write write, Promise<LaneResult> promise) {
            super(write.statement(), promise);
            this.write = write;
        }

        @Override
        public void runElsewhere(Throwable error) {
            writeExclusively(write, promise);
        }
    }
}
