package dev.ashlar.backend.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// SQL text with `$1`, `$2`, … and the values that go with them, sent apart from the text. Only
/// [SqlText] makes one.
public final class SqlStatement {
    private final String text;
    private final List<@Nullable Object> parameters;

    SqlStatement(String text, List<@Nullable Object> parameters) {
        this.text = text;
        this.parameters = parameters;
    }

    public String text() {
        return text;
    }

    public List<@Nullable Object> parameters() {
        return parameters;
    }

    /// The same text with other values, one for each of these.
    public SqlStatement with(List<@Nullable Object> others) {
        if (others.size() != parameters.size()) {
            throw new IllegalArgumentException("a statement keeps its number of parameters");
        }
        return new SqlStatement(text, others);
    }

    @Override
    public String toString() {
        return text;
    }
}
