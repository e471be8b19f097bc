package dev.ashlar.backend.postgres.json;

import dev.ashlar.backend.postgres.json.TreeShape.Level;
import dev.ashlar.backend.postgres.json.TreeShape.Step;
import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Writes rows and the related rows inside them, as `json_agg` writes them where what is inside is
/// `jsonb`. The rows of all levels come one after the other, each before those inside it; of a row
/// that others may still go into, what stands behind them in its object is kept until they end.
public final class JsonTree {
    private static final VarHandle INTEGER =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] BETWEEN_ROWS = JsonValues.ascii(", \n ");
    private static final byte[] BETWEEN = JsonValues.ascii(", ");
    private static final byte[] NULL = JsonValues.ascii("null");
    private static final int NONE = -1;
    private static final int USUAL_ROW_BYTES = 256;
    private static final byte[] NOTHING = {};

    private final TreeShape shape;
    private final JsonRows.Form form;
    private final long limit;
    private final JsonBytes out;
    private final JsonValues values;
    private final @Nullable Open[] opened;

    /// The innermost level with a row that others may go into.
    private int innermost = NONE;

    /// Of rows that may not all be written yet: each level's last.
    private long heldBytes;

    private long rows;
    private boolean tooLarge;
    private boolean ended;

    /// The row that came last, until its level takes it and leaves what it had.
    private byte[] came = new byte[USUAL_ROW_BYTES];

    /// The row of one level that was last begun.
    private static final class Open {
        final Level level;
        byte[] row = NOTHING;
        int length;

        /// Where the next column begins.
        int at;

        /// The next step; that of an array, while it has not ended.
        int step;

        /// Whether the array has elements.
        boolean filled;

        Open(Level level) {
            this.level = level;
        }

        boolean isDone() {
            return step == level.steps().size();
        }

        Step next() {
            return level.steps().get(step);
        }

        /// Gives back the bytes that the row before had.
        byte[] begin(byte[] next, int count, int from) {
            byte[] before = row;
            row = next;
            length = count;
            at = from;
            step = 0;
            return before;
        }

        /// The length of the next column, behind which its text begins; -1 for NULL.
        int count() {
            int count = (int) INTEGER.get(row, at);
            at += Integer.BYTES;
            return count;
        }

        void skip(int columns) {
            for (int i = 0; i < columns; i++) {
                int count = count();
                at += Math.max(0, count);
            }
        }
    }

    /// `limit` is how many bytes of JSON may come together: rows beyond are counted, not kept.
    public JsonTree(TreeShape shape, JsonRows.Form form, long limit) {
        this.shape = shape;
        this.form = form;
        this.limit = Math.min(limit, JsonBytes.MAX_LENGTH);
        opened = new Open[shape.depth()];
        out = new JsonBytes(shape.room().bytes());
        values = new JsonValues(out);
        if (form == JsonRows.Form.ARRAY) {
            out.put('[');
        }
    }

    /// One DataRow: the number of columns, then each as its length (-1 for NULL) and that many
    /// bytes of text. Columns behind those of the row's level are not looked at.
    public void row(ByteBuf in) {
        int columns = in.readShort();
        int count = in.readableBytes();
        copy(in, count);
        int digits = shape.isDeep() ? (int) INTEGER.get(came, 0) : 0;
        int number = shape.isDeep() ? number(digits) : 0;
        Level level = shape.level(number);
        if (columns < level.columns() + (shape.isDeep() ? 1 : 0)) {
            throw new IllegalStateException("a row of level " + number + " has " + columns);
        }
        rows += level.parent() == NONE ? 1 : 0;
        if (tooLarge || (form == JsonRows.Form.OBJECT && rows > 1)) {
            return;
        }
        Open open = opened(number, level);
        if (!hasRoom(open, count)) {
            tooLarge = true;
            return;
        }
        goTo(number, level.parent());
        came = open.begin(came, count, shape.isDeep() ? Integer.BYTES + digits : 0);
        write(open);
        if (!open.isDone()) {
            innermost = number;
        }
        tooLarge = out.length() > limit;
    }

    /// At once: memory outside the heap takes its time with each access.
    private void copy(ByteBuf in, int count) {
        if (count > came.length) {
            came = new byte[Math.max(count, USUAL_ROW_BYTES)];
        }
        in.readBytes(came, 0, count);
    }

    private int number(int digits) {
        int number = 0;
        for (int i = 0; i < digits && number < shape.depth(); i++) {
            number = number * 10 + came[Integer.BYTES + i] - '0';
        }
        if (digits < 1 || number < 0 || number >= shape.depth()) {
            throw new IllegalStateException("a row of no level");
        }
        return number;
    }

    private Open opened(int number, Level level) {
        Open open = opened[number];
        if (open == null) {
            open = new Open(level);
            opened[number] = open;
        }
        return open;
    }

    /// For all that is not written yet, should each byte of it have to be escaped.
    private boolean hasRoom(Open open, int count) {
        heldBytes += count - open.length;
        long most = heldBytes * JsonBytes.MAX_GROWTH + shape.extraBytes();
        return out.length() + most <= JsonBytes.MAX_LENGTH;
    }

    /// Ends what does not go around a row of that level, and begins its place.
    private void goTo(int number, int parent) {
        while (innermost != parent) {
            if (innermost == NONE) {
                throw outOfOrder(number);
            }
            Open inner = present(innermost);
            end(inner);
            innermost = inner.level.parent();
        }
        if (parent == NONE) {
            if (rows > 1) {
                out.put(BETWEEN_ROWS);
            }
            return;
        }
        Open around = present(parent);
        while (!around.isDone() && around.next().target() != number) {
            goOn(around);
        }
        if (around.isDone()) {
            throw outOfOrder(number);
        }
        if (around.filled) {
            out.put(BETWEEN);
        }
        around.filled = true;
    }

    /// Nobody knows then whose row it is.
    private static IllegalStateException outOfOrder(int number) {
        return new IllegalStateException("a row of level " + number + " came out of order");
    }

    private Open present(int number) {
        Open open = opened[number];
        if (open == null) {
            throw outOfOrder(number);
        }
        return open;
    }

    private void end(Open open) {
        while (!open.isDone()) {
            goOn(open);
        }
    }

    /// Ends the array that the row has been written up to.
    private void goOn(Open open) {
        out.put(']');
        open.step++;
        write(open);
    }

    /// Up to the next array, or to the end.
    private void write(Open open) {
        while (!open.isDone()) {
            Step step = open.next();
            step.writeBefore(out);
            switch (step.action()) {
                case VALUE -> {
                    value(open, step.kind());
                    open.step++;
                }
                case ONE -> one(open, step);
                case END -> open.step++;
                case MANY -> {
                    out.put('[');
                    open.filled = false;
                    return;
                }
            }
        }
    }

    private void value(Open open, JsonKind kind) {
        int count = open.count();
        if (count < 0) {
            out.put(NULL);
        } else {
            values.write(kind, open.row, open.at, count);
            open.at += count;
        }
    }

    private void one(Open open, Step step) {
        int count = open.count();
        if (count < 0) {
            out.put(NULL);
            open.skip(step.columns());
            open.step = step.target();
        } else {
            open.at += count;
            open.step++;
        }
    }

    /// How many rows of the outermost level came.
    public long rows() {
        return rows;
    }

    /// Whether they are more than may be, so that there is no body.
    public boolean isTooLarge() {
        return tooLarge;
    }

    /// No more rows come. Safe to call again.
    public void end() {
        if (tooLarge || ended) {
            return;
        }
        ended = true;
        while (innermost != NONE) {
            Open inner = present(innermost);
            end(inner);
            innermost = inner.level.parent();
        }
        switch (form) {
            case ARRAY -> out.put(']');
            case OBJECT -> {
                if (rows == 0) {
                    out.put(NULL);
                }
            }
        }
        tooLarge = out.length() > limit;
        shape.room().took(out.length());
    }

    /// What was ended.
    public ByteBuf body() {
        if (tooLarge) {
            throw new IllegalStateException("a body that is too large is not kept");
        }
        return out.toBuffer();
    }
}
