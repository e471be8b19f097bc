package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import dev.ashlar.backend.postgres.wire.Connection;
import dev.ashlar.backend.postgres.wire.Dialer;
import dev.ashlar.backend.postgres.wire.Login;
import dev.ashlar.backend.postgres.wire.Server;
import dev.ashlar.backend.postgres.wire.Server.Encryption;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Opens connections to one address, and waits longer after each failure.
final class Connector {
    private static final Log LOG = Log.of(Connector.class);

    /// After the time limit of a statement the server still has this long to say so.
    private static final long REPLY_GRACE_MS = 2_000;

    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 1_000;

    private final Set<Future<Wire>> underWay = ConcurrentHashMap.newKeySet();
    private final Set<Wire> open = ConcurrentHashMap.newKeySet();
    private final Dialer dialer;
    private final long timeoutMs;
    private final long replyLimitMs;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

    Connector(Vertx vertx, PostgresAddress address, PostgresConfig config) {
        timeoutMs = config.connectTimeout().toMillis();
        replyLimitMs = config.statementTimeout().toMillis() + REPLY_GRACE_MS;
        dialer =
                new Dialer(
                        vertx,
                        server(address),
                        login(address, config),
                        config.connectTimeout(),
                        config.maxAnswerSize().bytes());
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
        return replyLimitMs;
    }

    /// How long to wait before trying again.
    long pauseMs() {
        return Math.clamp(
                (notBefore.get() - System.nanoTime()) / 1_000_000 + 1, 1, LONGEST_PAUSE_MS);
    }

    /// Connections that are being opened are waited for, so that none is left behind; one whose
    /// server never answers is given up.
    Future<Void> close() {
        return Future.join(List.copyOf(underWay))
                .otherwiseEmpty()
                .compose(_ -> {
                    open.forEach(Wire::close);
                    return dialer.close();
                });
    }

    private void connectOnContext(ContextInternal context, Promise<Wire> promise) {
        Promise<Void> abandoned = context.promise();
        long timer =
                context.owner()
                        .setTimer(
                                timeoutMs,
                                _ -> {
                                    if (promise.tryFail(PostgresProblems.unreachable(null))) {
                                        failed("no answer in time");
                                        abandoned.tryComplete();
                                    }
                                });
        dialer.connect(context, abandoned.future())
                .onComplete((connection, error) -> {
                    context.owner().cancelTimer(timer);
                    if (error == null) {
                        connected(connection, promise);
                    } else if (promise.tryFail(refusal(error))) {
                        failed(reason(error));
                    }
                });
    }

    private void connected(Connection connection, Promise<Wire> promise) {
        if (failures.getAndSet(0) > 0) {
            LOG.info("The database is reached again");
        }
        Wire wire = new Wire(connection, replyLimitMs, () -> cancel(connection));
        open.add(wire);
        connection.whenClosed(() -> open.remove(wire));
        if (!promise.tryComplete(wire)) {
            wire.close();
        }
    }

    /// On the event loop of the session; see [Dialer#cancel].
    private Future<Void> cancel(Connection session) {
        Promise<Void> done = session.context().promise();
        Promise<Void> abandoned = session.context().promise();
        long timer =
                session.context()
                        .owner()
                        .setTimer(
                                timeoutMs,
                                _ -> {
                                    done.tryFail(PostgresProblems.unreachable(null));
                                    abandoned.tryComplete();
                                });
        dialer.cancel(session, abandoned.future())
                .onComplete((_, error) -> {
                    session.context().owner().cancelTimer(timer);
                    if (error == null) {
                        done.tryComplete();
                    } else {
                        done.tryFail(error);
                    }
                });
        return done.future();
    }

    /// Too many connections is a state of being busy; every other refusal to connect is our
    /// operator's matter, and the caller learns only that the database is not reachable.
    private static ProblemException refusal(Throwable error) {
        ProblemException problem = PostgresProblems.from(error, PostgresProblems.Sender.KNOWN);
        return problem.problem() instanceof DataProblem.Busy
                ? problem
                : PostgresProblems.unreachable(error);
    }

    private static String reason(Throwable error) {
        String said = error.getMessage() == null ? error.toString() : error.getMessage();
        return PostgresTls.findRefusal(error).orElse(said);
    }

    private void failed(String reason) {
        int count = Math.min(failures.incrementAndGet(), 10);
        if (count == 1) {
            LOG.warn("The database cannot be reached: {}", reason);
        }
        long pause = Math.min(FIRST_PAUSE_MS << (count - 1), LONGEST_PAUSE_MS);
        notBefore.set(System.nanoTime() + pause * 1_000_000);
    }

    private static Server server(PostgresAddress address) {
        SocketAddress socket =
                address.usesSocket()
                        ? SocketAddress.domainSocketAddress(
                                address.host() + "/.s.PGSQL." + address.port())
                        : SocketAddress.inetSocketAddress(address.port(), address.host());
        return new Server(
                socket,
                address.usesSocket() ? Encryption.NEVER : encryption(address.tls()),
                tls(address));
    }

    private static Encryption encryption(Tls tls) {
        return switch (tls) {
            case DISABLE -> Encryption.NEVER;
            case PREFER -> Encryption.IF_OFFERED;
            case REQUIRE, VERIFY_CA, VERIFY_FULL -> Encryption.ALWAYS;
        };
    }

    private static Login login(PostgresAddress address, PostgresConfig config) {
        Map<String, String> settings = new HashMap<>();
        settings.put("application_name", "ashlar");
        settings.put("client_encoding", "UTF8");
        settings.put("DateStyle", "ISO");
        if (config.preparedStatements()) {
            // PgBouncer refuses this one at the door; since PostgreSQL 12 the server's default
            // shows every digit without it.
            settings.put("extra_float_digits", "2");
        }
        return new Login(address.user(), address.password(), address.database(), settings);
    }

    private static ClientSSLOptions tls(PostgresAddress address) {
        PostgresTls read = PostgresTls.of(address);
        ClientSSLOptions options =
                new ClientSSLOptions()
                        .setHostnameVerificationAlgorithm(
                                address.tls() == Tls.VERIFY_FULL ? "HTTPS" : "");
        read.identity()
                .ifPresent(identity -> options.setKeyCertOptions(KeyCertOptions.wrap(identity)));
        return read.trust()
                .map(trust -> options.setTrustOptions(TrustOptions.wrap(trust)))
                .orElseGet(() -> options.setTrustAll(true));
    }
}
