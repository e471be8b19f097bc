package dev.ashlar.http;

import dev.ashlar.observe.AccessLog;
import dev.ashlar.observe.Log;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A listening server: one acceptor, its connections spread over the event loops.
public final class HttpServer {
    private static final Log LOG = Log.of(HttpServer.class);

    private final Serving serving;
    private final List<EventLoopServer> loops;

    private HttpServer(Serving serving, List<EventLoopServer> loops) {
        this.serving = serving;
        this.loops = loops;
    }

    /// Options of the [Vertx] that the server shares with the data path: native transport where
    /// there is one, and as many event loops as configured.
    public static VertxOptions vertxOptions(HttpConfig config) {
        return new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(loopCount(config));
    }

    public static Future<HttpServer> start(Vertx vertx, HttpConfig config, Router router) {
        return start(vertx, config, router, AccessLog.OFF);
    }

    /// Fails when the port is in use or the address is not ours.
    public static Future<HttpServer> start(
            Vertx vertx, HttpConfig config, Router router, AccessLog accessLog) {
        Serving serving = new Serving(config, router, accessLog);
        List<EventLoopServer> loops = Collections.synchronizedList(new ArrayList<>());
        DeploymentOptions instances = new DeploymentOptions().setInstances(loopCount(config));
        return vertx.deployVerticle(
                        () -> {
                            EventLoopServer loop = new EventLoopServer(serving);
                            loops.add(loop);
                            return loop;
                        },
                        instances)
                .map(_ -> new HttpServer(serving, List.copyOf(loops)));
    }

    /// The port in use, also when any free one was asked for.
    public int port() {
        return loops.getFirst().port();
    }

    /// Bytes of requests' bodies in memory at the moment.
    long bodyBytes() {
        return serving.bodies().taken();
    }

    /// Connections open at the moment.
    public int connections() {
        return serving.connections().get();
    }

    public boolean draining() {
        return serving.draining();
    }

    /// Takes no new connection, lets the running requests finish within the drain timeout and
    /// closes. May be called more than once.
    public Future<Void> drain() {
        if (!serving.startDraining()) {
            return Future.succeededFuture();
        }
        LOG.debug("Draining {} connections", connections());
        return Future.join(loops.stream().map(EventLoopServer::drain).toList()).mapEmpty();
    }

    private static int loopCount(HttpConfig config) {
        if (config.onSocketFile()) {
            return 1;
        }
        return config.eventLoops() > 0
                ? config.eventLoops()
                : Runtime.getRuntime().availableProcessors();
    }
}
