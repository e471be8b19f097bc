package dev.ashlar.policy.exposure;

import java.util.Locale;

/// What a caller of an API can try.
public enum Verb {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    EXECUTE;

    /// As reports have it: `select`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
