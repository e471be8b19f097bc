package dev.ashlar.policy.exposure;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// All that was tried on a database.
public final class Observations {
    private record Key(long relation, String role) {}

    private final List<Observation> all;
    private final List<Unprobed> unprobed;
    private final Map<Key, Map<Act, Observation>> byCaller = new HashMap<>();
    private final Map<Long, List<Observation>> byRelation;

    public Observations(List<Observation> all, List<Unprobed> unprobed) {
        this.all = List.copyOf(all);
        this.unprobed = List.copyOf(unprobed);
        this.byRelation = all.stream().collect(Collectors.groupingBy(Observation::relation));
        for (Observation each : all) {
            byCaller.computeIfAbsent(
                            new Key(each.relation(), each.role()), _ -> new EnumMap<>(Act.class))
                    .put(each.act(), each);
        }
    }

    public List<Observation> all() {
        return all;
    }

    public List<Observation> of(Facts.Relation relation) {
        return byRelation.getOrDefault(relation.oid(), List.of());
    }

    public List<Unprobed> unprobed() {
        return unprobed;
    }

    public Optional<Observation> find(Facts.Relation relation, String role, Act act) {
        return Optional.ofNullable(
                byCaller.getOrDefault(new Key(relation.oid(), role), Map.of()).get(act));
    }

    /// Whether it worked at least on some rows.
    public boolean can(Facts.Relation relation, String role, Act act) {
        return find(relation, role, act)
                .map(Observation::outcome)
                .filter(outcome -> outcome == Outcome.ALLOWED || outcome == Outcome.SOME)
                .isPresent();
    }

    public boolean tried(Facts.Relation relation, String role, Act act) {
        return find(relation, role, act).isPresent();
    }
}
