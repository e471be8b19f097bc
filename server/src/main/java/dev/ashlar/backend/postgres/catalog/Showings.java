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
import java.util.SortedMap;
import java.util.TreeMap;

/// Which exposed relations show which tables. A view's columns are followed down to the tables
/// through any number of views, also of schemas that are not exposed. A table that a view reads
/// twice is shown twice.
final class Showings {
    /// Deeper nesting than this is taken for a cycle, which only a damaged catalog has.
    private static final int MAX_NESTING = 64;

    private final Map<Long, List<Showing>> byTable = new HashMap<>();
    private final Map<QualifiedName, List<Showing>> byRelation = new HashMap<>();

    /// One reading of a table: `path` numbers the relation in each query on the way down.
    private record Place(long table, List<Integer> path) {}

    private record Found(Place place, int column) {}

    /// `views` has the origins of each view's columns, by the view's oid.
    static Showings of(
            Iterable<RelationRow> relations, Map<Long, Map<Integer, NodeTree.Origin>> views) {
        Showings showings = new Showings();
        for (RelationRow relation : relations) {
            if (views.containsKey(relation.oid())) {
                showings.addView(relation, views);
            } else {
                showings.add(new Showing(relation.name(), relation.oid(), relation.columns()));
            }
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
        List<Showing> tables = byRelation.getOrDefault(relation, List.of());
        boolean one = tables.size() == 1;
        List<Key> keys = new ArrayList<>(2);
        List<String> together = new ArrayList<>();
        String constraint = "";
        for (Showing table : tables) {
            for (KeyRow key : keysByTable.getOrDefault(table.table(), List.of())) {
                Optional<List<String>> columns = table.findAll(key.columns());
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
        return List.copyOf(keys);
    }

    /// The first of several columns that show the same one is the one used.
    private void addView(RelationRow view, Map<Long, Map<Integer, NodeTree.Origin>> views) {
        Map<Place, SortedMap<Integer, Column>> places = new LinkedHashMap<>();
        Columns columns = view.columns();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.column(i);
            follow(view.oid(), columns.number(i), views)
                    .ifPresent(found ->
                            places.computeIfAbsent(found.place(), _ -> new TreeMap<>())
                                    .putIfAbsent(found.column(), column));
        }
        places.forEach(
                (place, shown) -> add(new Showing(view.name(), place.table(), Columns.of(shown))));
    }

    private void add(Showing showing) {
        byTable.computeIfAbsent(showing.table(), _ -> new ArrayList<>(1)).add(showing);
        byRelation.computeIfAbsent(showing.relation(), _ -> new ArrayList<>(1)).add(showing);
    }

    private static Optional<Found> follow(
            long relation, int column, Map<Long, Map<Integer, NodeTree.Origin>> views) {
        long at = relation;
        int number = column;
        List<Integer> path = new ArrayList<>(2);
        for (int level = 0; level < MAX_NESTING; level++) {
            Map<Integer, NodeTree.Origin> view = views.get(at);
            if (view == null) {
                return Optional.of(new Found(new Place(at, path), number));
            }
            NodeTree.Origin below = view.get(number);
            if (below == null) {
                return Optional.empty();
            }
            at = below.relation();
            number = below.column();
            path.add(below.occurrence());
        }
        return Optional.empty();
    }
}
