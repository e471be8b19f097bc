package dev.ashlar.intent;

/// The functions that turn many rows into one value.
public enum Aggregate {
    SUM,
    AVG,
    COUNT,
    MAX,
    MIN
}
