package dev.ashlar.backend.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Keeps messages of the server that are too large for our memory away from the driver, which would
/// hold them whole: one request for deeply nested rows could else end the process.
///
/// Such a message is thrown away as it comes, and an error of the server's kind takes its place
/// (PostgreSQL manual, "Message Formats": type, length, content). The connection stays good. A
/// write on a shared lane has been done even so, since its COMMIT left with it; on an exclusive
/// connection it is rolled back.
final class AnswerLimit extends ChannelInboundHandlerAdapter {
    private static final int HEADER_BYTES = 5;
    private static final int LENGTH_BYTES = 4;

    private final long limit;
    private @Nullable ByteBuf beginning;
    private long rest;
    private boolean dropping;

    /// `limit` in bytes, of one message.
    AnswerLimit(long limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = joined((ByteBuf) message);
        int end = in.writerIndex();
        int from = in.readerIndex();
        int at = from;
        while (at < end && (rest > 0 || end - at >= HEADER_BYTES)) {
            if (rest > 0) {
                int step = (int) Math.min(rest, end - at);
                at += step;
                rest -= step;
                from = dropping ? at : from;
                dropping &= rest > 0;
                continue;
            }
            rest = in.getUnsignedInt(at + 1) - LENGTH_BYTES;
            if (rest > limit) {
                pass(context, in, from, at);
                context.fireChannelRead(error());
                from = at + HEADER_BYTES;
                dropping = true;
            }
            at += HEADER_BYTES;
        }
        pass(context, in, from, at);
        beginning = at < end ? in.retainedSlice(at, end - at) : null;
        in.release();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (beginning != null) {
            beginning.release();
            beginning = null;
        }
    }

    /// A header may come in two parts.
    private ByteBuf joined(ByteBuf next) {
        if (beginning == null) {
            return next;
        }
        ByteBuf both = Unpooled.wrappedBuffer(beginning, next);
        beginning = null;
        return both;
    }

    private static void pass(ChannelHandlerContext context, ByteBuf in, int from, int to) {
        if (to > from) {
            context.fireChannelRead(in.retainedSlice(from, to - from));
        }
    }

    /// Not `program_limit_exceeded` (54000), which the data API words as a fault of the server:
    /// `PTnnn` stands for the HTTP status nnn (PostgREST reference, "Errors").
    private ByteBuf error() {
        String fields =
                "SERROR\0VERROR\0CPT413\0MThe answer is larger than "
                        + limit
                        + " bytes\0HAsk for fewer rows, columns or levels.\0\0";
        byte[] content = fields.getBytes(StandardCharsets.UTF_8);
        return Unpooled.buffer()
                .writeByte('E')
                .writeInt(content.length + LENGTH_BYTES)
                .writeBytes(content);
    }
}
