package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.json.JsonRows;
import dev.ashlar.backend.postgres.wire.ServerError;
import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes the body of an answer of the rows of one flat read, as they come.
final class FlatRows extends BodyRows {
    private final FlatRead read;
    private final long largestAnswer;
    private JsonRows json;
    private @Nullable Long total;

    FlatRows(FlatRead read, ReadStatements statements, long largestAnswer) {
        super(read, statements);
        this.read = read;
        this.largestAnswer = largestAnswer;
        json = none();
    }

    private JsonRows none() {
        return new JsonRows(read.shape(), read.form(), largestAnswer);
    }

    @Override
    public void begin() {
        super.begin();
        json = none();
        total = null;
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
        super.takeFrom(same);
        if (!(same instanceof FlatRows other)) {
            throw new IllegalArgumentException("the same statement is read in the same way");
        }
        json = other.json;
        total = other.total;
    }

    @Override
    public String keyOf(ByteBuf row) {
        return LaneRow.text(row, read.shape().members().size());
    }

    private static long last(ByteBuf row) {
        return Long.parseLong(LaneRow.text(row, row.getShort(row.readerIndex()) - 1));
    }

    @Override
    long rows() {
        return json.rows();
    }

    @Override
    OptionalLong findTotal() {
        return total == null ? OptionalLong.empty() : OptionalLong.of(total);
    }

    @Override
    boolean isTooLarge() {
        return json.isTooLarge();
    }

    @Override
    ByteBuf end() {
        return json.body();
    }
}
