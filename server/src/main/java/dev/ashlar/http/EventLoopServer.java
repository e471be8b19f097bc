package dev.ashlar.http;

import dev.ashlar.http.tls.ServerCertificate;
import dev.ashlar.http.tls.TlsOptions;
import dev.ashlar.observe.Log;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
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

    /// What a caller may send of one body, and of all of its connection, before we have taken any
    /// of it. What has come is taken at once, and counted (see [BodyMemory]): this is only so large
    /// that a distant caller need not wait.
    private static final int STREAM_WINDOW = 256 * 1024;

    private static final int CONNECTION_WINDOW = 1024 * 1024;

    private static final int RESETS_SECONDS = 30;

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
                vertx.createHttpServer(options(serving))
                        .exceptionHandler(EventLoopServer::refusedHandshake)
                        .connectionHandler(this::opened)
                        .requestHandler(this::requested)
                        .invalidRequestHandler(this::requested);
        server = listening;
        return serving.config().onSocketFile()
                ? SocketFile.listen(listening, serving.config())
                : listening.listen(serving.port(), serving.config().host());
    }

    /// From the next connection on; the open ones keep what they have.
    Future<Void> use(ServerCertificate certificate) {
        io.vertx.core.http.HttpServer listening = server;
        return listening == null
                ? Future.succeededFuture()
                : listening
                        .updateSSLOptions(TlsOptions.newer(options(serving), certificate))
                        .mapEmpty();
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
        OpenConnection state = OpenConnection.of(serving, connection, System.nanoTime());
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
        try {
            connection.begin(exchange);
        } catch (RuntimeException e) {
            LOG.error("Request {} broke its connection", exchange.requestId(), e);
            connection.abort(request);
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        for (OpenConnection connection : List.copyOf(connections.values())) {
            connection.enforceLimits(now);
        }
    }

    private static long tickMillis(HttpConfig config) {
        return List.of(
                        config.headerTimeout(),
                        config.bodyTimeout(),
                        config.requestTimeout(),
                        config.idleTimeout(),
                        config.load().stallTimeout())
                .stream()
                .mapToLong(Duration::toMillis)
                .map(limit -> Math.clamp(limit / 8, 5, 500))
                .min()
                .orElseThrow();
    }

    /// Such as a client that does not know our certificate: its affair, and anybody can cause it.
    private static void refusedHandshake(Throwable failure) {
        LOG.debug("A connection failed before its first request: {}", failure.toString());
    }

    private static HttpServerOptions options(Serving serving) {
        HttpConfig config = serving.config();
        HttpServerOptions options = new HttpServerOptions();
        ServerCertificate certificate = serving.certificate();
        if (certificate != null) {
            TlsOptions.add(options, config.tls(), certificate, config.headerTimeout());
        }
        long line = config.maxInitialLine().bytes();
        // Only a connection on which nothing moves at all, such as an answer that is not read.
        Duration stalled = longer(config.idleTimeout(), config.requestTimeout());
        return options.setMaxInitialLineLength(Math.toIntExact(line * URI_GRACE))
                .setMaxHeaderSize(Math.toIntExact(config.maxHeaderSize().bytes()))
                .setHttp2ClearTextEnabled(config.http2().clearText())
                .setUseAlpn(certificate != null)
                .setAlpnVersions(
                        config.http2().enabled()
                                ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
                                : List.of(HttpVersion.HTTP_1_1))
                .setInitialSettings(settings(config))
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setHttp2RstFloodMaxRstFramePerWindow(config.http2().maxResets())
                .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                // Nobody speaks WebSocket here, and each message would pass by to be looked at.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpNoDelay(true)
                .setReusePort(config.reusePort())
                .setIdleTimeout(Math.toIntExact(Math.max(1, stalled.toSeconds() * 2)))
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private static Http2Settings settings(HttpConfig config) {
        return new Http2Settings()
                .setPushEnabled(false)
                .setMaxConcurrentStreams(config.http2().maxStreams())
                .setInitialWindowSize(STREAM_WINDOW)
                // The target is one of the header fields.
                .setMaxHeaderListSize(
                        config.maxHeaderSize().bytes() + config.maxInitialLine().bytes());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
