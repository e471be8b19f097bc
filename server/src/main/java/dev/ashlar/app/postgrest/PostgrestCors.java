package dev.ashlar.app.postgrest;

import dev.ashlar.http.HttpFilter;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lets pages of other origins call the API, in PostgREST's words (its reference, "CORS"): any
/// origin unless some are named.
public final class PostgrestCors implements HttpFilter {
    private static final HttpHeader CREDENTIALS =
            new HttpHeader("Access-Control-Allow-Credentials", "true");
    private static final HttpHeader EXPOSED =
            new HttpHeader(
                    "Access-Control-Expose-Headers",
                    "Content-Encoding, Content-Location, Content-Range, Content-Type, Date,"
                            + " Location, Server, Transfer-Encoding, Range-Unit");
    private static final HttpHeader METHODS =
            new HttpHeader(
                    "Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD");
    private static final HttpHeader MAX_AGE = new HttpHeader("Access-Control-Max-Age", "86400");
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9\\-_, ]{1,4000}");

    private final List<String> origins;

    /// Empty for any origin.
    public PostgrestCors(List<String> origins) {
        this.origins = List.copyOf(origins);
    }

    @Override
    public Future<HttpResponse> filter(HttpRequest request, HttpHandler next) {
        Optional<String> origin =
                request.findHeader("Origin")
                        .filter(name -> origins.isEmpty() || origins.contains(name));
        if (origin.isEmpty()) {
            return next.handle(request);
        }
        HttpHeader allowed = new HttpHeader("Access-Control-Allow-Origin", origin.get());
        boolean preflight =
                request.method().equals("OPTIONS")
                        && request.findHeader("Access-Control-Request-Method").isPresent();
        return preflight
                ? Future.succeededFuture(
                        HttpResponse.empty(200)
                                .withHeaders(
                                        List.of(
                                                allowed,
                                                CREDENTIALS,
                                                METHODS,
                                                allowedHeaders(request),
                                                MAX_AGE)))
                : next.handle(request)
                        .map(answer -> answer.withHeaders(List.of(allowed, CREDENTIALS, EXPOSED)));
    }

    private static HttpHeader allowedHeaders(HttpRequest request) {
        String asked =
                request.findHeader("Access-Control-Request-Headers")
                        .filter(names -> HEADER_NAMES.matcher(names).matches())
                        .map(names -> ", " + String.join(", ", names.strip().split("\\s*,\\s*")))
                        .orElse("");
        return new HttpHeader(
                "Access-Control-Allow-Headers",
                "Authorization" + asked + ", Accept, Accept-Language, Content-Language");
    }
}
