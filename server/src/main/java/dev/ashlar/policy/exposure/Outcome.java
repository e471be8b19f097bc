package dev.ashlar.policy.exposure;

/// What came of trying.
public enum Outcome {
    /// It worked, or failed only for a reason that is no protection, such as a duplicate key.
    ALLOWED,
    /// It worked on some of the rows that differ in what policies look at.
    SOME,
    DENIED,
    UNKNOWN
}
