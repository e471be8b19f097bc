package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.json.JsonRows;
import dev.ashlar.backend.postgres.wire.ServerError;
import dev.ashlar.backend.sql.SqlStatement;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes the body of an answer of the rows of one flat read, as they come.
final class FlatRows implements BodyRows {
    private final FlatRead read;
    private final ReadStatements statements;
    private final long largestAnswer;
    private JsonRows json;
    private @Nullable Long total;
    private @Nullable ByteBuf body;

    FlatRows(FlatRead read, ReadStatements statements, long largestAnswer) {
        this.read = read;
        this.statements = statements;
        this.largestAnswer = largestAnswer;
        json = none();
    }

    private JsonRows none() {
        return new JsonRows(read.shape(), read.form(), largestAnswer);
    }

    @Override
    public @Nullable String key() {
        return read.keyed() == null ? null : read.keyed().key();
    }

    @Override
    public Optional<SqlStatement> byKeys(List<String> keys) {
        return statements.byKeys(read, keys);
    }

    @Override
    public void begin() {
        json = none();
        total = null;
        body = null;
    }

    @Override
    public void take(ByteBuf row) {
        if (read.counted() == FlatRead.Counted.YES && total == null) {
            total = last(row);
        }
        json.row(row);
        if (json.isTooLarge()) {
            throw ServerError.tooLarge(largestAnswer);
        }
    }

    @Override
    public void takeFrom(JointRows same) {
        if (!(same instanceof FlatRows other)) {
            throw new IllegalArgumentException("the same statement is read in the same way");
        }
        json = other.json;
        total = other.total;
        body = other.bytes();
    }

    @Override
    public String keyOf(ByteBuf row) {
        return LaneRow.text(row, read.shape().members().size());
    }

    private static long last(ByteBuf row) {
        return Long.parseLong(LaneRow.text(row, row.getShort(row.readerIndex()) - 1));
    }

    @Override
    public long rows() {
        return json.rows();
    }

    @Override
    public OptionalLong findTotal() {
        return total == null ? OptionalLong.empty() : OptionalLong.of(total);
    }

    @Override
    public boolean isTooLarge() {
        return json.isTooLarge();
    }

    @Override
    public Buffer body() {
        return BufferInternal.buffer(bytes().duplicate());
    }

    private ByteBuf bytes() {
        ByteBuf made = body;
        if (made == null) {
            made = json.body();
            body = made;
        }
        return made;
    }
}
