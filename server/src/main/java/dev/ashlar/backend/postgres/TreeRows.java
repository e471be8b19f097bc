package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.json.JsonTree;
import dev.ashlar.backend.postgres.wire.ServerError;
import dev.ashlar.backend.sql.SqlStatement;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes the body of an answer of the rows of one [TreeRead].
final class TreeRows implements BodyRows {
    private static final String OUTERMOST = "0";

    private final TreeRead read;
    private final ReadStatements statements;
    private final long largestAnswer;
    private JsonTree json;
    private @Nullable ByteBuf body;

    TreeRows(TreeRead read, ReadStatements statements, long largestAnswer) {
        this.read = read;
        this.statements = statements;
        this.largestAnswer = largestAnswer;
        json = none();
    }

    private JsonTree none() {
        return new JsonTree(read.shape(), read.form(), largestAnswer);
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
    public @Nullable String keyOf(ByteBuf row) {
        int columns = read.shape().outermostColumns();
        if (!read.shape().isDeep()) {
            return LaneRow.text(row, columns);
        }
        return LaneRow.text(row, 0).equals(OUTERMOST) ? LaneRow.text(row, 1 + columns) : null;
    }

    @Override
    public void begin() {
        json = none();
        body = null;
    }

    @Override
    public void take(ByteBuf row) {
        json.row(row);
        if (json.isTooLarge()) {
            throw ServerError.tooLarge(largestAnswer);
        }
    }

    @Override
    public void takeFrom(JointRows same) {
        if (!(same instanceof TreeRows other)) {
            throw new IllegalArgumentException("the same statement is read in the same way");
        }
        json = other.json;
        body = other.isTooLarge() ? null : other.bytes();
    }

    @Override
    public long rows() {
        return json.rows();
    }

    @Override
    public OptionalLong findTotal() {
        return OptionalLong.empty();
    }

    /// What had to wait for rows inside its row is written only now.
    @Override
    public boolean isTooLarge() {
        json.end();
        return json.isTooLarge();
    }

    @Override
    public Buffer body() {
        return BufferInternal.buffer(bytes().duplicate());
    }

    private ByteBuf bytes() {
        ByteBuf made = body;
        if (made == null) {
            json.end();
            made = json.body();
            body = made;
        }
        return made;
    }
}
