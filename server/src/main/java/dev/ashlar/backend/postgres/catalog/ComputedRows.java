package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.ComputedField;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Relationship.Cardinality;
import dev.ashlar.catalog.Relationship.Computed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sorts functions of rows into computed fields and relationships (PostgREST's documentation,
/// "Computed Fields" and "Computed Relationships"). A row is both: `film(*)` embeds it, `film` is
/// its value.
final class ComputedRows {
    private final Map<Long, Map<String, ComputedField>> fields = new HashMap<>();
    private final Map<QualifiedName, Map<String, Computed>> relationships = new HashMap<>();

    static List<ComputedRow> read(ResultSet rows, Types types) throws SQLException {
        List<ComputedRow> functions = new ArrayList<>();
        while (rows.next()) {
            boolean set = rows.getBoolean("return_set");
            boolean one = !set || rows.getBoolean("return_one");
            functions.add(
                    new ComputedRow(
                            Rows.name(rows, "nspname", "proname"),
                            rows.getLong("relation"),
                            rows.getLong("return_relation"),
                            set,
                            one ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY,
                            column(rows, types)));
        }
        return List.copyOf(functions);
    }

    private static Column column(ResultSet row, Types types) throws SQLException {
        long type = row.getLong("return_type_oid");
        String typeName = Rows.text(row, "return_type");
        return new Column(
                Rows.text(row, "proname"),
                typeName,
                types.baseName(type, typeName),
                true,
                Column.Generation.COMPUTED,
                types.labels(type),
                row.getString("description"),
                Column.Declaration.NONE,
                types.representation(type));
    }

    /// Of several functions of one name the first one counts.
    static ComputedRows of(List<ComputedRow> functions, Map<Long, RelationRow> relations) {
        ComputedRows computed = new ComputedRows();
        for (ComputedRow function : functions) {
            RelationRow origin = relations.get(function.origin());
            RelationRow target = relations.get(function.target());
            if (origin != null && !function.set()) {
                computed.fields
                        .computeIfAbsent(origin.oid(), _ -> new LinkedHashMap<>())
                        .putIfAbsent(
                                function.function().name(),
                                new ComputedField(function.function(), function.column()));
            }
            if (origin != null && target != null) {
                computed.relationships
                        .computeIfAbsent(origin.name(), _ -> new LinkedHashMap<>())
                        .putIfAbsent(
                                function.function().name(),
                                new Computed(
                                        origin.name(),
                                        target.name(),
                                        function.cardinality(),
                                        function.function()));
            }
        }
        return computed;
    }

    Map<String, ComputedField> fields(long relation) {
        return fields.getOrDefault(relation, Map.of());
    }

    /// Adds the computed relationships to those found, and takes out what they override: all from
    /// the same table to a table of the function's name.
    void addTo(Map<QualifiedName, List<Relationship>> found) {
        relationships.forEach((origin, byFunction) -> {
            List<Relationship> all = new ArrayList<>();
            for (Relationship way : found.getOrDefault(origin, List.of())) {
                boolean overridden =
                        way.target().schema().equals(origin.schema())
                                && byFunction.containsKey(way.target().name());
                if (!overridden) {
                    all.add(way);
                }
            }
            all.addAll(byFunction.values());
            found.put(origin, List.copyOf(all));
        });
    }
}
