package dev.ashlar.http;

import dev.ashlar.http.tls.TlsConfig;
import io.vertx.core.Future;
import java.util.List;

/// Headers that keep browsers from doing more with an answer than was meant.
public final class SecurityHeaders implements HttpFilter {
    private static final HttpHeader NO_SNIFFING =
            new HttpHeader("X-Content-Type-Options", "nosniff");

    /// Nothing but what the page's own origin serves, and nobody may frame it.
    private static final String PAGE_POLICY =
            "default-src 'self'; connect-src 'self'; img-src 'self' data:; object-src 'none';"
                    + " base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private final List<HttpHeader> headers;

    private SecurityHeaders(List<HttpHeader> headers) {
        this.headers = headers;
    }

    /// For data that programs read.
    public static SecurityHeaders forData() {
        return new SecurityHeaders(List.of(NO_SNIFFING));
    }

    /// For pages that people look at.
    public static SecurityHeaders forPages() {
        return new SecurityHeaders(
                List.of(
                        NO_SNIFFING,
                        new HttpHeader("Content-Security-Policy", PAGE_POLICY),
                        new HttpHeader("Referrer-Policy", "strict-origin-when-cross-origin"),
                        new HttpHeader("Cross-Origin-Opener-Policy", "same-origin"),
                        new HttpHeader("X-Frame-Options", "DENY")));
    }

    /// That browsers shall come by https alone; nothing where that is not wanted (RFC 6797).
    public static SecurityHeaders forTransport(TlsConfig config) {
        return new SecurityHeaders(
                config.hsts().isZero()
                        ? List.of()
                        : List.of(
                                new HttpHeader(
                                        "Strict-Transport-Security",
                                        "max-age=" + config.hsts().toSeconds())));
    }

    @Override
    public Future<HttpResponse> filter(HttpRequest request, HttpHandler next) {
        return next.handle(request).map(response -> response.withHeaders(headers));
    }
}
