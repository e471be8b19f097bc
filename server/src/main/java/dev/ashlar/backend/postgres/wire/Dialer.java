package dev.ashlar.backend.postgres.wire;

import dev.ashlar.backend.postgres.wire.Server.Encryption;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// Opens connections to one server: the socket, TLS where it is wanted, the login.
public final class Dialer {
    /// Vert.x's name for its own handler, before which ours goes.
    private static final String VERTX_HANDLER = "handler";

    /// SSLRequest (manual, "Message Formats").
    private static final int SSL_REQUEST = 80_877_103;

    private static final int LONGEST_MS = 600_000;

    /// Held here: a NetClient that nobody holds is collected, and closes its sockets.
    private final NetClient client;

    private final Server server;
    private final Login login;
    private final ScramKeys scramKeys;
    private final long largestAnswer;

    /// `largestAnswer` in bytes is what one message of the server may have.
    public Dialer(
            Vertx vertx, Server server, Login login, Duration connectTimeout, long largestAnswer) {
        this.server = server;
        this.login = login;
        this.scramKeys = new ScramKeys(login.password());
        this.largestAnswer = largestAnswer;
        client =
                vertx.createNetClient(
                        new NetClientOptions()
                                .setConnectTimeout(
                                        (int) Math.min(connectTimeout.toMillis(), LONGEST_MS))
                                .setTcpKeepAlive(true)
                                .setTcpNoDelay(true));
    }

    /// A session that is logged in. To be called on the context's event loop. Fails with
    /// [ServerError], [ProtocolViolationException] or what the socket says.
    ///
    /// `abandoned` completes when nobody waits any more: the socket is closed then.
    public Future<Connection> connect(ContextInternal context, Future<?> abandoned) {
        return client.connect(server.address())
                .compose(socket -> {
                    abandoned.onComplete((_, _) -> socket.close());
                    return encrypted(socket, server.encryption())
                            .compose(_ -> loggedIn(context, (NetSocketInternal) socket))
                            .onFailure(_ -> socket.close());
                });
    }

    /// Asks the server to cancel what the session runs at the moment that the request arrives: over
    /// a connection of its own, encrypted as the session is, for who reads the key can cancel too.
    /// Whether that had an effect is told to the session alone.
    ///
    /// Succeeds when the server has hung up: it has sent the signal by then, and nothing that the
    /// session is sent from now on can be hit. After a failure a late signal is possible.
    ///
    /// `abandoned` as with [#connect].
    public Future<Void> cancel(Connection session, Future<?> abandoned) {
        BackendKey key = session.key();
        if (key == null) {
            return Future.failedFuture(
                    new ProtocolViolationException("the server gave no key to cancel by"));
        }
        Encryption encryption = session.isEncrypted() ? Encryption.ALWAYS : Encryption.NEVER;
        return client.connect(server.address())
                .compose(socket -> {
                    abandoned.onComplete((_, _) -> socket.close());
                    return encrypted(socket, encryption)
                            .compose(_ -> cancelled((NetSocketInternal) socket, key))
                            .onFailure(_ -> socket.close());
                });
    }

    private static Future<Void> cancelled(NetSocketInternal socket, BackendKey key) {
        Promise<Void> hungUp = Promise.promise();
        socket.handler(_ -> {});
        // Servers hang up without TLS's good-bye.
        socket.exceptionHandler(error -> {
            if (!(error instanceof SSLException)) {
                hungUp.tryFail(error);
            }
        });
        socket.closeHandler(_ -> hungUp.tryComplete());
        ChannelHandlerContext channel = socket.channelHandlerContext();
        ByteBuf out = channel.alloc().buffer();
        FrontendMessages.cancelRequest(out, key);
        channel.writeAndFlush(out);
        return hungUp.future();
    }

    /// How often a password had to be worked out for SCRAM.
    int scramKeysMade() {
        return scramKeys.made();
    }

    public Future<Void> close() {
        return client.close();
    }

    private Future<Void> encrypted(NetSocket socket, Encryption encryption) {
        if (encryption == Encryption.NEVER) {
            return Future.succeededFuture();
        }
        Promise<Buffer> reply = Promise.promise();
        socket.handler(reply::tryComplete);
        // Some refuse what they do not know by hanging up.
        socket.closeHandler(_ -> reply.tryFail(new ConnectionLostException(null)));
        socket.exceptionHandler(reply::tryFail);
        socket.write(Buffer.buffer().appendInt(8).appendInt(SSL_REQUEST));
        return reply.future().compose(answer -> upgraded(socket, encryption, answer));
    }

    /// What follows the one byte before the handshake was slipped in by somebody else
    /// (CVE-2021-23222).
    private Future<Void> upgraded(NetSocket socket, Encryption encryption, Buffer answer) {
        if (answer.length() == 1 && answer.getByte(0) == 'S') {
            socket.handler(null);
            return socket.upgradeToSsl(server.tls());
        }
        if (answer.length() == 1
                && answer.getByte(0) == 'N'
                && encryption == Encryption.IF_OFFERED) {
            return Future.succeededFuture();
        }
        return Future.failedFuture(
                new ProtocolViolationException(
                        answer.length() == 1 && answer.getByte(0) == 'N'
                                ? "the server does not speak TLS, which the address asks for"
                                : "not an answer to the question for TLS"));
    }

    private Future<Connection> loggedIn(ContextInternal context, NetSocketInternal socket) {
        ChannelHandlerContext channel = socket.channelHandlerContext();
        Promise<Void> in = context.promise();
        Handshake handshake =
                new Handshake(
                        channel,
                        login,
                        new Authentication(login, scramKeys, context, certificate(socket)),
                        in);
        MessageReader reader = new MessageReader(largestAnswer, handshake);
        channel.pipeline().addBefore(VERTX_HANDLER, "postgres", reader);
        Connection connection = new Connection(context, channel, reader, largestAnswer);
        socket.exceptionHandler(_ -> {});
        socket.closeHandler(_ -> {
            in.tryFail(new ConnectionLostException(null));
            connection.closed();
        });
        handshake.begin();
        return in.future()
                .map(_ -> {
                    connection.cancelledBy(handshake.key(), socket.isSsl());
                    reader.deliverTo(connection.receiver());
                    return connection;
                });
    }

    private static @Nullable X509Certificate certificate(NetSocket socket) {
        if (!socket.isSsl()) {
            return null;
        }
        try {
            List<Certificate> chain = socket.peerCertificates();
            return !chain.isEmpty() && chain.getFirst() instanceof X509Certificate certificate
                    ? certificate
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }
}
