package dev.ashlar.http;

import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Setting;
import dev.ashlar.http.tls.TlsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Section `http`: where the server listens and what it puts up with.
///
/// The host is the loopback address unless told otherwise, so that a first start on a laptop opens
/// nothing to its network; containers set `0.0.0.0`.
public record HttpConfig(
        @Setting(
                        def = "127.0.0.1",
                        doc =
                                "Address to listen on; 0.0.0.0 for all, as containers need; or the"
                                        + " absolute path of a Unix socket.")
                String host,
        @Setting(def = "8000", doc = "Port to listen on; 0 takes any free one.") int port,
        @Setting(
                        def = "0",
                        doc = "Event loops that serve requests; 0 means one for each processor.")
                int eventLoops,
        @Setting(def = "10000", doc = "Connections open at once; more are closed at once.")
                int maxConnections,
        @Setting(def = "256", doc = "Blocking requests (sign-in and the like) running at once.")
                int maxBlocking,
        @Setting(def = "8KB", doc = "Longest request target (path and query).")
                ByteSize maxInitialLine,
        @Setting(def = "16KB", doc = "All header lines of a request together.")
                ByteSize maxHeaderSize,
        @Setting(def = "10MB", doc = "Largest request body.") ByteSize maxBodySize,
        @Setting(
                        doc =
                                "Memory for the bodies of all requests at once, beyond which the"
                                        + " answer is 503; an eighth of the heap when unset.")
                Optional<ByteSize> bodyMemory,
        @Setting(def = "10s", doc = "Time for the first request line and headers of a connection.")
                Duration headerTimeout,
        @Setting(def = "30s", doc = "Time for a whole request body to arrive.")
                Duration bodyTimeout,
        @Setting(def = "60s", doc = "Time for the answer to a request.") Duration requestTimeout,
        @Setting(def = "60s", doc = "Time that a connection may wait for its next request.")
                Duration idleTimeout,
        @Setting(def = "10s", doc = "Time that running requests have to finish when we stop.")
                Duration drainTimeout,
        @Setting(
                        def = "*",
                        doc =
                                "Origins whose pages may call the API; * for all, without"
                                        + " cookies.")
                List<String> corsOrigins,
        @Setting(
                        doc =
                                "Addresses or networks (10.0.0.0/8) of proxies whose"
                                        + " X-Forwarded-* and Forwarded headers are believed.")
                List<String> trustedProxies,
        @Setting(def = "true", doc = "Take over a well-formed X-Request-Id of the caller.")
                boolean requestIdTrust,
        @Setting(def = "660", doc = "Rights of the Unix socket, as for chmod: 600 to 777.")
                String socketMode,
        @Setting(
                        def = "false",
                        doc =
                                "Share the port with other programs that do so, as Linux and BSD can.")
                boolean reusePort,
        TlsConfig tls,
        Http2Config http2,
        LoadConfig load) {

    public HttpConfig {
        corsOrigins = List.copyOf(corsOrigins);
        trustedProxies = List.copyOf(trustedProxies);
        require(port >= 0 && port <= 65_535, "http.port is 0 to 65535");
        require(eventLoops >= 0 && eventLoops <= 256, "http.event-loops is 0 to 256");
        require(maxConnections > 0, "http.max-connections is at least 1");
        require(maxBlocking > 0, "http.max-blocking is at least 1");
        requireBetween(maxInitialLine, "http.max-initial-line");
        requireBetween(maxHeaderSize, "http.max-header-size");
        require(
                maxBodySize.bytes() <= Integer.MAX_VALUE / 2,
                "http.max-body-size is below 1GB: a body is held in memory");
        TrustedProxies.parse(trustedProxies);
        require(socketMode.matches("[67][0-7][0-7]"), "http.socket-mode is 600 to 777");
        require(
                !tls.isOn() || !host.startsWith("/"),
                "http.tls.certificate is for a port: a Unix socket is not left by anything");
        require(
                tls.redirectPort() == 0 || tls.redirectPort() != port,
                "http.tls.redirect-port is another port than http.port");
    }

    /// The plain port beside one with TLS, which sends callers there.
    HttpConfig redirecting() {
        return new HttpConfig(
                host,
                tls.redirectPort(),
                1,
                maxConnections,
                maxBlocking,
                maxInitialLine,
                maxHeaderSize,
                new ByteSize(0),
                bodyMemory,
                headerTimeout,
                bodyTimeout,
                requestTimeout,
                headerTimeout,
                drainTimeout,
                corsOrigins,
                trustedProxies,
                requestIdTrust,
                socketMode,
                reusePort,
                TlsConfig.OFF,
                http2.withoutClearText(),
                load);
    }

    /// Whether a Unix socket is listened on instead of a port.
    public boolean onSocketFile() {
        return host.startsWith("/");
    }

    private static void requireBetween(ByteSize size, String key) {
        require(size.bytes() >= 512 && size.bytes() <= 1 << 20, key + " is 512 bytes to 1MB");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
