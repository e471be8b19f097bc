package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes the body of an answer of the rows of one read, as they come. What it tells is known once
/// the statement has succeeded.
abstract sealed class BodyRows implements JointRows permits FlatRows, TreeRows {
    private final RowsRead read;
    private final ReadStatements statements;
    private @Nullable ByteBuf body;

    BodyRows(RowsRead read, ReadStatements statements) {
        this.read = read;
        this.statements = statements;
    }

    /// How many rows of the outermost level came.
    abstract long rows();

    /// How many rows there are on all pages, if that was counted and a row came to say it.
    abstract OptionalLong findTotal();

    /// Whether there is no body, since it is more than may be.
    abstract boolean isTooLarge();

    /// Ends the body; no more rows may come.
    abstract ByteBuf end();

    final Buffer body() {
        return BufferInternal.buffer(bytes().duplicate());
    }

    private ByteBuf bytes() {
        ByteBuf made = body;
        if (made == null) {
            made = end();
            body = made;
        }
        return made;
    }

    @Override
    public void begin() {
        body = null;
    }

    @Override
    public void takeFrom(JointRows same) {
        if (!(same instanceof BodyRows other)) {
            throw new IllegalArgumentException("the same statement is read in the same way");
        }
        body = other.isTooLarge() ? null : other.bytes();
    }

    @Override
    public final @Nullable String key() {
        KeyedRead keyed = read.keyed();
        return keyed == null ? null : keyed.key();
    }

    @Override
    public final Optional<SqlStatement> byKeys(List<String> keys) {
        return statements.byKeys(read, keys);
    }
}
