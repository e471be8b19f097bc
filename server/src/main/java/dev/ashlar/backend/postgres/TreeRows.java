package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.json.JsonTree;
import dev.ashlar.backend.postgres.wire.ServerError;
import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes the body of an answer of the rows of one [TreeRead].
final class TreeRows extends BodyRows {
    private static final String OUTERMOST = "0";

    private final TreeRead read;
    private final long largestAnswer;
    private JsonTree json;

    TreeRows(TreeRead read, ReadStatements statements, long largestAnswer) {
        super(read, statements);
        this.read = read;
        this.largestAnswer = largestAnswer;
        json = none();
    }

    private JsonTree none() {
        return new JsonTree(read.shape(), read.form(), largestAnswer);
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
        super.begin();
        json = none();
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
        super.takeFrom(same);
        if (!(same instanceof TreeRows other)) {
            throw new IllegalArgumentException("the same statement is read in the same way");
        }
        json = other.json;
    }

    @Override
    long rows() {
        return json.rows();
    }

    @Override
    OptionalLong findTotal() {
        return OptionalLong.empty();
    }

    /// What had to wait for rows inside its row is written only now.
    @Override
    boolean isTooLarge() {
        json.end();
        return json.isTooLarge();
    }

    @Override
    ByteBuf end() {
        json.end();
        return json.body();
    }
}
