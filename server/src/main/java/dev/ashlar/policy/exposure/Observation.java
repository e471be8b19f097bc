package dev.ashlar.policy.exposure;

/// One thing that was tried.
///
/// @param reason why the outcome is not known, or by what it was denied; may be empty
public record Observation(long relation, String role, Act act, Outcome outcome, String reason) {}
