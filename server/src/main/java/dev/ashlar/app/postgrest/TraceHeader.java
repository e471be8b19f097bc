package dev.ashlar.app.postgrest;

import dev.ashlar.http.HttpFilter;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/// Sends one header of the request back, by which callers follow it through their logs (PostgREST's
/// reference, "Trace Header").
public record TraceHeader(Optional<String> name) implements HttpFilter {
    @Override
    public Future<HttpResponse> filter(HttpRequest request, HttpHandler next) {
        Optional<String> value = name.flatMap(request::findHeader);
        return value.isEmpty()
                ? next.handle(request)
                : next.handle(request)
                        .map(answer ->
                                answer.withHeaders(
                                        List.of(new HttpHeader(name.orElseThrow(), value.get()))));
    }
}
