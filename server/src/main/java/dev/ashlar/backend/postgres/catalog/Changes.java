package dev.ashlar.backend.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What is to be read again since the prints were taken, and what is no more. The former may be
/// new, and need not be exposed. A relation and a routine can have the same oid.
record Changes(Oids relations, Set<Long> goneRelations, Oids routines, Set<Long> goneRoutines) {
    /// Nothing of what was read before is kept.
    static final Changes ALL = new Changes(Oids.all(), Set.of(), Oids.all(), Set.of());

    /// `types` are those of now; the ones of before are in `held`.
    static Changes between(
            CatalogQueries queries, Prints before, Prints now, Holdings held, Types types)
            throws SQLException {
        Set<Long> relations = Prints.changed(before.relations(), now.relations());
        Set<Long> routines = Prints.changed(before.routines(), now.routines());
        Set<Long> changedTypes = Prints.changed(before.types(), now.types());
        changedTypes.addAll(types.otherThan(held.types()));
        // What names a new thing is new itself: only what was there before has dependents of old.
        changedTypes.retainAll(before.types().keySet());
        Set<Long> reshaped = new HashSet<>(relations);
        reshaped.retainAll(before.relations().keySet());
        if (!changedTypes.isEmpty() || !reshaped.isEmpty()) {
            queries.read(
                    "dependents.sql",
                    rows -> dependents(rows, relations, routines),
                    Oids.of(changedTypes),
                    Oids.of(Prints.renamed(before.relations(), now.relations())),
                    Oids.of(reshaped));
        }
        relations.addAll(held.unsettled());
        return new Changes(
                Oids.of(relations),
                Prints.gone(before.relations(), now.relations()),
                Oids.of(routines),
                Prints.gone(before.routines(), now.routines()));
    }

    private static boolean dependents(ResultSet rows, Set<Long> relations, Set<Long> routines)
            throws SQLException {
        while (rows.next()) {
            boolean relation = Rows.text(rows, "kind").equals("relation");
            (relation ? relations : routines).add(rows.getLong("oid"));
        }
        return true;
    }

    /// What was held of relations, without what is gone, and with what was read anew.
    <T> Map<Long, T> ofRelations(Map<Long, T> held, Map<Long, T> read) {
        return merged(held, goneRelations, relations, read);
    }

    <T> Map<Long, T> ofRoutines(Map<Long, T> held, Map<Long, T> read) {
        return merged(held, goneRoutines, routines, read);
    }

    private static <T> Map<Long, T> merged(
            Map<Long, T> held, Set<Long> gone, Oids changed, Map<Long, T> read) {
        return switch (changed) {
            case Oids.All _ -> read;
            case Oids.Some(var oids) when oids.isEmpty() && gone.isEmpty() -> held;
            case Oids.Some(var oids) -> {
                Map<Long, T> merged = new HashMap<>(held);
                gone.forEach(merged::remove);
                oids.forEach(merged::remove);
                merged.putAll(read);
                yield merged;
            }
        };
    }
}
