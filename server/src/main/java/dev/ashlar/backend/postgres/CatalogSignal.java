package dev.ashlar.backend.postgres;

/// What the listener on the channel `pgrst` has to tell.
public enum CatalogSignal {
    /// It listens from now on. What was sent before was lost, so schema and configuration may have
    /// changed.
    LISTENING,
    /// Its connection is gone; another one will be opened.
    LOST,
    /// No connection could be opened; it will be tried again.
    UNREACHABLE,
    /// A notification says that the configuration kept in the database has changed.
    CONFIG,
    /// A notification says that the schema has changed.
    SCHEMA
}
