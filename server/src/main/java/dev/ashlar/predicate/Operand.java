package dev.ashlar.predicate;

import dev.ashlar.catalog.Column;
import java.util.List;

/// A column of the table that a condition or an output is about, and steps into it when it holds
/// JSON.
public record Operand(Column column, List<Step> steps) {

    public static Operand of(Column column) {
        return new Operand(column, List.of());
    }

    /// Whether the value is text by the last step, whatever the column's type.
    public boolean yieldsText() {
        return !steps.isEmpty() && steps.getLast().text();
    }

    /// A step by key or by index; `text` says that the result is text rather than JSON.
    public sealed interface Step {
        boolean text();
    }

    public record Key(String key, boolean text) implements Step {}

    public record Index(int index, boolean text) implements Step {}
}
