package dev.ashlar.app.postgrest;

import dev.ashlar.http.HttpFilter;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import io.vertx.core.Future;
import java.util.List;

/// Headers of every answer, refusals included, unless the database's code has set its own: which
/// program answers, and what the answer depends on.
public final class StandingHeaders implements HttpFilter {
    private final List<HttpHeader> standing;

    /// `version` is the program's.
    public StandingHeaders(String version) {
        standing =
                List.of(
                        new HttpHeader("Server", "ashlar/" + version),
                        new HttpHeader("Vary", "Accept, Prefer, Range"));
    }

    @Override
    public Future<HttpResponse> filter(HttpRequest request, HttpHandler next) {
        return next.handle(request).map(answer -> answer.withHeaders(standing));
    }
}
