package dev.ashlar.http;

import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs handlers that block, each on a virtual thread of its own, a bounded number at once.
///
/// Beyond the bound a request is refused at once instead of queued: a queue would only make every
/// answer late. The answer comes back on the event loop that the request came from.
public final class BlockingCalls {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Semaphore permits;

    public BlockingCalls(int atOnce) {
        this.permits = new Semaphore(atOnce);
    }

    Future<HttpResponse> run(HttpRequest request, Function<HttpRequest, HttpResponse> handler) {
        return call(
                request,
                asked -> asked.abandoned() ? HttpResponse.empty(499) : handler.apply(asked));
    }

    /// A step of a request that blocks; what comes of it arrives on the request's event loop.
    public <T> Future<T> call(HttpRequest request, Function<HttpRequest, T> work) {
        if (!permits.tryAcquire()) {
            throw new ProblemException(new LimitProblem.Overloaded(RETRY_AFTER));
        }
        Promise<T> promise = Promise.promise();
        @Nullable Context context = Vertx.currentContext();
        Thread.ofVirtual()
                .name("request-" + request.requestId())
                .start(() -> {
                    Future<T> outcome = outcome(request, work);
                    if (context == null) {
                        outcome.onComplete(promise);
                    } else {
                        context.runOnContext(_ -> outcome.onComplete(promise));
                    }
                });
        return promise.future();
    }

    @SuppressWarnings("CatchingUnchecked")
    private <T> Future<T> outcome(HttpRequest request, Function<HttpRequest, T> work) {
        try {
            return Future.succeededFuture(work.apply(request));
        } catch (Exception | LinkageError | StackOverflowError e) {
            return Future.failedFuture(e);
        } finally {
            permits.release();
        }
    }
}
