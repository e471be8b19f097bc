package dev.ashlar.http;

import dev.ashlar.config.ByteSize;
import dev.ashlar.http.tls.TlsConfig;
import dev.ashlar.observe.AccessLog;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A real server on a free port, for tests over sockets.
final class RunningServer implements AutoCloseable {
    private final Vertx vertx;
    private final HttpServer server;

    private RunningServer(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    static RunningServer start(HttpConfig config, Router router) throws Exception {
        return start(config, router, AccessLog.OFF);
    }

    static RunningServer start(HttpConfig config, Router router, AccessLog log) throws Exception {
        Vertx vertx = Vertx.vertx(HttpServer.vertxOptions(config));
        HttpServer server =
                HttpServer.start(vertx, config, router, log)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
        return new RunningServer(vertx, server);
    }

    /// Small limits, so that breaching them is quick.
    static HttpConfig config() {
        return config(Duration.ofMillis(400), List.of(), List.of("*"));
    }

    static HttpConfig config(Duration limit, List<String> proxies, List<String> origins) {
        return new HttpConfig(
                "127.0.0.1",
                0,
                2,
                100,
                4,
                new ByteSize(1024),
                new ByteSize(4096),
                new ByteSize(10_000),
                Optional.of(new ByteSize(15_000)),
                limit,
                limit,
                limit,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                origins,
                proxies,
                true,
                "660",
                false,
                TlsConfig.OFF,
                new Http2Config(true, false, 100, 200),
                new LoadConfig(1_000, Duration.ofSeconds(1), limit, new ByteSize(1_000)));
    }

    /// The limits of a server that is in use.
    static HttpConfig roomy(TlsConfig tls, Http2Config http2, LoadConfig load) {
        Duration patience = Duration.ofSeconds(30);
        return new HttpConfig(
                "127.0.0.1",
                0,
                2,
                10_000,
                256,
                new ByteSize(8 << 10),
                new ByteSize(16 << 10),
                new ByteSize(10 << 20),
                Optional.empty(),
                patience,
                patience,
                patience,
                patience,
                Duration.ofSeconds(5),
                List.of("*"),
                List.of(),
                true,
                "660",
                false,
                tls,
                http2,
                load);
    }

    HttpServer server() {
        return server;
    }

    Vertx vertx() {
        return vertx;
    }

    RawClient client() throws Exception {
        return new RawClient(server.port());
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
