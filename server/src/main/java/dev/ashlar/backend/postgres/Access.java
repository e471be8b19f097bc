package dev.ashlar.backend.postgres;

/// What a transaction may do.
enum Access {
    READ_ONLY,
    READ_WRITE
}
