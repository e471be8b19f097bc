package dev.ashlar.policy.explanation;

import java.util.Locale;

/// What came of a condition. Only TRUE lets a row through.
public enum Truth {
    TRUE,
    FALSE,
    NULL,
    /// It could not be decided: it raised an error.
    ERROR;

    /// As answers have it: `true`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
