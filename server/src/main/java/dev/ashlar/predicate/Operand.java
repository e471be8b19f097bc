package dev.ashlar.predicate;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of the table that a condition or an output is about, and steps into it when it holds
/// JSON. With a `function` it is computed: the function of the row gives the value. With an
/// `aggregation` it is one value of a group of rows, and `column` has only its name and type.
public record Operand(
        Column column,
        @Nullable QualifiedName function,
        List<Step> steps,
        @Nullable Aggregation aggregation) {

    public static Operand of(Column column) {
        return new Operand(column, null, List.of(), null);
    }

    /// Whether it is the column itself, not something inside it or computed.
    public boolean isColumn() {
        return function == null && steps.isEmpty() && aggregation == null;
    }

    /// Whether the value is text by the last step, whatever the column's type.
    public boolean yieldsText() {
        return !steps.isEmpty() && steps.getLast().text();
    }

    /// A function over the rows of a group; null counts the rows themselves.
    public record Aggregation(Function function, @Nullable Operand of) {
        public enum Function {
            SUM,
            AVG,
            COUNT,
            MAX,
            MIN
        }
    }

    /// A step by key or by index; `text` says that the result is text rather than JSON.
    public sealed interface Step {
        boolean text();
    }

    public record Key(String key, boolean text) implements Step {}

    public record Index(int index, boolean text) implements Step {}
}
