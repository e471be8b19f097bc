package dev.ashlar.http;

import dev.ashlar.observe.Log;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The part of a server that lives on one event loop: its connections and their time limits.
///
/// Time limits are kept by one sweep over the connections instead of a timer for each request,
/// which costs the hot path nothing; a limit is therefore exact to one tick.
final class EventLoopServer extends VerticleBase {
    private static final Log LOG = Log.of(EventLoopServer.class);

    /// The decoder lets a target through that is this many times over the limit, so that its path,
    /// and with it the dialect of the refusal, is known.
    private static final int URI_GRACE = 8;

    private final Serving serving;
    private final IdentityHashMap<HttpConnection, OpenConnection> connections =
            new IdentityHashMap<>();
    private io.vertx.core.http.@Nullable HttpServer server;

    EventLoopServer(Serving serving) {
        this.serving = serving;
    }

    @Override
    public Future<?> start() {
        long tick = tickMillis(serving.config());
        vertx.setPeriodic(tick, tick, _ -> sweep());
        io.vertx.core.http.HttpServer listening =
                vertx.createHttpServer(options(serving.config()))
                        .connectionHandler(this::opened)
                        .requestHandler(this::requested)
                        .invalidRequestHandler(this::requested);
        server = listening;
        return serving.config().onSocketFile()
                ? SocketFile.listen(listening, serving.config())
                : listening.listen(serving.port(), serving.config().host());
    }

    int port() {
        return server == null ? 0 : server.actualPort();
    }

    Future<Void> drain() {
        io.vertx.core.http.HttpServer listening = server;
        return listening == null
                ? Future.succeededFuture()
                : listening.shutdown(
                        serving.config().drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void opened(HttpConnection connection) {
        int limit = serving.config().maxConnections();
        int open = serving.connections().incrementAndGet();
        OpenConnection state = new OpenConnection(connection, System.nanoTime());
        connections.put(connection, state);
        connection.closeHandler(_ -> {
            connections.remove(connection);
            serving.connections().decrementAndGet();
            state.closed();
        });
        connection.exceptionHandler(state::failed);
        if (open > limit) {
            connection.close();
        }
    }

    private void requested(HttpServerRequest request) {
        OpenConnection connection = connections.get(request.connection());
        if (connection == null || connection.closing()) {
            return;
        }
        Exchange exchange = new Exchange(serving, context, connection, request);
        connection.begin(exchange);
        try {
            exchange.start();
        } catch (RuntimeException e) {
            LOG.error("Request {} broke its connection", exchange.requestId(), e);
            connection.closeNow();
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        for (OpenConnection connection : List.copyOf(connections.values())) {
            connection.enforceLimits(serving.config(), now);
        }
    }

    private static long tickMillis(HttpConfig config) {
        return List.of(
                        config.headerTimeout(),
                        config.bodyTimeout(),
                        config.requestTimeout(),
                        config.idleTimeout())
                .stream()
                .mapToLong(Duration::toMillis)
                .map(limit -> Math.clamp(limit / 8, 5, 500))
                .min()
                .orElseThrow();
    }

    private static HttpServerOptions options(HttpConfig config) {
        long line = config.maxInitialLine().bytes();
        // Only a connection on which nothing moves at all, such as an answer that is not read.
        Duration stalled = longer(config.idleTimeout(), config.requestTimeout());
        return new HttpServerOptions()
                .setMaxInitialLineLength(Math.toIntExact(line * URI_GRACE))
                .setMaxHeaderSize(Math.toIntExact(config.maxHeaderSize().bytes()))
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setTcpNoDelay(true)
                .setReusePort(config.reusePort())
                .setIdleTimeout(Math.toIntExact(Math.max(1, stalled.toSeconds() * 2)))
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
