package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Completable;
import org.jspecify.annotations.Nullable;

/// One statement without parameters whose rows nobody wants (manual, "Simple Query").
public final class SimpleQuery extends Request {
    private final String sql;
    private final Completable<Void> reply;
    private @Nullable Throwable failure;

    public SimpleQuery(String sql, Completable<Void> reply) {
        this.sql = sql;
        this.reply = reply;
    }

    @Override
    void write(ByteBuf out) {
        FrontendMessages.query(out, sql);
    }

    @Override
    boolean receive(byte type, ByteBuf content) {
        switch (type) {
            case 'Z' -> {
                return true;
            }
            case 'T', 'D', 'C', 'I' -> {}
            default ->
                    throw new ProtocolViolationException("not an answer to Query: " + (char) type);
        }
        return false;
    }

    @Override
    void dropped(Throwable error) {}

    @Override
    void fail(Throwable error) {
        failure = failure == null ? error : failure;
    }

    @Override
    void end() {
        reply.complete(null, failure);
    }
}
