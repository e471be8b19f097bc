package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/// Cuts what the server sends into messages: a type (Byte1), a length that counts itself (Int32),
/// and the content (manual, "Message Formats").
///
/// A message that is too large for our memory is thrown away as it comes: one request for deeply
/// nested rows could else end the process. The connection stays good.
final class MessageReader extends ChannelInboundHandlerAdapter {
    private static final int HEADER_BYTES = 5;
    private static final int LENGTH_BYTES = 4;

    private final long limit;
    private Receiver receiver;
    private @Nullable ByteBuf held;
    private long toSkip;
    private boolean closed;

    /// Who gets the messages, in their order.
    interface Receiver {
        /// The content is valid during the call only.
        void message(byte type, ByteBuf content);

        /// A message larger than the limit was thrown away.
        void dropped(byte type);

        /// The server does not speak the protocol; nothing more follows.
        void violated(ProtocolViolationException violation);
    }

    /// `limit` in bytes, of one message. The receiver may be another from some message on.
    MessageReader(long limit, Receiver receiver) {
        this.limit = limit;
        this.receiver = receiver;
    }

    void deliverTo(Receiver next) {
        receiver = next;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (held != null) {
            in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), held, in);
            held = null;
        }
        try {
            readAll(in);
        } catch (ProtocolViolationException violation) {
            closed = true;
            receiver.violated(violation);
        } catch (IndexOutOfBoundsException e) {
            closed = true;
            receiver.violated(new ProtocolViolationException("a message ends too early"));
        }
        if (in.isReadable() && !closed) {
            held = in;
        } else {
            in.release();
        }
    }

    private void readAll(ByteBuf in) {
        while (!closed) {
            if (toSkip > 0) {
                int step = (int) Math.min(toSkip, in.readableBytes());
                in.skipBytes(step);
                toSkip -= step;
            }
            if (in.readableBytes() < HEADER_BYTES || !readOne(in)) {
                return;
            }
        }
    }

    private boolean readOne(ByteBuf in) {
        int at = in.readerIndex();
        byte type = in.getByte(at);
        long length = in.getUnsignedInt(at + 1) - LENGTH_BYTES;
        if (length < 0) {
            throw new ProtocolViolationException("a message shorter than its own length");
        }
        if (length > limit) {
            in.skipBytes(HEADER_BYTES);
            toSkip = length;
            receiver.dropped(type);
            return true;
        }
        int end = at + HEADER_BYTES + (int) length;
        if (end > in.writerIndex()) {
            return false;
        }
        int writer = in.writerIndex();
        in.readerIndex(at + HEADER_BYTES).writerIndex(end);
        receiver.message(type, in);
        in.writerIndex(writer).readerIndex(end);
        return true;
    }

    /// Nothing that comes from now on is looked at.
    void stop() {
        closed = true;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        closed = true;
        if (held != null) {
            held.release();
            held = null;
        }
    }
}
