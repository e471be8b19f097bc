package dev.ashlar.intent;

import java.util.List;

/// A column, and steps into it when it holds JSON.
public record FieldPath(String column, List<Step> steps) {

    public static FieldPath of(String column) {
        return new FieldPath(column, List.of());
    }

    /// The name under which it is answered: the last key, or the column.
    public String outputName() {
        for (Step step : steps.reversed()) {
            if (step instanceof Key(String key, _)) {
                return key;
            }
        }
        return column;
    }

    /// One step into JSON.
    public sealed interface Step {
        Form form();
    }

    /// `->key` or `->>key`.
    public record Key(String key, Form form) implements Step {}

    /// `->0` or `->>0`; negative counts from the end.
    public record Index(int index, Form form) implements Step {}

    public enum Form {
        JSON,
        TEXT
    }
}
