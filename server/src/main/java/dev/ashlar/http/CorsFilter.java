package dev.ashlar.http;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lets pages of other origins call the API (the Fetch standard, "CORS protocol").
///
/// With `*` every page may call, but no browser sends its cookies along; that is right for an API
/// whose callers show a token. Credentials are allowed only to origins that are named.
public final class CorsFilter implements HttpFilter {
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String EXPOSED =
            "Content-Encoding, Content-Location, Content-Range, Date, ETag, Link, Location,"
                    + " Preference-Applied, Proxy-Status, Range-Unit, Retry-After, Server-Timing,"
                    + " X-Request-Id, X-Supabase-Api-Version, X-Total-Count";
    private static final String MAX_AGE_SECONDS = "86400";
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9\\-_, ]{1,4000}");

    private static final List<HttpHeader> ANYONE =
            List.of(
                    new HttpHeader("Access-Control-Allow-Origin", "*"),
                    new HttpHeader("Access-Control-Expose-Headers", EXPOSED));

    private final List<String> origins;
    private final boolean anyone;

    /// `origins` are such as `https://example.com`, or `*`.
    public CorsFilter(List<String> origins) {
        this.origins = List.copyOf(origins);
        this.anyone = origins.contains("*");
    }

    @Override
    public Future<HttpResponse> filter(HttpRequest request, HttpHandler next) {
        Optional<String> origin = request.findHeader("Origin");
        if (origin.isEmpty()) {
            return varied(next.handle(request));
        }
        List<HttpHeader> allowed = allowed(origin.get());
        Future<HttpResponse> answer =
                isPreflight(request)
                        ? Future.succeededFuture(preflight(request, allowed))
                        : next.handle(request).map(response -> response.withHeaders(allowed));
        return varied(answer);
    }

    /// Caches must not show one origin's answer to another.
    private Future<HttpResponse> varied(Future<HttpResponse> answer) {
        return anyone ? answer : answer.map(response -> response.withHeader("Vary", "Origin"));
    }

    private static boolean isPreflight(HttpRequest request) {
        return request.method().equals("OPTIONS")
                && request.findHeader("Access-Control-Request-Method").isPresent();
    }

    private List<HttpHeader> allowed(String origin) {
        if (anyone) {
            return ANYONE;
        }
        if (!origins.contains(origin)) {
            return List.of();
        }
        return List.of(
                new HttpHeader("Access-Control-Allow-Origin", origin),
                new HttpHeader("Access-Control-Allow-Credentials", "true"),
                new HttpHeader("Access-Control-Expose-Headers", EXPOSED));
    }

    private static HttpResponse preflight(HttpRequest request, List<HttpHeader> allowed) {
        HttpResponse response = HttpResponse.empty(204).withHeaders(allowed);
        if (response.findHeader("Access-Control-Allow-Origin").isEmpty()) {
            return response;
        }
        String headers =
                request.findHeader("Access-Control-Request-Headers")
                        .filter(names -> HEADER_NAMES.matcher(names).matches())
                        .orElse("authorization, apikey, content-type, prefer");
        return response.withHeader("Access-Control-Allow-Methods", METHODS)
                .withHeader("Access-Control-Allow-Headers", headers)
                .withHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }
}
