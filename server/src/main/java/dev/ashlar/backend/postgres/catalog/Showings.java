package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which exposed relations show which tables. A view's columns are followed down to the tables
/// through any number of views, also of schemas that are not exposed.
final class Showings {
    /// Deeper nesting than this is taken for a cycle, which only a damaged catalog has.
    private static final int MAX_NESTING = 64;

    private final Map<Long, List<Showing>> byTable = new HashMap<>();
    private final Map<QualifiedName, Map<Long, Showing>> byRelation = new HashMap<>();

    /// `views` has the origins of each view's columns, by the view's oid.
    static Showings of(
            Iterable<RelationRow> relations, Map<Long, Map<Integer, NodeTree.Origin>> views) {
        Showings showings = new Showings();
        for (RelationRow relation : relations) {
            Map<Long, Map<Integer, String>> tables = new LinkedHashMap<>();
            relation.columns()
                    .forEach((number, column) ->
                            origin(relation, number, views)
                                    .ifPresent(from -> note(tables, from, column)));
            tables.forEach((table, names) -> showings.add(table, relation.name(), names));
        }
        return showings;
    }

    /// All relations that show columns of the table, in the order of their names.
    List<Showing> of(long table) {
        return byTable.getOrDefault(table, List.of());
    }

    /// The keys of a relation. A view has those of its table; a view of several tables is told
    /// apart by their primary keys taken together.
    List<Key> keys(QualifiedName relation, Map<Long, List<KeyRow>> keysByTable) {
        Map<Long, Showing> tables = byRelation.getOrDefault(relation, Map.of());
        boolean one = tables.size() == 1;
        List<Key> keys = new ArrayList<>();
        List<String> together = new ArrayList<>();
        String constraint = "";
        for (Map.Entry<Long, Showing> table : tables.entrySet()) {
            for (KeyRow key : keysByTable.getOrDefault(table.getKey(), List.of())) {
                Optional<List<String>> columns = table.getValue().findAll(key.columns());
                if (columns.isPresent() && one) {
                    keys.add(new Key(key.name(), key.kind(), columns.get()));
                } else if (columns.isPresent() && key.kind() == Key.Kind.PRIMARY) {
                    together.addAll(columns.get());
                    constraint = constraint.isEmpty() ? key.name() : constraint;
                }
            }
        }
        if (!together.isEmpty()) {
            keys.add(new Key(constraint, Key.Kind.PRIMARY, List.copyOf(together)));
        }
        return keys;
    }

    /// The first of several columns that show the same one is the one used.
    private static void note(
            Map<Long, Map<Integer, String>> tables, NodeTree.Origin from, Column column) {
        tables.computeIfAbsent(from.relation(), _ -> new HashMap<>())
                .putIfAbsent(from.column(), column.name());
    }

    private void add(long table, QualifiedName relation, Map<Integer, String> names) {
        Showing showing = new Showing(relation, names);
        byTable.computeIfAbsent(table, _ -> new ArrayList<>()).add(showing);
        byRelation.computeIfAbsent(relation, _ -> new LinkedHashMap<>()).put(table, showing);
    }

    private static Optional<NodeTree.Origin> origin(
            RelationRow relation, int column, Map<Long, Map<Integer, NodeTree.Origin>> views) {
        NodeTree.Origin at = new NodeTree.Origin(relation.oid(), column);
        for (int level = 0; level < MAX_NESTING; level++) {
            Map<Integer, NodeTree.Origin> view = views.get(at.relation());
            if (view == null) {
                return Optional.of(at);
            }
            NodeTree.Origin below = view.get(at.column());
            if (below == null) {
                return Optional.empty();
            }
            at = below;
        }
        return Optional.empty();
    }
}
