package dev.ashlar.backend.postgres;

/// How the pool of connections is used: those that nobody has, requests that wait for one, and
/// requests that waited in vain so far.
public record PoolFigures(int available, int waiting, long timeouts) {}
