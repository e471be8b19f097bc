package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.CatalogExpression;
import dev.ashlar.backend.sql.CatalogType;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Column.Generation;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Representation;
import dev.ashlar.catalog.Table;
import dev.ashlar.intent.RowSet;
import dev.ashlar.intent.RowSet.Missing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the JSON of a request as rows `_p`, each column in the type of the table's.
final class RowsSql {
    private final SqlText sql;
    private final Table table;
    private final RowSet rows;
    private final List<Column> columns;

    RowsSql(SqlText sql, Table table, RowSet rows, List<Column> columns) {
        this.sql = sql;
        this.table = table;
        this.rows = rows;
        this.columns = columns;
    }

    void write() {
        if (rows.missing() == Missing.DEFAULT && columns.stream().anyMatch(RowsSql::hasDefault)) {
            eachWithDefaults();
        } else if (columns.stream().anyMatch(column -> findParser(column) != null)) {
            sql.sql("(SELECT ");
            values(Missing.NULL);
            sql.sql(" FROM ");
            record();
            sql.sql(") AS _p");
        } else {
            record();
        }
    }

    private void record() {
        sql.sql(rows.form() == RowSet.Form.MANY ? "json_to_recordset(" : "json_to_record(");
        sql.parameter(rows.json()).sql("::text::json) AS _p(");
        definitions();
        sql.sql(")");
    }

    /// Each row beside its JSON, which tells a column that was left out from one that is null.
    private void eachWithDefaults() {
        sql.sql("(SELECT ");
        values(Missing.DEFAULT);
        if (rows.form() == RowSet.Form.MANY) {
            sql.sql(" FROM json_array_elements(");
            sql.parameter(rows.json()).sql("::text::json) AS _j(v)");
        } else {
            sql.sql(" FROM (SELECT ").parameter(rows.json()).sql("::text::json) AS _j(v)");
        }
        sql.sql(", LATERAL json_to_record(_j.v) AS _p(");
        definitions();
        sql.sql(")) AS _p");
    }

    private void definitions() {
        boolean first = true;
        for (Column column : columns) {
            sql.sql(first ? "" : ", ").identifier(column.name()).sql(" ");
            if (findParser(column) == null) {
                sql.catalogType(CatalogType.of(column));
            } else {
                sql.sql("json");
            }
            first = false;
        }
    }

    private void values(Missing missing) {
        boolean first = true;
        for (Column column : columns) {
            sql.sql(first ? "" : ", ");
            boolean alternative = missing == Missing.DEFAULT && hasDefault(column);
            if (alternative) {
                sql.sql("CASE WHEN _j.v->").parameter(column.name()).sql("::text IS NULL THEN (");
                defaultValue(column);
                sql.sql(")::").catalogType(CatalogType.of(column)).sql(" ELSE ");
            }
            value(column);
            sql.sql(alternative ? " END AS " : " AS ").identifier(column.name());
            first = false;
        }
    }

    private void value(Column column) {
        QualifiedName parser = findParser(column);
        if (parser != null) {
            sql.qualified(parser.schema(), parser.name()).sql("(");
        }
        sql.sql("_p.").identifier(column.name()).sql(parser == null ? "" : ")");
    }

    private void defaultValue(Column column) {
        Optional<CatalogExpression> expression = CatalogExpression.findDefault(column);
        if (expression.isPresent()) {
            sql.catalogExpression(expression.get());
            return;
        }
        sql.sql("nextval(pg_get_serial_sequence(quote_ident(");
        sql.parameter(table.name().schema()).sql("::text) || '.' || quote_ident(");
        sql.parameter(table.name().name()).sql("::text), ");
        sql.parameter(column.name()).sql("::text)::regclass)");
    }

    private static boolean hasDefault(Column column) {
        return column.declaration().defaultExpression() != null
                || column.generation() == Generation.IDENTITY_BY_DEFAULT
                || column.generation() == Generation.IDENTITY_ALWAYS;
    }

    /// What makes the domain's value of its form on the wire.
    private static @Nullable QualifiedName findParser(Column column) {
        Representation representation = column.representation();
        return representation == null ? null : representation.fromJson();
    }
}
