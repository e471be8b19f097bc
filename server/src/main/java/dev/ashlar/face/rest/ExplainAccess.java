package dev.ashlar.face.rest;

/// Who may ask why policies left rows out. An explanation holds values of rows that the caller may
/// not see.
public enum ExplainAccess {
    /// Nobody.
    OFF,
    /// The service role, on anybody's behalf.
    SERVICE,
    /// The service role, and every caller on their own behalf: for development alone.
    DEVELOPMENT_ALL
}
