package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Relationship.Cardinality;
import dev.ashlar.catalog.Relationship.Direct;
import dev.ashlar.catalog.Relationship.Pair;
import dev.ashlar.catalog.Relationship.ThroughJunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Works out the ways between exposed relations: each foreign key in both directions, between all
/// relations that show its two sides, and pairs of foreign keys through junctions. The rules are
/// those of PostgREST (its documentation, "Resource Embedding").
final class RelationshipRows {
    private static final Comparator<Relationship> ORDER =
            Comparator.comparing((Relationship way) -> way instanceof ThroughJunction)
                    .thenComparing(RelationshipRows::constraint)
                    .thenComparing(way -> way.target().toString())
                    .thenComparing(way -> way.cardinality());

    private final Map<QualifiedName, List<Relationship>> byOrigin = new HashMap<>();
    private final Map<QualifiedName, List<Direct>> manyToOne = new HashMap<>();

    static Map<QualifiedName, List<Relationship>> of(
            List<ForeignKeyRow> foreignKeys,
            Showings showings,
            Map<Long, List<KeyRow>> keysByTable,
            ComputedRows computed) {
        RelationshipRows rows = new RelationshipRows();
        for (ForeignKeyRow foreignKey : foreignKeys) {
            List<KeyRow> keys = keysByTable.getOrDefault(foreignKey.origin(), List.of());
            rows.addForeignKey(foreignKey, showings, isKey(foreignKey.originColumns(), keys));
        }
        rows.manyToOne.forEach((junction, ways) -> {
            if (ways.size() > 1) {
                rows.addJunction(junction, ways, showings.keys(junction, keysByTable));
            }
        });
        rows.byOrigin.replaceAll((_, ways) -> ordered(ways));
        computed.addTo(rows.byOrigin);
        return rows.byOrigin;
    }

    private void addForeignKey(ForeignKeyRow foreignKey, Showings showings, boolean unique) {
        for (Showing origin : showings.of(foreignKey.origin())) {
            List<String> from = origin.findAll(foreignKey.originColumns()).orElse(List.of());
            for (Showing target : showings.of(foreignKey.target())) {
                List<String> to = target.findAll(foreignKey.targetColumns()).orElse(List.of());
                if (!from.isEmpty() && !to.isEmpty()) {
                    addBothWays(foreignKey.name(), origin, from, target, to, unique);
                }
            }
        }
    }

    private void addBothWays(
            String constraint,
            Showing origin,
            List<String> from,
            Showing target,
            List<String> to,
            boolean unique) {
        Direct there =
                new Direct(
                        origin.relation(),
                        target.relation(),
                        unique ? Cardinality.ONE_TO_ONE : Cardinality.MANY_TO_ONE,
                        constraint,
                        pairs(from, to));
        add(there);
        add(
                new Direct(
                        target.relation(),
                        origin.relation(),
                        unique ? Cardinality.ONE_TO_ONE : Cardinality.ONE_TO_MANY,
                        constraint,
                        pairs(to, from)));
        if (!unique) {
            manyToOne.computeIfAbsent(origin.relation(), _ -> new ArrayList<>(2)).add(there);
        }
    }

    /// Two foreign keys of one relation make it a junction when its primary key holds the columns
    /// of both.
    private void addJunction(QualifiedName junction, List<Direct> ways, List<Key> keys) {
        for (Direct origin : ways) {
            for (Direct target : ways) {
                if (!origin.constraint().equals(target.constraint())
                        && holdsBoth(keys, origin, target)) {
                    add(
                            new ThroughJunction(
                                    origin.target(),
                                    target.target(),
                                    junction,
                                    origin.constraint(),
                                    target.constraint(),
                                    origin.pairs().stream()
                                            .map(RelationshipRows::reversed)
                                            .toList(),
                                    target.pairs()));
                }
            }
        }
    }

    private static Pair reversed(Pair pair) {
        return new Pair(
                /* originColumn= */ pair.targetColumn(), /* targetColumn= */ pair.originColumn());
    }

    private static boolean holdsBoth(List<Key> keys, Direct origin, Direct target) {
        Set<String> columns = new HashSet<>();
        origin.pairs().forEach(pair -> columns.add(pair.originColumn()));
        target.pairs().forEach(pair -> columns.add(pair.originColumn()));
        return keys.stream()
                .filter(key -> key.kind() == Key.Kind.PRIMARY)
                .anyMatch(key -> Set.copyOf(key.columns()).containsAll(columns));
    }

    private static List<Relationship> ordered(List<Relationship> ways) {
        ways.sort(ORDER);
        return List.copyOf(ways);
    }

    private static boolean isKey(List<Integer> columns, List<KeyRow> keys) {
        for (KeyRow key : keys) {
            if (key.declared() && isSame(key.columns(), columns)) {
                return true;
            }
        }
        return false;
    }

    /// Whatever the order.
    private static boolean isSame(List<Integer> key, List<Integer> columns) {
        return key.equals(columns)
                || (columns.size() > 1 && Set.copyOf(key).equals(Set.copyOf(columns)));
    }

    private static List<Pair> pairs(List<String> from, List<String> to) {
        if (from.size() == 1) {
            return List.of(new Pair(from.getFirst(), to.getFirst()));
        }
        List<Pair> pairs = new ArrayList<>(from.size());
        for (int i = 0; i < from.size(); i++) {
            pairs.add(new Pair(from.get(i), to.get(i)));
        }
        return List.copyOf(pairs);
    }

    private void add(Relationship way) {
        byOrigin.computeIfAbsent(way.origin(), _ -> new ArrayList<>(2)).add(way);
    }

    private static String constraint(Relationship way) {
        return switch (way) {
            case Relationship.Computed computed -> computed.function().toString();
            case Direct direct -> direct.constraint();
            case ThroughJunction through ->
                    through.junction()
                            + " "
                            + through.originConstraint()
                            + " "
                            + through.targetConstraint();
        };
    }
}
