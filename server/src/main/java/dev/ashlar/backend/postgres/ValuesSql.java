package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.CatalogType;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Column;
import dev.ashlar.intent.RowSet;
import dev.ashlar.json.PlainRows;
import dev.ashlar.plan.Plan;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the rows of an insert as parameters: one as `VALUES ($1, …)`, several as an array for
/// each column. Their texts are read by the input functions of the columns' types, to which
/// `json_to_record` gives the same texts: with the same refusals, for less.
final class ValuesSql {
    /// Longer texts are left to the database: here each value becomes an object.
    private static final int LARGE = 256 * 1024;

    /// Whose input function gets a JSON scalar's text as it is.
    private static final Set<String> TYPES =
            Set.of(
                    "smallint",
                    "integer",
                    "bigint",
                    "numeric",
                    "real",
                    "double precision",
                    "boolean",
                    "text",
                    "character varying",
                    "uuid",
                    "date",
                    "time without time zone",
                    "time with time zone",
                    "timestamp without time zone",
                    "timestamp with time zone",
                    "interval",
                    "bytea",
                    "inet",
                    "cidr");

    private ValuesSql() {}

    /// False, and nothing written, when the rows are not that plain.
    static boolean write(SqlText sql, Plan.Insert insert) {
        List<Column> columns = insert.columns();
        if (insert.upsertion() != null
                || insert.rows().missing() == RowSet.Missing.DEFAULT
                || insert.rows().json().length() > LARGE
                || !columns.stream().allMatch(column -> TYPES.contains(column.type()))) {
            return false;
        }
        List<String> names = columns.stream().map(Column::name).toList();
        List<@Nullable String[]> rows =
                PlainRows.find(insert.rows().json(), names).orElse(List.of());
        if (rows.size() == 1) {
            one(sql, rows.getFirst());
        } else if (!rows.isEmpty()) {
            many(sql, columns, rows);
        }
        return !rows.isEmpty();
    }

    private static void one(SqlText sql, @Nullable String[] row) {
        boolean first = true;
        for (@Nullable String value : row) {
            sql.sql(first ? " VALUES (" : ", ").parameter(value);
            first = false;
        }
        sql.sql(")");
    }

    /// Each column as an array, so that any number of rows is the same statement.
    private static void many(SqlText sql, List<Column> columns, List<@Nullable String[]> rows) {
        for (int i = 0; i < columns.size(); i++) {
            @Nullable String[] values = new String[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.get(row)[i];
            }
            sql.sql(i == 0 ? " SELECT * FROM unnest(" : ", ").parameter(values).sql("::");
            sql.catalogType(CatalogType.of(columns.get(i))).sql("[]");
        }
        sql.sql(")");
    }
}
