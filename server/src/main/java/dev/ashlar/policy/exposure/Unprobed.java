package dev.ashlar.policy.exposure;

/// What could not be tried, or not wholly.
///
/// @param object `public.notes`; empty for every one
/// @param role empty for every role
/// @param verb empty for every verb
public record Unprobed(String object, String role, String verb, String reason) {}
