package dev.ashlar.http;

import dev.ashlar.observe.Log;
import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Sheds load: refuses requests before those that are let in have to wait too long for each other.
///
/// By Little's law, a newcomer waits as long as it took to answer as many requests as are before
/// it. So while no more are in flight than were answered within the time that waiting may take,
/// everybody is served in that time. When more are, and have been for all of that time (a burst
/// that is worked off is no overload), only so many are let in as were answered in it, until nobody
/// had to be refused for as long.
///
/// That needs no guess at how fast the database is and follows it when that changes; and a few slow
/// requests beside many quick ones do not look like a queue. A request counts until its work has
/// ended, also when its caller is gone: who asks and gives up again and again is not let in more
/// often for that.
public final class Load {
    private static final Log LOG = Log.of(Load.class);

    /// Never fewer than that: as many slow requests as there are connections for them have to fit,
    /// with some waiting.
    private static final int FLOOR = 128;

    /// Time is looked at in so many parts of what waiting may take.
    private static final int PARTS = 10;

    /// Refusals within a part that are many, and how long each then waits at most.
    private static final int MANY = 20;

    private static final int HOLD_MS = 1_000;
    private static final Duration PART = Duration.ofMillis(100);

    private final int most;
    private final boolean judges;
    private final long partNanos;
    private final LongSupplier clock;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Object judging = new Object();
    private final long[] earlier = new long[PARTS];

    private volatile long nextLook;
    private volatile int limit;
    private volatile boolean many;
    private int parts;
    private int crowdedParts;
    private int quietParts;
    private long refusedBefore;

    public Load(LoadConfig config) {
        this(config, System::nanoTime);
    }

    Load(LoadConfig config, LongSupplier clock) {
        this.most = config.maxInFlight();
        this.judges = !config.maxQueueTime().isZero();
        this.partNanos =
                judges ? Math.max(1, config.maxQueueTime().toNanos() / PARTS) : PART.toNanos();
        this.clock = clock;
        this.limit = most;
        this.nextLook = clock.getAsLong() + partNanos;
    }

    /// Refuses what is too much with [LimitProblem.Overloaded], which the mount words in its
    /// dialect.
    public HttpHandler limiting(HttpHandler handler) {
        return request -> {
            if (!enter()) {
                return refusal();
            }
            boolean handled = false;
            try {
                Future<HttpResponse> answer = handler.handle(request);
                handled = true;
                if (answer.isComplete()) {
                    leave();
                } else {
                    answer.onComplete((_, _) -> leave());
                }
                return answer;
            } finally {
                if (!handled) {
                    leave();
                }
            }
        };
    }

    /// Requests that are worked on now.
    public int inFlight() {
        return inFlight.get();
    }

    /// Requests that were refused so far.
    public long refused() {
        return refused.get();
    }

    boolean enter() {
        if (clock.getAsLong() - nextLook >= 0) {
            look();
        }
        if (inFlight.incrementAndGet() <= limit) {
            return true;
        }
        inFlight.decrementAndGet();
        refused.incrementAndGet();
        return false;
    }

    void leave() {
        inFlight.decrementAndGet();
        answered.incrementAndGet();
    }

    /// Callers that ask again at once, whatever they were told, would have the event loops do
    /// nothing but refuse, and answers of the database wait behind that: when there are many, each
    /// learns it a little later. That holds a request, and no connection to the database.
    private Future<HttpResponse> refusal() {
        ProblemException problem = new ProblemException(new LimitProblem.Overloaded(retryAfter()));
        Context context = Vertx.currentContext();
        if (!many || context == null) {
            return Future.failedFuture(problem);
        }
        Promise<HttpResponse> later = Promise.promise();
        int wait = HOLD_MS / 2 + ThreadLocalRandom.current().nextInt(HOLD_MS / 2);
        context.owner().setTimer(wait, _ -> later.fail(problem));
        return later.future();
    }

    /// Callers that were refused together shall not come back together.
    private static Duration retryAfter() {
        return Duration.ofSeconds(1 + ThreadLocalRandom.current().nextInt(3));
    }

    private void look() {
        synchronized (judging) {
            long now = clock.getAsLong();
            if (now - nextLook < 0) {
                return;
            }
            // Nobody asked meanwhile: then there was no crowd either.
            boolean idle = now - nextLook > partNanos * PARTS;
            nextLook = now + partNanos;
            if (idle) {
                crowdedParts = 0;
            }
            judge();
        }
    }

    private void judge() {
        long done = answered.get();
        int oldest = parts % PARTS;
        long within = done - earlier[oldest];
        earlier[oldest] = done;
        parts++;
        int enough = Math.clamp(within, Math.min(FLOOR, most), most);
        long refusedNow = refused.get();
        many = refusedNow - refusedBefore > MANY;
        quietParts = refusedNow == refusedBefore ? quietParts + 1 : 0;
        refusedBefore = refusedNow;
        if (!judges) {
            return;
        }
        boolean shedding = limit < most;
        if (shedding) {
            limit = quietParts >= PARTS ? most : Math.min(enough, most - 1);
            if (limit == most) {
                LOG.info("The load can be carried again: all requests are let in");
            }
            return;
        }
        crowdedParts = inFlight.get() > enough ? crowdedParts + 1 : 0;
        if (crowdedParts >= PARTS && enough < most) {
            crowdedParts = 0;
            quietParts = 0;
            limit = enough;
            LOG.warn(
                    "More is asked than can be answered: {} requests wait, {} were answered in {}"
                            + " ms; new ones are refused with 503 until there are fewer",
                    inFlight.get(),
                    within,
                    partNanos * PARTS / 1_000_000);
        }
    }
}
