package dev.ashlar.backend.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the system catalogs looked like at a load, to tell later what has changed.
///
/// Each object has a number made of the `xmin` of its rows: the transaction that wrote the row as
/// it is. A change writes the row anew, so that an equal number means the same rows. Transactions
/// are numbered by the server, so prints of another server or database (`ground`) say nothing.
record Prints(
        String ground,
        Map<Long, String> namespaces,
        Map<Long, Print> relations,
        Map<Long, Print> routines,
        Map<Long, Print> types) {

    /// `name` changes only when the object is renamed or moved.
    record Print(long rows, long name) {}

    static Prints read(CatalogQueries queries, Collection<String> schemas) throws SQLException {
        return new Prints(
                queries.read("ground.sql", Prints::ground, schemas),
                queries.read("namespaces.sql", Prints::namespaces),
                queries.read("relation_prints.sql", Prints::prints),
                queries.read("routine_prints.sql", Prints::prints, schemas),
                queries.read("type_prints.sql", Prints::prints));
    }

    private static String ground(ResultSet rows) throws SQLException {
        rows.next();
        return Rows.text(rows, "ground");
    }

    private static Map<Long, String> namespaces(ResultSet rows) throws SQLException {
        Map<Long, String> names = new HashMap<>();
        while (rows.next()) {
            names.put(rows.getLong("oid"), Rows.text(rows, "nspname"));
        }
        return names;
    }

    private static Map<Long, Print> prints(ResultSet rows) throws SQLException {
        Map<Long, Print> prints = new HashMap<>();
        while (rows.next()) {
            prints.put(rows.getLong("oid"), new Print(rows.getLong("print"), rows.getLong("name")));
        }
        return prints;
    }

    /// Whether what was read then can be kept where prints are equal.
    boolean continues(Prints earlier) {
        return ground.equals(earlier.ground) && !renamed(earlier.namespaces);
    }

    /// A new schema had no objects before, and one that is gone has none now.
    private boolean renamed(Map<Long, String> before) {
        return namespaces.entrySet().stream()
                .anyMatch(now ->
                        before.containsKey(now.getKey())
                                && !now.getValue().equals(before.get(now.getKey())));
    }

    /// Those that are new or other than before.
    static Set<Long> changed(Map<Long, Print> before, Map<Long, Print> now) {
        Set<Long> changed = new HashSet<>();
        now.forEach((oid, print) -> {
            if (!print.equals(before.get(oid))) {
                changed.add(oid);
            }
        });
        return changed;
    }

    /// Those that have another name than before; new ones are none.
    static Set<Long> renamed(Map<Long, Print> before, Map<Long, Print> now) {
        Set<Long> renamed = new HashSet<>();
        now.forEach((oid, print) -> {
            Print earlier = before.get(oid);
            if (earlier != null && earlier.name() != print.name()) {
                renamed.add(oid);
            }
        });
        return renamed;
    }

    static Set<Long> gone(Map<Long, Print> before, Map<Long, Print> now) {
        Set<Long> gone = new HashSet<>(before.keySet());
        gone.removeAll(now.keySet());
        return gone;
    }
}
