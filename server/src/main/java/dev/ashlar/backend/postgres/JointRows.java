package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.wire.Exchange;
import dev.ashlar.backend.postgres.wire.Prepared;
import dev.ashlar.backend.sql.SqlStatement;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Completable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows that may come by the execution of another read, which has the same text.
interface JointRows extends RowTaker {
    /// The key of the one row that is asked for, where that is all in which two reads may differ.
    @Nullable String key();

    /// Reads the rows of all these keys, which [#keyOf] then finds in them. Empty when that cannot
    /// be had.
    Optional<SqlStatement> byKeys(List<String> keys);

    /// The key of a row that such a statement brought; null for one that goes with the row before.
    @Nullable String keyOf(ByteBuf row);

    /// Begins anew; rows follow.
    void begin();

    /// One DataRow, which may have more columns than were asked for.
    void take(ByteBuf row);

    /// The rows of another read that was the same in all, which has all of them.
    void takeFrom(JointRows same);

    @Override
    default Exchange execute(
            Exchange exchange,
            Prepared prepared,
            List<@Nullable Object> values,
            Completable<LaneResult> reply) {
        begin();
        return RowTaker.executeInto(this::take, exchange, prepared, values, reply);
    }
}
