package dev.ashlar.plan;

import org.jspecify.annotations.Nullable;

/// What the operator allows. `maxRows` bounds the rows of each level of a read; null does not.
public record PlanRules(@Nullable Long maxRows, Aggregates aggregates) {

    private static final long ESTIMATE_FROM = 1_000;

    /// At most so many rows, everything else allowed.
    public static PlanRules atMost(long maxRows) {
        return new PlanRules(maxRows, Aggregates.ALLOWED);
    }

    /// How many rows an estimated count still counts.
    long exactUpTo() {
        return maxRows == null ? ESTIMATE_FROM : maxRows;
    }

    public enum Aggregates {
        ALLOWED,
        REFUSED
    }
}
