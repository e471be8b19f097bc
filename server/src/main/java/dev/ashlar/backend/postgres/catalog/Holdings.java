package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Table;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was read of the system catalogs, by the oids that tie it together; foreign keys by the
/// relation that they start from. Maps are never changed once they are here.
record Holdings(
        Types types,
        Map<Long, RelationRow> relations,
        Map<Long, List<KeyRow>> keys,
        Map<Long, List<ForeignKeyRow>> foreignKeys,
        Map<Long, Map<Integer, NodeTree.Origin>> views,
        Map<Long, Routine> routines,
        List<ComputedRow> computed,
        Catalog.Surroundings surroundings) {

    private static final Comparator<ForeignKeyRow> BY_NAME =
            Comparator.comparing(ForeignKeyRow::name).thenComparingLong(ForeignKeyRow::origin);

    static final Holdings NONE =
            new Holdings(
                    new Types(Map.of()),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    Catalog.Surroundings.NONE);

    /// Relations of which something could not be found out.
    Set<Long> unsettled() {
        return relations.values().stream()
                .filter(relation -> !relation.settled())
                .map(RelationRow::oid)
                .collect(Collectors.toSet());
    }

    /// Shares with the catalog before what is as it was, so that two of them at a time need little
    /// more memory than one.
    Catalog catalog(long version, Catalog before) {
        List<RelationRow> ordered =
                relations.values().stream()
                        .sorted(Comparator.comparing(RelationRow::name, QualifiedName.ORDER))
                        .toList();
        Showings showings = Showings.of(ordered, views);
        ComputedRows functions = ComputedRows.of(computed, relations);
        Map<QualifiedName, Table> tables = LinkedHashMap.newLinkedHashMap(ordered.size());
        for (RelationRow relation : ordered) {
            List<Key> own = showings.keys(relation.name(), keys);
            Table table = relation.table(own, functions.fields(relation.oid()));
            tables.put(relation.name(), kept(before.tables().get(relation.name()), table));
        }
        var relationships = RelationshipRows.of(orderedForeignKeys(), showings, keys, functions);
        relationships.replaceAll((origin, ways) -> kept(before.relationships().get(origin), ways));
        var byName = RoutineRows.byName(routines);
        byName.replaceAll((name, overloads) -> kept(before.routines().get(name), overloads));
        return new Catalog(
                version,
                Collections.unmodifiableMap(tables),
                Collections.unmodifiableMap(relationships),
                Collections.unmodifiableMap(byName),
                surroundings);
    }

    private List<ForeignKeyRow> orderedForeignKeys() {
        return foreignKeys.values().stream().flatMap(List::stream).sorted(BY_NAME).toList();
    }

    private static <T> T kept(@Nullable T before, T now) {
        return before != null && before.equals(now) ? before : now;
    }
}
