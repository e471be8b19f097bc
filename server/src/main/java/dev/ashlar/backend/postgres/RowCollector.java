package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.wire.Prepared;
import dev.ashlar.backend.postgres.wire.RowSink;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Completable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the rows of one execution, and hands them over when it is done.
final class RowCollector implements RowSink, Completable<Long> {
    private final Prepared prepared;
    private final Completable<LaneResult> reply;
    private final List<LaneRow> rows = new ArrayList<>(1);

    RowCollector(Prepared prepared, Completable<LaneResult> reply) {
        this.prepared = prepared;
        this.reply = reply;
    }

    @Override
    public void row(ByteBuf content) {
        rows.add(LaneRow.of(content, prepared.columns()));
    }

    @Override
    public void complete(@Nullable Long affected, @Nullable Throwable error) {
        if (error == null) {
            reply.succeed(new LaneResult(rows, affected == null ? 0 : affected));
        } else {
            reply.fail(error);
        }
    }
}
