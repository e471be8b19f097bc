package dev.ashlar.backend.postgres.exposure;

import java.util.Map;
import java.util.Optional;

/// A row to be inserted.
///
/// @param values by column; those missing are left to their defaults, an empty one is NULL
/// @param choices by column: how many values there were to choose from
record RowPlan(Map<String, Optional<String>> values, Map<String, Integer> choices) {}
