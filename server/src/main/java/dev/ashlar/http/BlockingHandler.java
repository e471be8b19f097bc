package dev.ashlar.http;

/// Answers a request step by step on a virtual thread of its own.
@FunctionalInterface
public interface BlockingHandler {
    HttpResponse handle(HttpRequest request, PathParameters path);
}
