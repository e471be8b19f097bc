package dev.ashlar.http;

import dev.ashlar.config.Setting;

/// Section `http.http2`: HTTP/2, and what one connection may ask of it.
///
/// What else bounds it is not for settings: 16 small CONTINUATION frames to a header, two empty
/// DATA frames in a row, 10,000 answers to PING and SETTINGS that are not read (Netty's limits);
/// beyond any the connection is closed.
public record Http2Config(
        @Setting(def = "true", doc = "Offer HTTP/2 to clients that come with TLS (by ALPN).")
                boolean enabled,
        @Setting(
                        def = "false",
                        doc =
                                "Speak HTTP/2 without TLS, too (h2c), for a proxy in front that does"
                                        + " so; only where nobody else reaches the port.")
                boolean clearText,
        @Setting(def = "100", doc = "Requests that one connection may have open at once.")
                int maxStreams,
        @Setting(
                        def = "200",
                        doc =
                                "Requests that a connection may give up within 30 s; more, and it is"
                                        + " closed (rapid reset, CVE-2023-44487).")
                int maxResets) {

    public Http2Config {
        require(maxStreams > 0 && maxStreams <= 10_000, "http.http2.max-streams is 1 to 10000");
        require(maxResets > 0, "http.http2.max-resets is at least 1");
    }

    Http2Config withoutClearText() {
        return new Http2Config(enabled, false, maxStreams, maxResets);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
