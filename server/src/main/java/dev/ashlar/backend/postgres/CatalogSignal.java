package dev.ashlar.backend.postgres;

/// What a notification on the channel `pgrst` asks for.
public enum CatalogSignal {
    /// The schema has changed, or may have while nobody listened.
    SCHEMA,
    /// The configuration kept in the database has changed.
    CONFIG
}
