package dev.ashlar.http;

import io.vertx.core.Future;

/// Middleware: answers itself, or calls `next` and may change what comes back.
@FunctionalInterface
public interface HttpFilter {
    Future<HttpResponse> filter(HttpRequest request, HttpHandler next);
}
