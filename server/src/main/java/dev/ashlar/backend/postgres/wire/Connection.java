package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session that is logged in. Requests are sent without waiting for the answers to those before
/// them, and answered in their order. Used on its event loop alone, but for what says otherwise.
///
/// What one turn of the event loop sends goes out at its end in one system call, and wakes the
/// server once: half of the database's work for a read by key is being woken and reading the
/// socket.
public final class Connection {
    /// Room for what one turn of the event loop usually sends.
    private static final int USUAL_BYTES = 1_024;

    private final ContextInternal context;
    private final ChannelHandlerContext channel;
    private final MessageReader reader;
    private final long largestAnswer;
    private final Queue<Request> awaiting = new ArrayDeque<>();
    private @Nullable ByteBuf unsent;
    private @Nullable Throwable reason;
    private volatile boolean open = true;
    private final List<Runnable> whenClosed = new ArrayList<>(2);
    private Consumer<String> onNotification = _ -> {};
    private int statements;
    private @Nullable BackendKey key;
    private boolean keyEncrypted;

    /// `channel` is that of Vert.x's handler, before which the reader stands; it delivers to
    /// [#receiver] from the login on.
    Connection(
            ContextInternal context,
            ChannelHandlerContext channel,
            MessageReader reader,
            long largestAnswer) {
        this.context = context;
        this.channel = channel;
        this.reader = reader;
        this.largestAnswer = largestAnswer;
    }

    /// `encrypted` is whether the key came over TLS.
    void cancelledBy(@Nullable BackendKey backendKey, boolean encrypted) {
        key = backendKey;
        keyEncrypted = encrypted;
    }

    @Nullable BackendKey key() {
        return key;
    }

    boolean isEncrypted() {
        return keyEncrypted;
    }

    public ContextInternal context() {
        return context;
    }

    /// May be asked by any thread.
    public boolean isOpen() {
        return open;
    }

    /// Runs at once when the connection is closed already.
    public void whenClosed(Runnable action) {
        if (open) {
            whenClosed.add(action);
        } else {
            action.run();
        }
    }

    /// Gets the payloads of notifications, whatever the channel.
    public void onNotification(Consumer<String> action) {
        onNotification = action;
    }

    /// A statement that the server keeps until it is closed.
    public Prepared named(String sql) {
        return new Prepared("s" + statements++, sql);
    }

    /// A statement for one execution.
    public Prepared unnamed(String sql) {
        return new Prepared("", sql);
    }

    public void send(Request request) {
        if (!open) {
            request.fail(new ConnectionLostException(reason));
            request.end();
            return;
        }
        ByteBuf out = unsent == null ? channel.alloc().buffer(USUAL_BYTES) : unsent;
        int start = out.writerIndex();
        try {
            request.write(out);
        } catch (RuntimeException e) {
            out.writerIndex(start);
            keep(out);
            request.fail(e);
            request.end();
            return;
        }
        awaiting.add(request);
        keep(out);
    }

    private void keep(ByteBuf out) {
        if (unsent == null) {
            unsent = out;
            channel.channel().eventLoop().execute(this::flush);
        }
    }

    private void flush() {
        ByteBuf out = unsent;
        unsent = null;
        if (out == null) {
            return;
        }
        if (open && out.isReadable()) {
            channel.writeAndFlush(out);
        } else {
            out.release();
        }
    }

    /// Says good-bye and hangs up; what is not answered by now fails. Safe to call twice and from
    /// any thread.
    public void close() {
        onEventLoop(() -> {
            if (open) {
                ByteBuf out = unsent == null ? channel.alloc().buffer() : unsent;
                unsent = null;
                FrontendMessages.terminate(out);
                channel.writeAndFlush(out);
                hangUp();
            }
        });
    }

    /// Hangs up without a word on a server that does not answer. From any thread.
    public void abort() {
        onEventLoop(this::hangUp);
    }

    private void onEventLoop(Runnable action) {
        if (channel.channel().eventLoop().inEventLoop()) {
            action.run();
        } else {
            channel.channel().eventLoop().execute(action);
        }
    }

    private void hangUp() {
        reader.stop();
        channel.close();
        closed();
    }

    /// The socket is closed, by whomever.
    void closed() {
        if (!open) {
            return;
        }
        open = false;
        flush();
        Throwable lost = new ConnectionLostException(reason);
        for (Request request = awaiting.poll(); request != null; request = awaiting.poll()) {
            request.fail(lost);
            request.end();
        }
        whenClosed.forEach(Runnable::run);
    }

    MessageReader.Receiver receiver() {
        return new MessageReader.Receiver() {
            @Override
            public void message(byte type, ByteBuf content) {
                received(type, content);
            }

            @Override
            public void dropped(byte type) {
                Connection.this.dropped(type);
            }

            @Override
            public void violated(ProtocolViolationException violation) {
                reason = violation;
                hangUp();
            }
        };
    }

    private void received(byte type, ByteBuf content) {
        switch (type) {
            // Any caller could make the database say things: they are nobody's.
            case 'N', 'S' -> {}
            case 'A' -> notified(content);
            case 'E' -> refused(content);
            default -> answered(type, content);
        }
    }

    private void notified(ByteBuf content) {
        content.skipBytes(Integer.BYTES);
        ServerError.text(content);
        context.emit(ServerError.text(content), onNotification::accept);
    }

    private void refused(ByteBuf content) {
        ServerError error = ServerError.read(content.slice());
        if (error.isFatal()) {
            reason = error;
        }
        Request current = awaiting.peek();
        if (current != null) {
            current.fail(error);
        }
    }

    private void answered(byte type, ByteBuf content) {
        Request current = awaiting.peek();
        if (current == null) {
            throw new ProtocolViolationException("an answer to nothing: " + (char) type);
        }
        if (current.receive(type, content)) {
            awaiting.poll();
            current.end();
        }
    }

    private void dropped(byte type) {
        Request current = awaiting.peek();
        if (current == null) {
            return;
        }
        ServerError error = ServerError.tooLarge(largestAnswer);
        if (type == 'D') {
            current.dropped(error);
        } else {
            current.fail(error);
        }
    }
}
