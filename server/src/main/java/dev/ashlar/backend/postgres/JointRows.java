package dev.ashlar.backend.postgres;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Rows that may come by the execution of another read, which has the same text.
interface JointRows extends RowTaker {
    /// The one of these rows that was asked for, where that is all in which two reads differ.
    @Nullable KeyedRead keyed();

    /// Begins anew; rows follow.
    void begin();

    /// One DataRow, which may have more columns than were asked for.
    void take(ByteBuf row);

    /// The rows of another read that was the same in all, which has all of them.
    void takeFrom(JointRows same);
}
