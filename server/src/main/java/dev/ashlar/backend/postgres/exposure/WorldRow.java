package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.policy.exposure.Facts.Relation;
import java.util.Map;
import java.util.Optional;

/// A synthetic row that was made.
///
/// @param values of all columns, as text; empty for NULL
/// @param table where it is: of a partitioned table's row, the partition
/// @param place its `ctid`
/// @param cursor that stands on it, by which callers change it without any right to read it
record WorldRow(
        Relation relation,
        World world,
        Map<String, Optional<String>> values,
        long table,
        String place,
        String cursor) {

    Optional<String> value(String column) {
        return values.getOrDefault(column, Optional.empty());
    }
}
