package dev.ashlar.policy.exposure;

import java.util.List;
import java.util.Locale;

/// One cell of the matrix: which rows a role can reach by a verb, and which columns of them.
public record Cell(String object, String role, Verb verb, Rows rows, List<String> columns) {
    /// Which rows. For a routine ALL means that it can be called.
    public enum Rows {
        /// Somebody else's too, or ones that are nobody's.
        ALL,
        OWN,
        NONE,
        UNKNOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
