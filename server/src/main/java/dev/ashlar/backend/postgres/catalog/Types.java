package dev.ashlar.backend.postgres.catalog;

import java.util.List;
import java.util.Map;

/// Domains and enumerations by oid.
record Types(Map<Long, Row> rows) {
    /// `base` is 0 for an enumeration.
    record Row(long base, String baseName, boolean notNull, List<String> labels) {}

    /// The name of what is under all domains; the type's own name when it is none.
    String baseName(long type, String name) {
        Row row = rows.get(type);
        return row == null || row.base() == 0 ? name : baseName(row.base(), row.baseName());
    }

    List<String> labels(long type) {
        Row row = rows.get(type);
        if (row == null) {
            return List.of();
        }
        return row.base() == 0 ? row.labels() : labels(row.base());
    }

    /// Whether a domain on the way forbids NULL.
    boolean notNull(long type) {
        Row row = rows.get(type);
        return row != null && (row.notNull() || notNull(row.base()));
    }
}
