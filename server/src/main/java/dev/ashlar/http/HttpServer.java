package dev.ashlar.http;

import dev.ashlar.http.tls.CertificateWatch;
import dev.ashlar.http.tls.ServerCertificate;
import dev.ashlar.http.tls.TlsOptions;
import dev.ashlar.observe.AccessLog;
import dev.ashlar.observe.Log;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A listening server: one acceptor, its connections spread over the event loops.
public final class HttpServer {
    private static final Log LOG = Log.of(HttpServer.class);

    private final Serving serving;
    private final List<EventLoopServer> loops;

    private final @Nullable CertificateWatch watch;
    private @Nullable HttpServer redirecting;

    private HttpServer(Serving serving, List<EventLoopServer> loops) {
        this.serving = serving;
        this.loops = loops;
        ServerCertificate certificate = serving.certificate();
        this.watch =
                certificate == null
                        ? null
                        : CertificateWatch.start(serving.config().tls(), certificate, this::use);
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
    ///
    /// @throws dev.ashlar.http.tls.UnusableCertificate when it shall speak TLS and cannot
    public static Future<HttpServer> start(
            Vertx vertx, HttpConfig config, Router router, AccessLog accessLog) {
        if (!config.tls().isOn()) {
            return listen(vertx, new Serving(config, router, accessLog, null));
        }
        ServerCertificate certificate = ServerCertificate.load(config.tls());
        LOG.info("TLS by {} with a {}", TlsOptions.engineName(config.tls()), certificate);
        return listen(vertx, new Serving(config, router, accessLog, certificate))
                .compose(server -> server.withRedirects(vertx, accessLog));
    }

    private Future<HttpServer> withRedirects(Vertx vertx, AccessLog accessLog) {
        HttpConfig config = serving.config();
        if (config.tls().redirectPort() == 0) {
            return Future.succeededFuture(this);
        }
        Router router = RedirectToHttps.router(port());
        return listen(vertx, new Serving(config.redirecting(), router, accessLog, null))
                .map(plain -> {
                    redirecting = plain;
                    return this;
                })
                .recover(failure -> drain().compose(_ -> Future.failedFuture(failure)));
    }

    private static Future<HttpServer> listen(Vertx vertx, Serving serving) {
        List<EventLoopServer> loops = Collections.synchronizedList(new ArrayList<>());
        DeploymentOptions instances =
                new DeploymentOptions().setInstances(loopCount(serving.config()));
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

    /// Looks soon whether there is a newer certificate.
    public void reloadCertificate() {
        if (watch != null) {
            watch.request();
        }
    }

    /// Fails on the watch's own thread.
    private void use(ServerCertificate certificate) {
        loops.getFirst().use(certificate).toCompletionStage().toCompletableFuture().join();
    }

    /// Bytes of answers in memory that are not read yet, small ones left out.
    long answerBytes() {
        return serving.answers().taken();
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
        if (watch != null) {
            watch.close();
        }
        List<Future<Void>> all =
                new ArrayList<>(loops.stream().map(EventLoopServer::drain).toList());
        if (redirecting != null) {
            all.add(redirecting.drain());
        }
        return Future.join(all).mapEmpty();
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
