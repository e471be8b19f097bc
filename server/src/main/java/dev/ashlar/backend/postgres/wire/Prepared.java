package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// A statement that the server keeps under a name, or under none until the next such. It is parsed
/// with its first execution, and again after a parse that failed or was skipped. Used on the event
/// loop of its connection.
public final class Prepared {
    private static final int FIXED_PART = 18;

    private final String name;
    private final String sql;
    private boolean asked;
    private List<String> columns = List.of();

    Prepared(String name, String sql) {
        this.name = name;
        this.sql = sql;
    }

    String name() {
        return name;
    }

    public String sql() {
        return sql;
    }

    /// The names of the columns; empty before the first execution.
    public List<String> columns() {
        return columns;
    }

    /// Whether a Parse has to come first; from then on it counts as sent.
    boolean mustBeParsed() {
        boolean must = !asked || name.isEmpty();
        asked = true;
        return must;
    }

    /// A Parse failed, or was skipped since something before it failed.
    void notParsed() {
        asked = false;
    }

    /// Reads a RowDescription.
    void describe(ByteBuf content) {
        int count = content.readUnsignedShort();
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(ServerError.text(content));
            content.skipBytes(FIXED_PART);
        }
        columns = List.copyOf(names);
    }
}
