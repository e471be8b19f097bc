package dev.ashlar.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a request came from and what it called us: read from the socket and `Host`, or from what a
/// trusted proxy says in `Forwarded` (RFC 7239) or `X-Forwarded-*`.
record ClientAddress(String address, String origin) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._\\-\\[\\]:]{1,255}");

    static ClientAddress of(HttpServerRequest request, TrustedProxies proxies) {
        String socket = ofSocket(request);
        String host = request.getHeader(HttpHeaders.HOST);
        if (proxies.isEmpty() || !proxies.contains(socket)) {
            return new ClientAddress(socket, origin(scheme(request), host, request));
        }
        Forwarded forwarded = Forwarded.of(request);
        String address = proxies.caller(socket, forwarded.chain());
        String scheme = forwarded.scheme() == null ? scheme(request) : forwarded.scheme();
        String told = forwarded.host() == null ? host : forwarded.host();
        return new ClientAddress(address, origin(scheme, told, request));
    }

    /// Not `:scheme` of HTTP/2, which is the caller's word.
    private static String scheme(HttpServerRequest request) {
        return request.isSSL() ? "https" : "http";
    }

    static String ofSocket(HttpServerRequest request) {
        return hostAddress(request.remoteAddress());
    }

    private static String origin(
            @Nullable String scheme, @Nullable String host, HttpServerRequest request) {
        String safeScheme = "https".equalsIgnoreCase(scheme) ? "https" : "http";
        String safeHost =
                host != null && HOST.matcher(host).matches()
                        ? host
                        : hostAddress(request.localAddress()) + ":" + request.localAddress().port();
        return safeScheme + "://" + safeHost;
    }

    /// A Unix socket has no address.
    private static String hostAddress(@Nullable SocketAddress address) {
        String host = address == null ? null : address.hostAddress();
        return host == null ? "unknown" : host;
    }

    /// What the proxies say, nearest last.
    private record Forwarded(List<String> chain, @Nullable String scheme, @Nullable String host) {
        static Forwarded of(HttpServerRequest request) {
            List<String> standard = request.headers().getAll("forwarded");
            return standard.isEmpty() ? customary(request) : standard(standard);
        }

        private static Forwarded customary(HttpServerRequest request) {
            List<String> chain = new ArrayList<>();
            for (String line : request.headers().getAll("x-forwarded-for")) {
                for (String hop : line.split(",", -1)) {
                    chain.add(bare(hop));
                }
            }
            return new Forwarded(
                    chain,
                    last(request.getHeader("x-forwarded-proto")),
                    last(request.getHeader("x-forwarded-host")));
        }

        private static Forwarded standard(List<String> lines) {
            List<String> chain = new ArrayList<>();
            String scheme = null;
            String host = null;
            for (String element : String.join(",", lines).split(",", -1)) {
                for (String pair : element.split(";", -1)) {
                    int equals = pair.indexOf('=');
                    String name = pair.substring(0, Math.max(equals, 0));
                    String value = pair.substring(equals + 1).strip().replace("\"", "");
                    switch (name.strip().toLowerCase(Locale.ROOT)) {
                        case "for" -> chain.add(bare(value));
                        case "proto" -> scheme = value;
                        case "host" -> host = value;
                        default -> {}
                    }
                }
            }
            return new Forwarded(chain, scheme, host);
        }

        private static @Nullable String last(@Nullable String list) {
            return list == null ? null : list.substring(list.lastIndexOf(',') + 1).strip();
        }

        /// Without port and brackets.
        private static String bare(String hop) {
            String text = hop.strip();
            if (text.startsWith("[") && text.indexOf(']') > 0) {
                return text.substring(1, text.indexOf(']'));
            }
            int colon = text.indexOf(':');
            return colon > 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
        }
    }
}
