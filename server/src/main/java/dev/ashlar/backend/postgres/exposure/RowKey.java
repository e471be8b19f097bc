package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Columns by which a caller finds the synthetic rows of a table, and no others.
record RowKey(Relation table, List<String> columns) {
    /// Whose values no real row has.
    private static final Set<String> TELLING =
            Set.of("uuid", "bigint", "integer", "text", "character varying");

    /// A key where the caller may read one, else the place of the row where it may read all of it,
    /// else any column whose values are hardly anybody's.
    static Optional<RowKey> find(Relation table, String role, List<WorldRow> rows) {
        Set<String> readable = table.privileges(role).columns(Verb.SELECT);
        Stream<List<String>> keys =
                Stream.concat(Stream.of(table.primaryKey()), table.uniques().stream())
                        .filter(key -> !key.isEmpty() && readable.containsAll(key));
        Stream<List<String>> place =
                readable.size() == table.columns().size()
                        ? Stream.of(List.of("tableoid", "ctid"))
                        : Stream.of();
        Stream<List<String>> telling =
                table.columns().stream()
                        .filter(column -> readable.contains(column.name()))
                        .filter(column -> TELLING.contains(column.base()))
                        .map(Column::name)
                        .map(List::of);
        return Stream.of(keys, place, telling)
                .flatMap(each -> each)
                .map(columns -> new RowKey(table, columns))
                .filter(key -> key.tells(rows))
                .findFirst();
    }

    /// Whether all rows have it and no two the same.
    private boolean tells(List<WorldRow> rows) {
        List<List<@Nullable String>> values = rows.stream().map(this::of).toList();
        return values.stream().noneMatch(each -> each.contains(null))
                && values.stream().distinct().count() == rows.size();
    }

    List<@Nullable String> of(WorldRow row) {
        List<@Nullable String> values = new ArrayList<>();
        for (String column : columns) {
            values.add(
                    switch (column) {
                        case "tableoid" -> Long.toString(row.table());
                        case "ctid" -> row.place();
                        default -> row.value(column).orElse(null);
                    });
        }
        return values;
    }

    SqlStatement select(List<WorldRow> rows) {
        SqlText sql = new SqlText().sql("select ");
        for (int i = 0; i < columns.size(); i++) {
            sql.sql(i == 0 ? "" : ", ").identifier(columns.get(i)).sql(system(i) ? "" : "::text");
        }
        sql.sql(" from ").qualified(table.schema(), table.name()).sql(" where ");
        for (int i = 0; i < rows.size(); i++) {
            sql.sql(i == 0 ? "(" : " or (");
            where(sql, of(rows.get(i)));
            sql.sql(")");
        }
        return sql.build();
    }

    private boolean system(int i) {
        return columns.get(i).equals("tableoid");
    }

    private void where(SqlText sql, List<@Nullable String> values) {
        for (int i = 0; i < columns.size(); i++) {
            sql.sql(i == 0 ? "" : " and ")
                    .identifier(columns.get(i))
                    .sql(" = ")
                    .parameter(values.get(i));
        }
    }
}
