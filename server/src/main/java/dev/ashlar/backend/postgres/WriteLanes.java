package dev.ashlar.backend.postgres;

import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The write lanes of all event loops: few on purpose (2 give 11.6k inserts/s, 8 give 18.6k, 32
/// give 16.6k), opened as they are needed.
final class WriteLanes {
    /// What a hop to another event loop is worth in waiting requests.
    private static final int HOP = 2;

    private final Connector connector;
    private final SessionSettings settings;
    private final int capacity;
    private final int cacheSize;
    private final List<WriteLane> lanes = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    WriteLanes(Connector connector, SessionSettings settings, PostgresConfig config) {
        this.connector = connector;
        this.settings = settings;
        capacity = config.writeConnections();
        cacheSize = config.statementCacheSize();
    }

    /// The lane with the least to do, if any is open and none of its requests takes long. Opens
    /// another behind the scenes while all are busy.
    @Nullable WriteLane findLeastBusy(ContextInternal context) {
        long now = System.nanoTime();
        WriteLane best = null;
        int least = Integer.MAX_VALUE;
        for (WriteLane lane : lanes) {
            if (lane.isUsable() && lane.clock().servingFor(now) < LoopLanes.BLOCKED_NANOS) {
                int cost = lane.clock().inFlight() + (isOn(lane, context) ? 0 : HOP);
                if (cost < least) {
                    least = cost;
                    best = lane;
                }
            }
        }
        if (least > 0) {
            openAnother(context);
        }
        return best;
    }

    /// Gives up connections whose server has gone silent.
    void abortSilent() {
        long now = System.nanoTime();
        for (WriteLane lane : lanes) {
            if (lane.clock().servingFor(now) > connector.replyLimitMs() * 1_000_000) {
                lane.wire().abort();
            }
        }
    }

    void close() {
        closed = true;
        lanes.forEach(lane -> lane.wire().close());
    }

    private static boolean isOn(WriteLane lane, ContextInternal context) {
        return lane.wire().context().nettyEventLoop().equals(context.nettyEventLoop());
    }

    private void openAnother(ContextInternal context) {
        if (closed || count.get() >= capacity) {
            return;
        }
        if (count.incrementAndGet() > capacity) {
            count.decrementAndGet();
            return;
        }
        connector
                .connect(context)
                .compose(wire -> WriteLane.open(wire, settings, cacheSize))
                .onSuccess(this::opened)
                .onFailure(_ -> count.decrementAndGet());
    }

    private void opened(WriteLane lane) {
        lanes.add(lane);
        lane.wire()
                .whenClosed(() -> {
                    lanes.remove(lane);
                    count.decrementAndGet();
                });
        if (closed) {
            lane.wire().close();
        }
    }
}
