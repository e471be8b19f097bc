package dev.ashlar.backend.postgres;

import dev.ashlar.intent.RequestContext;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Connections lent to one user at a time, shared by all event loops.
///
/// Waiting is bounded in time and number; past either bound the answer is `Busy`.
final class WirePool {
    private static final int MAX_WAITING = 1_000;

    private final Connector connector;
    private final Function<Wire, Future<Wire>> setUp;
    private final Bounds bounds;
    private final int size;
    private final long waitMs;

    private final Object lock = new Object();
    private final Deque<Wire> idle = new ArrayDeque<>();
    private final Map<Wire, Age> ages = new HashMap<>();
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private final List<Wire> all = new ArrayList<>();
    private int opening;
    private long timeouts;
    private boolean closed;

    private record Waiter(PromiseInternal<Wire> promise, long timer) {}

    /// When a connection was opened, and when it was last given back.
    private record Age(long openedAt, long idleSince) {}

    /// At most how many, how long a request waits for one, and how long one is kept that nobody
    /// uses, since its last use and since it was opened.
    record Bounds(int size, Duration patience, Duration idle, Duration lifetime) {}

    /// `setUp` makes a new connection ready for its first user.
    WirePool(Connector connector, Bounds bounds, Function<Wire, Future<Wire>> setUp) {
        this.connector = connector;
        this.bounds = bounds;
        this.size = bounds.size();
        this.waitMs = bounds.patience().toMillis();
        this.setUp = setUp;
    }

    /// Completes on the given context; the connection may belong to another event loop. Give it
    /// back with [#release]. Nothing waits for a request that nobody waits for.
    Future<Wire> acquire(ContextInternal context, RequestContext request) {
        if (request.abandoned()) {
            return context.failedFuture(PostgresProblems.abandoned());
        }
        PromiseInternal<Wire> promise = context.promise();
        Wire free = null;
        boolean waits = false;
        synchronized (lock) {
            if (closed) {
                return context.failedFuture(PostgresProblems.unreachable(null));
            }
            free = takeIdle(context);
            if (free == null) {
                waits = all.size() + opening >= size;
                if (waits) {
                    enqueue(context, promise);
                } else {
                    opening++;
                }
            }
        }
        if (waits) {
            request.whenAbandoned(() -> withdraw(promise));
        } else if (free == null) {
            open(context, promise);
        } else {
            promise.complete(free);
        }
        return promise.future();
    }

    /// Gives the connection to the next in line; a closed one is forgotten.
    void release(Wire wire) {
        Waiter next;
        synchronized (lock) {
            if (!wire.isOpen() || closed) {
                forget(wire);
                next = null;
            } else {
                next = waiting.poll();
                if (next == null) {
                    idle.addLast(wire);
                    ages.computeIfPresent(
                            wire, (_, age) -> new Age(age.openedAt(), System.nanoTime()));
                }
            }
        }
        if (next != null) {
            hand(wire, next);
        } else if (!wire.isOpen()) {
            openForWaiting();
        } else if (closed) {
            wire.close();
        }
    }

    /// For a connection whose state is not known any more.
    void discard(Wire wire) {
        synchronized (lock) {
            forget(wire);
        }
        wire.close();
        openForWaiting();
    }

    private void forget(Wire wire) {
        all.remove(wire);
        ages.remove(wire);
    }

    /// Closes connections that nobody uses and that have been there for too long.
    void retireOld(long now) {
        List<Wire> old = new ArrayList<>();
        synchronized (lock) {
            for (Wire wire : idle) {
                Age age = ages.get(wire);
                if (age != null
                        && (now - age.idleSince() > bounds.idle().toNanos()
                                || now - age.openedAt() > bounds.lifetime().toNanos())) {
                    old.add(wire);
                }
            }
            idle.removeAll(old);
            old.forEach(this::forget);
        }
        old.forEach(Wire::close);
    }

    Future<Void> close() {
        List<Wire> wires;
        List<Waiter> refused;
        synchronized (lock) {
            closed = true;
            wires = List.copyOf(all);
            all.clear();
            idle.clear();
            refused = List.copyOf(waiting);
            waiting.clear();
        }
        refused.forEach(waiter -> waiter.promise().tryFail(PostgresProblems.unreachable(null)));
        wires.forEach(Wire::close);
        return Future.succeededFuture();
    }

    PoolFigures figures() {
        synchronized (lock) {
            return new PoolFigures(idle.size(), waiting.size(), timeouts);
        }
    }

    private @Nullable Wire takeIdle(ContextInternal context) {
        for (Iterator<Wire> wires = idle.descendingIterator(); wires.hasNext(); ) {
            Wire wire = wires.next();
            if (wire.context().nettyEventLoop().equals(context.nettyEventLoop())) {
                wires.remove();
                return wire;
            }
        }
        return idle.pollLast();
    }

    private void enqueue(ContextInternal context, PromiseInternal<Wire> promise) {
        if (waiting.size() >= MAX_WAITING) {
            promise.fail(new ProblemException(new DataProblem.Busy()));
            return;
        }
        long timer = context.owner().setTimer(waitMs, _ -> giveUp(promise));
        waiting.addLast(new Waiter(promise, timer));
    }

    private void giveUp(PromiseInternal<Wire> promise) {
        boolean waited;
        synchronized (lock) {
            waited = waiting.removeIf(waiter -> waiter.promise().equals(promise));
            timeouts += waited ? 1 : 0;
        }
        if (waited) {
            promise.tryFail(new ProblemException(new DataProblem.Busy()));
        }
    }

    private void withdraw(PromiseInternal<Wire> promise) {
        Waiter left = null;
        synchronized (lock) {
            for (Iterator<Waiter> queue = waiting.iterator(); queue.hasNext() && left == null; ) {
                Waiter waiter = queue.next();
                if (waiter.promise().equals(promise)) {
                    queue.remove();
                    left = waiter;
                }
            }
        }
        if (left != null) {
            promise.context().owner().cancelTimer(left.timer());
            promise.tryFail(PostgresProblems.abandoned());
        }
    }

    private static void hand(Wire wire, Waiter waiter) {
        wire.context().owner().cancelTimer(waiter.timer());
        waiter.promise().complete(wire);
    }

    private void open(ContextInternal context, PromiseInternal<Wire> promise) {
        connector
                .connect(context)
                .compose(wire -> setUp.apply(wire).onFailure(_ -> wire.close()))
                .onComplete((wire, error) -> {
                    if (error == null) {
                        opened(wire);
                        promise.complete(wire);
                    } else {
                        synchronized (lock) {
                            opening--;
                        }
                        promise.fail(PostgresProblems.from(error, PostgresProblems.Sender.KNOWN));
                        openForWaiting();
                    }
                });
    }

    private void opened(Wire wire) {
        synchronized (lock) {
            opening--;
            all.add(wire);
            ages.put(wire, new Age(System.nanoTime(), System.nanoTime()));
        }
        wire.whenClosed(() -> lost(wire));
    }

    private void lost(Wire wire) {
        synchronized (lock) {
            // A connection that is lent is forgotten when it is released.
            if (idle.remove(wire)) {
                forget(wire);
            }
        }
    }

    /// A place has become free: whoever waits longest gets it, or learns why not.
    private void openForWaiting() {
        Waiter next;
        synchronized (lock) {
            next = all.size() + opening < size ? waiting.poll() : null;
            if (next == null) {
                return;
            }
            opening++;
        }
        ContextInternal context = next.promise().context();
        context.owner().cancelTimer(next.timer());
        open(context, next.promise());
    }
}
