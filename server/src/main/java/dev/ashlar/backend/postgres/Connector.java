package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import dev.ashlar.backend.postgres.Wire.WireLimits;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Opens connections to one address, and waits longer after each failure.
final class Connector {
    private static final Log LOG = Log.of(Connector.class);

    /// After the time limit of a statement the server still has this long to say so.
    private static final long REPLY_GRACE_MS = 2_000;

    /// How long the driver has to say good-bye to everybody.
    private static final long GOODBYE_MS = 2_000;

    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 1_000;

    private final Vertx vertx;
    private final Set<Future<Wire>> underWay = ConcurrentHashMap.newKeySet();
    private final PgConnectOptions plain;
    private final PgConnectOptions encrypted;
    private final TlsProbe probe;
    private final ConnectionFactory<PgConnectOptions> factory;
    private final long timeoutMs;
    private final WireLimits limits;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

    Connector(Vertx vertx, PostgresAddress address, PostgresConfig config) {
        this.vertx = vertx;
        plain = options(address, config).setSslMode(SslMode.DISABLE);
        encrypted = encrypted(options(address, config), address.tls());
        timeoutMs = config.connectTimeout().toMillis();
        probe = new TlsProbe(vertx, address, timeoutMs);
        limits =
                new WireLimits(
                        config.statementTimeout().toMillis() + REPLY_GRACE_MS,
                        config.maxAnswerSize().bytes());
        factory =
                PgDriver.INSTANCE.createConnectionFactory(
                        vertx,
                        new NetClientOptions()
                                .setConnectTimeout((int) Math.min(timeoutMs, 600_000))
                                .setTcpKeepAlive(true));
    }

    /// A new connection on the context's event loop. Fails at once with `Unreachable` while it
    /// pauses after a failure, so that requests do not queue behind a database that is away.
    Future<Wire> connect(ContextInternal context) {
        if (System.nanoTime() - notBefore.get() < 0) {
            return context.failedFuture(PostgresProblems.unreachable(null));
        }
        Future<Wire> opening =
                context.future(
                        promise -> context.runOnContext(_ -> connectOnContext(context, promise)));
        underWay.add(opening);
        return opening.onComplete((_, _) -> underWay.remove(opening));
    }

    long replyLimitMs() {
        return limits.replyMs();
    }

    /// How long to wait before trying again.
    long pauseMs() {
        return Math.clamp(
                (notBefore.get() - System.nanoTime()) / 1_000_000 + 1, 1, LONGEST_PAUSE_MS);
    }

    /// Connections that are being opened are waited for first: one that the driver is told to close
    /// before the server has answered would stay until the server hangs up. One whose server never
    /// answers is given up.
    Future<Void> close() {
        return Future.join(List.copyOf(underWay))
                .otherwiseEmpty()
                .compose(_ -> closeFactory())
                .eventually(probe::close);
    }

    private Future<Void> closeFactory() {
        Promise<Void> closed = Promise.promise();
        long timer = vertx.setTimer(GOODBYE_MS, _ -> closed.tryComplete());
        factory.close((Completable<Void>) (_, _) -> closed.tryComplete());
        return closed.future().onComplete((_, _) -> vertx.cancelTimer(timer));
    }

    private void connectOnContext(ContextInternal context, Promise<Wire> promise) {
        long timer =
                context.owner()
                        .setTimer(
                                timeoutMs,
                                _ -> {
                                    if (promise.tryFail(PostgresProblems.unreachable(null))) {
                                        failed("no answer in time");
                                    }
                                });
        probe.speaksTls()
                .compose(tls -> factory.connect(context, tls ? encrypted : plain))
                .onComplete((connection, error) -> {
                    context.owner().cancelTimer(timer);
                    if (error == null) {
                        connected(context, connection, promise);
                    } else if (promise.tryFail(refusal(error))) {
                        failed(error.getMessage() == null ? error.toString() : error.getMessage());
                    }
                });
    }

    private void connected(
            ContextInternal context, SqlConnection connection, Promise<Wire> promise) {
        if (failures.getAndSet(0) > 0) {
            LOG.info("The database is reached again");
        }
        if (!promise.tryComplete(new Wire(context, connection, limits))) {
            connection.close();
        }
    }

    /// Too many connections is a state of being busy; every other refusal to connect is our
    /// operator's matter, and the caller learns only that the database is not reachable.
    private static ProblemException refusal(Throwable error) {
        ProblemException problem = PostgresProblems.from(error, PostgresProblems.Sender.KNOWN);
        return problem.problem() instanceof DataProblem.Busy
                ? problem
                : PostgresProblems.unreachable(error);
    }

    private void failed(@Nullable String reason) {
        probe.forget();
        int count = Math.min(failures.incrementAndGet(), 10);
        if (count == 1) {
            LOG.warn("The database cannot be reached: {}", reason);
        }
        long pause = Math.min(FIRST_PAUSE_MS << (count - 1), LONGEST_PAUSE_MS);
        notBefore.set(System.nanoTime() + pause * 1_000_000);
    }

    private static PgConnectOptions options(PostgresAddress address, PostgresConfig config) {
        PgConnectOptions options =
                new PgConnectOptions()
                        .setHost(address.host())
                        .setPort(address.port())
                        .setDatabase(address.database())
                        .setUser(address.user())
                        .setPassword(address.password().reveal())
                        .setReconnectAttempts(0)
                        // The lanes bound what is in flight; the driver must never split a flight.
                        .setPipeliningLimit(1_000_000)
                        .setCachePreparedStatements(false);
        options.addProperty("application_name", "ashlar");
        if (!config.preparedStatements()) {
            // PgBouncer refuses this one at the door; since PostgreSQL 12 the server's default
            // shows
            // every digit without it.
            options.getProperties().remove("extra_float_digits");
        }
        return options;
    }

    private static PgConnectOptions encrypted(PgConnectOptions options, Tls tls) {
        options.setSslOptions(tls(tls));
        return options.setSslMode(
                switch (tls) {
                    case DISABLE -> SslMode.DISABLE;
                    case PREFER, REQUIRE -> SslMode.REQUIRE;
                    case VERIFY_FULL -> SslMode.VERIFY_FULL;
                });
    }

    private static ClientSSLOptions tls(Tls tls) {
        ClientSSLOptions options = new ClientSSLOptions();
        if (tls != Tls.VERIFY_FULL) {
            return options.setTrustAll(true).setHostnameVerificationAlgorithm("");
        }
        try {
            // Without a key store of its own, the factory trusts what the JVM trusts.
            TrustManagerFactory system =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            system.init((KeyStore) null);
            return options.setHostnameVerificationAlgorithm("HTTPS")
                    .setTrustOptions(TrustOptions.wrap(system.getTrustManagers()[0]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM's trusted certificates cannot be read", e);
        }
    }
}
