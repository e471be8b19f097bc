package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;

/// What is sent to the server up to a point where it says that it is ready again, and what happens
/// with its answers.
public sealed interface Request permits Exchange, SimpleQuery {
    void write(ByteBuf out);

    /// True for the last message, ReadyForQuery.
    boolean receive(byte type, ByteBuf content);

    /// A row is larger than is put up with, and was thrown away.
    void dropped(Throwable error);

    /// What was not done by now fails. Safe to call again.
    void fail(Throwable error);

    /// Called once, behind the last message or [#fail].
    void end();
}
