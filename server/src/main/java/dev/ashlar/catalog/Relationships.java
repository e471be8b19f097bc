package dev.ashlar.catalog;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The ways that lead from one table, which thousands of others may refer to. Immutable.
final class Relationships extends AbstractList<Relationship> implements RandomAccess {
    /// Fewer are looked through faster than looked up.
    private static final int FEW = 8;

    private final List<Relationship> all;

    /// Made when it is needed first; who makes it at the same time makes the same.
    private volatile @Nullable Map<String, List<Relationship>> byName;

    private Relationships(List<Relationship> all) {
        this.all = all;
    }

    static List<Relationship> of(List<Relationship> all) {
        return all instanceof Relationships || all.size() <= FEW
                ? all
                : new Relationships(List.copyOf(all));
    }

    @Override
    public Relationship get(int index) {
        return all.get(index);
    }

    @Override
    public int size() {
        return all.size();
    }

    /// Those that could be meant by the name, in their order.
    List<Relationship> named(String name) {
        Map<String, List<Relationship>> known = byName;
        if (known == null) {
            known = index();
            byName = known;
        }
        return known.getOrDefault(name, List.of());
    }

    private Map<String, List<Relationship>> index() {
        Map<String, List<Relationship>> index = new HashMap<>();
        for (Relationship each : all) {
            for (String name : names(each)) {
                index.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(each);
            }
        }
        return index;
    }

    private static Set<String> names(Relationship relationship) {
        Set<String> names = new LinkedHashSet<>();
        names.add(relationship.target().name());
        switch (relationship) {
            case Relationship.Direct direct -> {
                names.add(direct.constraint());
                direct.pairs().forEach(pair -> names.add(pair.originColumn()));
            }
            case Relationship.Computed computed -> names.add(computed.function().name());
            case Relationship.ThroughJunction _ -> {}
        }
        return names;
    }
}
