package dev.ashlar.http;

import io.vertx.core.Future;

/// Answers a request on its event loop without blocking it. A failed future or an exception holding
/// a [dev.ashlar.problem.Problem] is rendered by the mount's [ProblemRenderer]; anything else is an
/// internal error.
@FunctionalInterface
public interface HttpHandler {
    Future<HttpResponse> handle(HttpRequest request);
}
