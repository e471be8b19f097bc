package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks a server whether it speaks TLS, for logins that would rather but need not.
///
/// The driver tries both by itself, but leaves the first connection open when the server says no: a
/// server that is told to stop then waits for it until its `authentication_timeout`.
final class TlsProbe {
    /// SSLRequest (PostgreSQL manual, "Message Formats").
    private static final int REQUEST = 80_877_103;

    private final PostgresAddress address;
    private final long timeoutMs;
    private final NetClient client;
    private volatile @Nullable Boolean known;

    TlsProbe(Vertx vertx, PostgresAddress address, long timeoutMs) {
        this.address = address;
        this.timeoutMs = timeoutMs;
        this.client =
                vertx.createNetClient(
                        new NetClientOptions()
                                .setConnectTimeout((int) Math.min(timeoutMs, 600_000)));
        boolean asks = address.tls() == Tls.PREFER && !address.usesSocket();
        this.known = asks ? null : address.tls() != Tls.DISABLE && !address.usesSocket();
    }

    /// Fails when nobody answers. To be called on an event loop.
    Future<Boolean> speaksTls() {
        Boolean answer = known;
        return answer != null
                ? Future.succeededFuture(answer)
                : client.connect(address.port(), address.host())
                        .compose(this::asked)
                        .onSuccess(speaks -> known = speaks);
    }

    /// The server may be another one from now on.
    void forget() {
        if (address.tls() == Tls.PREFER && !address.usesSocket()) {
            known = null;
        }
    }

    Future<Void> close() {
        return client.close();
    }

    private Future<Boolean> asked(NetSocket socket) {
        Promise<Boolean> answer = Promise.promise();
        socket.handler(reply -> answer.tryComplete(reply.getByte(0) == 'S'));
        // Some refuse what they do not know by hanging up.
        socket.closeHandler(_ -> answer.tryComplete(false));
        socket.exceptionHandler(answer::tryFail);
        socket.write(Buffer.buffer().appendInt(8).appendInt(REQUEST));
        return answer.future()
                .timeout(timeoutMs, TimeUnit.MILLISECONDS)
                .onComplete((_, _) -> socket.close());
    }
}
