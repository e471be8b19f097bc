package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Representation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads columns from the rows of `columns.sql`, which come by relation and number.
final class ColumnRows {
    private final Types types;

    /// Columns repeat from table to table, such as `id bigint`; one is kept of each.
    private final Map<Column, Column> distinct = new HashMap<>();

    /// A type is worked out once, not for each of the thousands of columns that have it.
    private final Map<Long, ColumnType> known = new HashMap<>();

    /// What a column has from its type.
    private record ColumnType(
            String name,
            String baseName,
            boolean notNull,
            List<String> labels,
            @Nullable String defaultExpression,
            @Nullable Representation representation) {}

    ColumnRows(Types types) {
        this.types = types;
    }

    /// By relation.
    Map<Long, Columns> read(ResultSet rows) throws SQLException {
        Map<Long, Columns> columns = new HashMap<>();
        List<Integer> numbers = new ArrayList<>();
        List<Column> ofOne = new ArrayList<>();
        long relation = 0;
        while (rows.next()) {
            long next = rows.getLong("attrelid");
            if (next != relation && !ofOne.isEmpty()) {
                columns.put(relation, Columns.of(numbers, ofOne));
                numbers.clear();
                ofOne.clear();
            }
            relation = next;
            Column column = column(rows);
            numbers.add(rows.getInt("attnum"));
            ofOne.add(distinct.computeIfAbsent(column, same -> same));
        }
        if (!ofOne.isEmpty()) {
            columns.put(relation, Columns.of(numbers, ofOne));
        }
        return columns;
    }

    private Column column(ResultSet row) throws SQLException {
        long oid = row.getLong("atttypid");
        ColumnType type = type(oid, row);
        Column.Generation generation = generation(row);
        return new Column(
                Rows.text(row, "attname"),
                type.name(),
                type.baseName(),
                !row.getBoolean("attnotnull") && !type.notNull(),
                generation,
                type.labels(),
                row.getString("description"),
                declaration(row, oid, type, generation),
                type.representation());
    }

    private ColumnType type(long oid, ResultSet row) throws SQLException {
        ColumnType type = known.get(oid);
        if (type == null) {
            String name = Rows.text(row, "type");
            type =
                    new ColumnType(
                            name,
                            types.baseName(oid, name),
                            types.notNull(oid),
                            types.labels(oid),
                            types.defaultExpression(oid),
                            types.representation(oid));
            known.put(oid, type);
        }
        return type;
    }

    private Column.Declaration declaration(
            ResultSet row, long oid, ColumnType type, Column.@Nullable Generation generation)
            throws SQLException {
        String own = row.getString("default_expression");
        boolean computed = generation == Column.Generation.COMPUTED;
        String expression = own == null && !computed ? type.defaultExpression() : own;
        Integer length = types.maxLength(oid, type.name(), row.getInt("atttypmod"));
        return expression == null && length == null
                ? Column.Declaration.NONE
                : new Column.Declaration(expression, length);
    }

    private static Column.@Nullable Generation generation(ResultSet row) throws SQLException {
        String generation = row.getString("generation");
        return switch (generation) {
            case null -> null;
            case "computed" -> Column.Generation.COMPUTED;
            case "a" -> Column.Generation.IDENTITY_ALWAYS;
            case "d" -> Column.Generation.IDENTITY_BY_DEFAULT;
            case "default" -> Column.Generation.DEFAULT;
            default -> throw new IllegalStateException("generation " + generation);
        };
    }
}
