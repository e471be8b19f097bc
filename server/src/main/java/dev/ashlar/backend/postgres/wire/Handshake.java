package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From the startup message to the first ReadyForQuery (manual, "Start-up").
final class Handshake implements MessageReader.Receiver {
    private final ChannelHandlerContext channel;
    private final Login login;
    private final Authentication authentication;
    private final Promise<Void> done;
    private boolean in;
    private @Nullable BackendKey key;

    Handshake(
            ChannelHandlerContext channel,
            Login login,
            Authentication authentication,
            Promise<Void> done) {
        this.channel = channel;
        this.login = login;
        this.authentication = authentication;
        this.done = done;
    }

    void begin() {
        Map<String, String> parameters = new HashMap<>(login.settings());
        parameters.put("user", login.user());
        parameters.put("database", login.database());
        ByteBuf out = channel.alloc().buffer();
        FrontendMessages.startup(out, parameters);
        channel.writeAndFlush(out);
    }

    /// Null from servers that cancel nothing, such as some poolers.
    @Nullable BackendKey key() {
        return key;
    }

    @Override
    public void message(byte type, ByteBuf content) {
        switch (type) {
            case 'R' -> authenticate(content);
            case 'E' -> done.tryFail(ServerError.read(content));
            case 'Z' -> {
                if (!in) {
                    throw new ProtocolViolationException("ready before the login");
                }
                done.tryComplete();
            }
            case 'K' -> key = BackendKey.read(content);
            case 'N', 'S', 'v' -> {}
            default ->
                    throw new ProtocolViolationException(
                            "not a message of the start: " + (char) type);
        }
    }

    private void authenticate(ByteBuf content) {
        ByteBuf out = channel.alloc().buffer();
        boolean answering = false;
        try {
            Future<Boolean> answer = authentication.receive(content, out);
            answering = true;
            answer.onComplete((entered, error) -> answered(entered, error, out));
        } finally {
            if (!answering) {
                out.release();
            }
        }
    }

    private void answered(@Nullable Boolean entered, @Nullable Throwable error, ByteBuf out) {
        in = entered != null && entered;
        if (error == null && out.isReadable()) {
            channel.writeAndFlush(out);
        } else {
            out.release();
        }
        if (error != null) {
            done.tryFail(error);
        }
    }

    @Override
    public void dropped(byte type) {
        throw new ProtocolViolationException("a message of the start is too large");
    }

    @Override
    public void violated(ProtocolViolationException violation) {
        done.tryFail(violation);
    }
}
