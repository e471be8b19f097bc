package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.CatalogType;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Column;
import dev.ashlar.intent.RowSet;
import dev.ashlar.json.PlainRows;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the rows of an insert as parameters: one as `VALUES ($1, …)`, several as an array for
/// each column. Their texts are read by the input functions of the columns' types, to which
/// `json_to_record` gives the same texts: with the same refusals, for less.
final class ValuesSql {
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

    /// Whether these rows can be written so.
    static boolean isFor(RowSet rows, List<Column> columns) {
        PlainRows plain = rows.plain();
        return plain != null
                && rows.count() > 0
                && rows.missing() == RowSet.Missing.NULL
                && columns.stream()
                        .allMatch(column -> takesText(column) && plain.isPlain(column.name()));
    }

    private static boolean takesText(Column column) {
        boolean enumeration =
                !column.enumValues().isEmpty()
                        && column.type().equals(column.baseType())
                        && column.representation() == null;
        return enumeration || TYPES.contains(column.type());
    }

    /// What is inserted, in the order of the columns.
    static void write(SqlText sql, RowSet rows, List<Column> columns) {
        boolean first = true;
        for (Column column : columns) {
            if (rows.count() == 1) {
                sql.sql(first ? " VALUES (" : ", ");
                one(sql, rows, column);
            } else {
                // An array, so that any number of rows is the same statement.
                sql.sql(first ? " SELECT * FROM unnest(" : ", ");
                sql.parameter(values(rows, column)).sql("::");
                sql.catalogType(CatalogType.of(column)).sql("[]");
            }
            first = false;
        }
        sql.sql(")");
    }

    /// The value of the one row. Without its type a statement that is kept would take it for what
    /// the column was when it was first sent.
    static void one(SqlText sql, RowSet rows, Column column) {
        sql.parameter(values(rows, column).getFirst()).sql("::");
        sql.catalogType(CatalogType.of(column));
    }

    private static List<@Nullable String> values(RowSet rows, Column column) {
        return Objects.requireNonNull(rows.plain()).values(column.name());
    }
}
