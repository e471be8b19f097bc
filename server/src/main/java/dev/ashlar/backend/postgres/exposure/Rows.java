package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.World.Holder;
import dev.ashlar.policy.exposure.Facts.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The synthetic rows that were made so far, and why there are none of some tables.
final class Rows {
    private final Map<Long, List<WorldRow>> byRelation = new HashMap<>();
    private final Map<Long, String> refusals = new HashMap<>();

    void add(WorldRow row) {
        byRelation.computeIfAbsent(row.relation().oid(), _ -> new ArrayList<>()).add(row);
    }

    void refuse(Relation relation, String reason) {
        refusals.putIfAbsent(relation.oid(), reason);
    }

    Optional<String> refusal(Relation relation) {
        return Optional.ofNullable(refusals.get(relation.oid()));
    }

    List<WorldRow> of(Relation relation) {
        return byRelation.getOrDefault(relation.oid(), List.of());
    }

    List<WorldRow> all() {
        return byRelation.values().stream().flatMap(List::stream).toList();
    }

    /// The row that a row of a world points at: of the same world, else of the same holder, else
    /// one that is nobody's.
    Optional<WorldRow> find(long relation, World world) {
        List<WorldRow> rows = byRelation.getOrDefault(relation, List.of());
        Stream<WorldRow> same = rows.stream().filter(row -> row.world().equals(world));
        Stream<WorldRow> holders =
                rows.stream().filter(row -> row.world().holder() == world.holder());
        Stream<WorldRow> variants =
                rows.stream().filter(row -> row.world().equals(World.nobodys(world.variant())));
        Stream<WorldRow> nobodys =
                rows.stream().filter(row -> row.world().holder() == Holder.NOBODY);
        return Stream.of(same, holders, variants, nobodys).flatMap(each -> each).findFirst();
    }
}
