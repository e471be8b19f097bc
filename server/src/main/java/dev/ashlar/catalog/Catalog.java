package dev.ashlar.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a database holds in its exposed schemas at one moment: immutable, swapped whole when the
/// schema changes. `version` grows with each load. Relationships are listed by their origin.
public record Catalog(
        long version,
        Map<QualifiedName, Table> tables,
        Map<QualifiedName, List<Relationship>> relationships,
        Map<QualifiedName, List<Routine>> routines,
        Surroundings surroundings) {

    public Catalog {
        Map<QualifiedName, List<Relationship>> ways =
                LinkedHashMap.newLinkedHashMap(relationships.size());
        relationships.forEach((origin, all) -> ways.put(origin, Relationships.of(all)));
        relationships = Collections.unmodifiableMap(ways);
    }

    public static final Catalog EMPTY =
            new Catalog(0, Map.of(), Map.of(), Map.of(), Surroundings.NONE);

    /// What belongs to no single table or routine: handlers of media types, comments of the exposed
    /// schemas, and the settings that roles bring along (`ALTER ROLE … SET`), by role and name.
    public record Surroundings(
            List<MediaHandler> handlers,
            Map<String, String> schemaComments,
            Map<String, Map<String, String>> roleSettings) {
        public static final Surroundings NONE = new Surroundings(List.of(), Map.of(), Map.of());
    }

    public Optional<Table> findTable(QualifiedName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /// All ways that lead from the table, in a stable order; empty when there are none.
    public List<Relationship> relationshipsFrom(QualifiedName origin) {
        return relationships.getOrDefault(origin, List.of());
    }

    /// Those of them that go by the name: of the related table, of the foreign key or a column of
    /// it, or of a function. There may be others among them.
    public List<Relationship> relationshipsFrom(QualifiedName origin, String name) {
        List<Relationship> all = relationshipsFrom(origin);
        return all instanceof Relationships many ? many.named(name) : all;
    }

    /// All overloads.
    public List<Routine> routinesNamed(QualifiedName name) {
        return routines.getOrDefault(name, List.of());
    }
}
