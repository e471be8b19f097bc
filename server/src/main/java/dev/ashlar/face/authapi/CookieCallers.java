package dev.ashlar.face.authapi;

import dev.ashlar.http.BlockingCalls;
import dev.ashlar.http.DerivedRequest;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts the access token of a session in the place of the cookie that stands for it, in front of
/// faces that know tokens alone. Whatever is behind it never sees the cookie.
///
/// Answers on the event loop where the cookie is remembered.
final class CookieCallers implements HttpHandler {
    private static final List<HttpHeader> PRIVATE =
            List.of(new HttpHeader("Cache-Control", "private, no-cache"));

    private final HttpHandler face;
    private final CookieGate gate;
    private final BlockingCalls blocking;

    CookieCallers(HttpHandler face, CookieGate gate, BlockingCalls blocking) {
        this.face = face;
        this.gate = gate;
        this.blocking = blocking;
    }

    @Override
    public Future<HttpResponse> handle(HttpRequest request) {
        if (!gate.speaksFor(request)) {
            return face.handle(
                    request.findHeader("Cookie").isEmpty()
                            ? request
                            : new Exchanged(request, Optional.empty()));
        }
        String cookie = gate.require(request);
        Optional<String> remembered = gate.cookies().findRemembered(cookie);
        return remembered.isPresent()
                ? asking(request, remembered.get())
                : blocking.call(request, _ -> gate.requireToken(cookie))
                        .compose(token -> asking(request, token));
    }

    /// Unlike an answer to a bearer token (RFC 9111, 3.5), one to a cookie may land in a cache
    /// unless it says otherwise.
    private Future<HttpResponse> asking(HttpRequest request, String token) {
        return face.handle(new Exchanged(request, Optional.of(token)))
                .map(response -> response.withHeaders(PRIVATE).withHeader("Vary", "Cookie"));
    }

    /// The request without the cookie, and with the token if there is one.
    private record Exchanged(HttpRequest sent, Optional<String> token) implements DerivedRequest {
        @Override
        public Optional<String> findHeader(String name) {
            if (name.equalsIgnoreCase("Cookie")) {
                return SessionCookie.others(sent);
            }
            return name.equalsIgnoreCase("Authorization") && token.isPresent()
                    ? token.map(text -> "Bearer " + text)
                    : sent.findHeader(name);
        }

        @Override
        public List<String> headers(String name) {
            return isExchanged(name) ? findHeader(name).stream().toList() : sent.headers(name);
        }

        @Override
        public List<HttpHeader> headers() {
            List<HttpHeader> all = new ArrayList<>(sent.headers());
            all.removeIf(header -> isExchanged(header.name()));
            for (String name : List.of("Cookie", "Authorization")) {
                headers(name).forEach(value -> all.add(new HttpHeader(name, value)));
            }
            return all;
        }

        private static boolean isExchanged(String name) {
            return name.equalsIgnoreCase("Cookie") || name.equalsIgnoreCase("Authorization");
        }

        @Override
        public String toString() {
            return "Exchanged[" + sent.requestId() + "]";
        }
    }
}
