package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads relations from the rows of `tables.sql`.
final class RelationRows {
    /// Bits as `pg_relation_is_updatable` numbers them.
    private static final int UPDATE = 4;

    private static final int INSERT = 8;
    private static final int DELETE = 16;

    private final Map<Long, Columns> columns;

    /// Most tables have the same readers; one set is kept of each, by the array's text.
    private final Map<String, Set<String>> roles = new HashMap<>();

    RelationRows(Map<Long, Columns> columns) {
        this.columns = columns;
    }

    /// By oid.
    Map<Long, RelationRow> read(ResultSet rows) throws SQLException {
        Map<Long, RelationRow> relations = new HashMap<>();
        while (rows.next()) {
            long oid = rows.getLong("oid");
            Columns ofOne = columns.getOrDefault(oid, Columns.NONE);
            int bits = rows.getInt("writes");
            boolean settled = !rows.wasNull();
            relations.put(
                    oid,
                    new RelationRow(
                            oid,
                            table(rows, ofOne, settled ? bits : UPDATE | INSERT | DELETE),
                            ofOne,
                            settled));
        }
        return relations;
    }

    private Table table(ResultSet row, Columns ofOne, int writes) throws SQLException {
        return new Table(
                new QualifiedName(Rows.text(row, "nspname"), Rows.text(row, "relname")),
                kind(Rows.text(row, "relkind")),
                ofOne.byName(),
                Map.of(),
                List.of(),
                writes(writes),
                roles(row, "readers"),
                roles(row, "full_readers"),
                roles(row, "users"),
                row.getString("description"));
    }

    private Set<String> roles(ResultSet row, String column) throws SQLException {
        String text = Rows.text(row, column);
        Set<String> known = roles.get(text);
        if (known == null) {
            known = Rows.names(row, column);
            roles.put(text, known);
        }
        return known;
    }

    private static Table.Kind kind(String letter) {
        return switch (letter) {
            case "r" -> Table.Kind.TABLE;
            case "p" -> Table.Kind.PARTITIONED_TABLE;
            case "v" -> Table.Kind.VIEW;
            case "m" -> Table.Kind.MATERIALIZED_VIEW;
            case "f" -> Table.Kind.FOREIGN_TABLE;
            default -> throw new IllegalStateException("relkind " + letter);
        };
    }

    private static Set<Table.Write> writes(int bits) {
        Set<Table.Write> writes = EnumSet.noneOf(Table.Write.class);
        if ((bits & UPDATE) != 0) {
            writes.add(Table.Write.UPDATE);
        }
        if ((bits & INSERT) != 0) {
            writes.add(Table.Write.INSERT);
        }
        if ((bits & DELETE) != 0) {
            writes.add(Table.Write.DELETE);
        }
        return Collections.unmodifiableSet(writes);
    }
}
