package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;

/// Takes the rows of one execution as they come.
@FunctionalInterface
public interface RowSink {
    /// For statements whose rows nobody wants.
    RowSink NOTHING = _ -> {};

    /// The content of one DataRow: the number of columns (Int16), and for each its length in bytes
    /// (Int32, -1 for NULL) and that many bytes of text. Valid during the call only.
    void row(ByteBuf content);
}
