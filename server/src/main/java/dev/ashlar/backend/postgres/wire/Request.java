package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;

/// What is sent to the server up to a point where it says that it is ready again, and what happens
/// with its answers.
public abstract sealed class Request permits Exchange, SimpleQuery {
    abstract void write(ByteBuf out);

    /// Any message but an error; true for the last, ReadyForQuery.
    abstract boolean receive(byte type, ByteBuf content);

    /// A row is larger than is put up with, and was thrown away.
    abstract void dropped(Throwable error);

    /// What was not done by now fails. Safe to call again.
    abstract void fail(Throwable error);

    /// Called once, behind the last message or [#fail].
    abstract void end();
}
