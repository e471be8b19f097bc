package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Representation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Domains and enumerations by oid.
record Types(Map<Long, Row> rows) {
    /// Type modifiers of character types count four more than characters (`VARHDRSZ`).
    private static final int HEADER = 4;

    /// `base` is 0 for an enumeration.
    record Row(
            long base,
            String baseName,
            boolean notNull,
            int modifier,
            @Nullable String defaultExpression,
            List<String> labels,
            @Nullable Representation representation) {}

    static Types read(ResultSet rows) throws SQLException {
        Map<Long, Row> types = new HashMap<>();
        while (rows.next()) {
            types.put(
                    rows.getLong("oid"),
                    new Row(
                            rows.getLong("typbasetype"),
                            String.valueOf(rows.getString("base_type")),
                            rows.getBoolean("typnotnull"),
                            rows.getInt("typtypmod"),
                            rows.getString("typdefault"),
                            List.copyOf(Rows.texts(rows, "labels")),
                            representation(rows)));
        }
        return new Types(types);
    }

    /// Those of both that are not the same, in a name below or the functions of a cast, say.
    Set<Long> otherThan(Types earlier) {
        Set<Long> other = new HashSet<>();
        rows.forEach((oid, row) -> {
            if (!row.equals(earlier.rows.get(oid))) {
                other.add(oid);
            }
        });
        return other;
    }

    private static @Nullable Representation representation(ResultSet row) throws SQLException {
        QualifiedName toJson = Rows.findName(row, "to_json_schema", "to_json");
        QualifiedName fromJson = Rows.findName(row, "from_json_schema", "from_json");
        QualifiedName fromText = Rows.findName(row, "from_text_schema", "from_text");
        return toJson == null && fromJson == null && fromText == null
                ? null
                : new Representation(toJson, fromJson, fromText);
    }

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

    /// The type's own; a domain over a domain has none of the one below.
    @Nullable Representation representation(long type) {
        Row row = rows.get(type);
        return row == null ? null : row.representation();
    }

    /// Of the uppermost domain that has one.
    @Nullable String defaultExpression(long type) {
        Row row = rows.get(type);
        if (row == null || row.defaultExpression() != null) {
            return row == null ? null : row.defaultExpression();
        }
        return defaultExpression(row.base());
    }

    /// As `character_maximum_length` of the information schema: for strings of characters or bits
    /// that were declared with a length.
    @Nullable Integer maxLength(long type, String name, int modifier) {
        Row row = rows.get(type);
        if (row != null && row.base() != 0) {
            return maxLength(row.base(), row.baseName(), row.modifier());
        }
        return switch (name) {
            case "character varying", "bpchar" -> modifier < HEADER ? null : modifier - HEADER;
            case "\"bit\"", "bit varying" -> modifier < 0 ? null : modifier;
            default -> null;
        };
    }
}
