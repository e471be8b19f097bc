package dev.ashlar.backend.postgres;

/// What code kept in the database (functions, views, policies) does with settings, as far as its
/// text tells.
///
/// @param changesSession may change settings that outlive its transaction
/// @param readsRequest may ask about the request beyond the caller's claims
/// @param answersItself may set status or headers of the answer
record CodeTraits(boolean changesSession, boolean readsRequest, boolean answersItself) {
    /// Nothing is known, so everything may be.
    static final CodeTraits UNKNOWN = new CodeTraits(true, true, true);
}
