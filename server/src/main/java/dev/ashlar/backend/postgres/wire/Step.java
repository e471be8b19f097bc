package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Completable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that the server is asked to do within an [Exchange].
sealed interface Step {
    void write(ByteBuf out);

    /// True when this was the step's last message.
    boolean receive(byte type, ByteBuf content);

    void succeed();

    void fail(Throwable error);

    /// The step will fail, once the server is done with it.
    void drop(Throwable error);

    /// Bind and Execute, behind Parse and Describe where the statement is new.
    final class Execute implements Step {
        private final Prepared prepared;
        private final List<@Nullable Object> values;
        private final RowSink sink;
        private final Completable<Long> reply;
        private boolean parsing;
        private long affected;
        private @Nullable Throwable dropped;

        Execute(
                Prepared prepared,
                List<@Nullable Object> values,
                RowSink sink,
                Completable<Long> reply) {
            this.prepared = prepared;
            this.values = values;
            this.sink = sink;
            this.reply = reply;
        }

        @Override
        public void write(ByteBuf out) {
            parsing = prepared.mustBeParsed();
            if (parsing) {
                FrontendMessages.parse(out, prepared.name(), prepared.sql());
                FrontendMessages.describeStatement(out, prepared.name());
            }
            FrontendMessages.bind(out, prepared.name(), values);
            FrontendMessages.execute(out);
        }

        @Override
        public boolean receive(byte type, ByteBuf content) {
            switch (type) {
                case 'D' -> row(content);
                case 'C' -> {
                    affected = CommandTag.rows(content);
                    return true;
                }
                case 'I' -> {
                    return true;
                }
                case '1' -> parsing = false;
                case 'T' -> prepared.describe(content);
                case '2', 't', 'n' -> {}
                default ->
                        throw new ProtocolViolationException(
                                "not an answer to Execute: " + (char) type);
            }
            return false;
        }

        private void row(ByteBuf content) {
            if (dropped == null) {
                try {
                    sink.row(content);
                } catch (RuntimeException e) {
                    dropped = e;
                }
            }
        }

        @Override
        public void succeed() {
            if (dropped == null) {
                reply.succeed(affected);
            } else {
                reply.fail(dropped);
            }
        }

        @Override
        public void fail(Throwable error) {
            if (parsing) {
                prepared.notParsed();
            }
            reply.fail(dropped == null ? error : dropped);
        }

        @Override
        public void drop(Throwable error) {
            dropped = error;
        }
    }

    /// Close of a prepared statement.
    record Close(Prepared prepared) implements Step {
        @Override
        public void write(ByteBuf out) {
            FrontendMessages.closeStatement(out, prepared.name());
        }

        @Override
        public boolean receive(byte type, ByteBuf content) {
            if (type != '3') {
                throw new ProtocolViolationException("not an answer to Close: " + (char) type);
            }
            return true;
        }

        @Override
        public void succeed() {}

        @Override
        public void fail(Throwable error) {}

        @Override
        public void drop(Throwable error) {}
    }

    /// The number at the end of a CommandComplete's tag, such as `INSERT 0 1` or `SELECT 20`; 0
    /// where there is none.
    final class CommandTag {
        private CommandTag() {}

        static long rows(ByteBuf content) {
            int end = content.writerIndex() - 1;
            int start = end;
            while (start > content.readerIndex() && isDigit(content.getByte(start - 1))) {
                start--;
            }
            return start == end || end - start > 18
                    ? 0
                    : Long.parseLong(
                            content.toString(start, end - start, StandardCharsets.US_ASCII));
        }

        private static boolean isDigit(byte c) {
            return c >= '0' && c <= '9';
        }
    }
}
