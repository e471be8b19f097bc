package dev.ashlar.backend.postgres;

/// What a read may touch, which decides how it may share a connection.
enum ReadMode {
    /// Rows of tables and views.
    ROWS,
    /// A routine named by the caller: its code may change settings of the session, so it always
    /// runs in a transaction that is rolled back.
    CALL
}
