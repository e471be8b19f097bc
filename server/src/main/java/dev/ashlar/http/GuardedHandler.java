package dev.ashlar.http;

import dev.ashlar.observe.Log;
import dev.ashlar.problem.InternalProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Future;

/// The one place that catches: whatever a handler throws or fails with becomes an answer in the
/// mount's dialect.
///
/// Without it an exception thrown in a handler would leave the caller waiting for ever.
record GuardedHandler(HttpHandler handler, ProblemRenderer renderer) implements HttpHandler {
    private static final Log LOG = Log.of(GuardedHandler.class);

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public Future<HttpResponse> handle(HttpRequest request) {
        try {
            Future<HttpResponse> answer = handler.handle(request);
            return answer.succeeded()
                    ? answer
                    : answer.recover(e -> Future.succeededFuture(rendered(e, request)));
        } catch (Exception | LinkageError | StackOverflowError e) {
            return Future.succeededFuture(rendered(e, request));
        }
    }

    private HttpResponse rendered(Throwable failure, HttpRequest request) {
        Problem problem = problemOf(failure, request);
        try {
            return renderer.render(problem, request);
        } catch (RuntimeException e) {
            LOG.error("Request {}: its problem cannot be rendered", request.requestId(), e);
            return PlainProblems.RENDERER.render(new InternalProblem.Unexpected(), request);
        }
    }

    private static Problem problemOf(Throwable failure, HttpRequest request) {
        if (failure instanceof ProblemException known) {
            if (known.getCause() != null) {
                LOG.warn(
                        "Request {} was refused with {}: {}",
                        request.requestId(),
                        known.problem().code(),
                        known.getCause().toString());
                LOG.debug("Request {}", request.requestId(), known.getCause());
            }
            return known.problem();
        }
        LOG.error(
                "Request {} ({} {}) failed",
                request.requestId(),
                request.method(),
                request.path(),
                failure);
        return new InternalProblem.Unexpected();
    }
}
