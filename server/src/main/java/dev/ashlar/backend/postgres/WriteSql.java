package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.CatalogType;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Table;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Conflict;
import dev.ashlar.intent.RowSet;
import dev.ashlar.plan.Embed;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.Plan.Upsertion;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.predicate.Predicate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Writes inserts, updates and deletes: `WITH _w AS (the write … RETURNING …)`, then what is
/// answered of it.
///
/// The rows travel as one JSON parameter that the database takes apart, so a thousand rows cost one
/// statement. Only the columns that the answer needs are returned, because returning one needs the
/// right to read it.
final class WriteSql {
    private static final String TARGET = "t";

    private WriteSql() {}

    static SqlStatement insert(Plan.Insert insert) {
        SqlText sql = new SqlText().sql("WITH _w AS (");
        if (insert.rows().count() == 0) {
            nothing(sql, insert.table(), insert.node(), insert.answer());
        } else {
            into(sql, insert.table(), insert.columns());
            if (insert.columns().isEmpty()) {
                sql.sql(" SELECT FROM generate_series(1, ").integer(insert.rows().count()).sql(")");
            } else {
                selectRows(sql, insert.rows(), insert.columns());
            }
            if (insert.upsertion() != null) {
                onConflict(sql, insert.upsertion(), insert.columns());
            }
            returning(sql, insert.table(), insert.node(), insert.answer());
        }
        return end(sql, insert.node(), insert.answer());
    }

    static SqlStatement put(Plan.Put put) {
        SqlText sql = new SqlText().sql("WITH _w AS (");
        into(sql, put.table(), put.columns());
        selectRows(sql, put.rows(), put.columns());
        sql.sql(" WHERE ");
        new PredicateSql(sql, "_p", List.of(), List.of()).write(put.where());
        onConflict(sql, put.upsertion(), put.columns());
        returning(sql, put.table(), put.node(), put.answer());
        return end(sql, put.node(), put.answer());
    }

    static SqlStatement update(Plan.Update update) {
        SqlText sql = new SqlText().sql("WITH _w AS (");
        if (update.columns().isEmpty()) {
            nothing(sql, update.table(), update.node(), update.answer());
            return end(sql, update.node(), update.answer());
        }
        sql.sql("UPDATE ").qualified(update.table().name().schema(), update.table().name().name());
        sql.sql(" AS ").identifier(TARGET).sql(" SET ");
        boolean first = true;
        for (Column column : update.columns()) {
            sql.sql(first ? "" : ", ")
                    .identifier(column.name())
                    .sql(" = _p.")
                    .identifier(column.name());
            first = false;
        }
        sql.sql(" FROM ");
        rows(sql, update.rows(), update.columns());
        where(sql, update.where());
        returning(sql, update.table(), update.node(), update.answer());
        return end(sql, update.node(), update.answer());
    }

    static SqlStatement delete(Plan.Delete delete) {
        SqlText sql = new SqlText().sql("WITH _w AS (DELETE FROM ");
        sql.qualified(delete.table().name().schema(), delete.table().name().name());
        sql.sql(" AS ").identifier(TARGET);
        where(sql, delete.where());
        returning(sql, delete.table(), delete.node(), delete.answer());
        return end(sql, delete.node(), delete.answer());
    }

    private static SqlStatement end(SqlText sql, ReadNode node, Answer answer) {
        sql.sql(") ");
        PlanSql.answerWritten(sql, node, answer);
        return sql.build();
    }

    private static void into(SqlText sql, Table table, List<Column> columns) {
        sql.sql("INSERT INTO ").qualified(table.name().schema(), table.name().name());
        sql.sql(" AS ").identifier(TARGET);
        if (!columns.isEmpty()) {
            sql.sql(" (");
            names(sql, columns);
            sql.sql(")");
        }
    }

    private static void selectRows(SqlText sql, RowSet rows, List<Column> columns) {
        sql.sql(" SELECT ");
        boolean first = true;
        for (Column column : columns) {
            sql.sql(first ? "_p." : ", _p.").identifier(column.name());
            first = false;
        }
        sql.sql(" FROM ");
        rows(sql, rows, columns);
    }

    /// The JSON of the request as rows `_p`, each column in the type of the table's.
    private static void rows(SqlText sql, RowSet rows, List<Column> columns) {
        sql.sql(rows.form() == RowSet.Form.MANY ? "json_to_recordset(" : "json_to_record(");
        sql.parameter(rows.json()).sql("::text::json) AS _p(");
        boolean first = true;
        for (Column column : columns) {
            sql.sql(first ? "" : ", ")
                    .identifier(column.name())
                    .sql(" ")
                    .catalogType(CatalogType.of(column));
            first = false;
        }
        sql.sql(")");
    }

    private static void onConflict(SqlText sql, Upsertion upsertion, List<Column> columns) {
        sql.sql(" ON CONFLICT (");
        names(sql, upsertion.key());
        if (upsertion.resolution() == Conflict.Resolution.IGNORE || columns.isEmpty()) {
            sql.sql(") DO NOTHING");
            return;
        }
        sql.sql(") DO UPDATE SET ");
        boolean first = true;
        for (Column column : columns) {
            sql.sql(first ? "" : ", ")
                    .identifier(column.name())
                    .sql(" = EXCLUDED.")
                    .identifier(column.name());
            first = false;
        }
    }

    private static void where(SqlText sql, Predicate where) {
        if (!where.isTrue()) {
            sql.sql(" WHERE ");
            new PredicateSql(sql, TARGET, List.of(), List.of()).write(where);
        }
    }

    private static void returning(SqlText sql, Table table, ReadNode node, Answer answer) {
        sql.sql(" RETURNING ");
        if (answer.returning() == Returning.ROWS) {
            returnedColumns(sql, node);
        } else if (answer.returning() == Returning.KEYS && table.findPrimaryKey().isPresent()) {
            location(sql, table.findPrimaryKey().get());
        } else {
            sql.sql(
                    answer.returning() == Returning.KEYS
                            ? "NULL::text AS \"ashlar location\""
                            : "1");
        }
    }

    /// A write that writes no row, in the shape of one that does.
    private static void nothing(SqlText sql, Table table, ReadNode node, Answer answer) {
        sql.sql("SELECT ");
        if (answer.returning() == Returning.ROWS) {
            returnedColumns(sql, node);
        } else {
            sql.sql("NULL::text AS \"ashlar location\"");
        }
        sql.sql(" FROM ").qualified(table.name().schema(), table.name().name());
        sql.sql(" AS ").identifier(TARGET).sql(" WHERE FALSE");
    }

    private static void returnedColumns(SqlText sql, ReadNode node) {
        Set<String> columns = new LinkedHashSet<>();
        for (ReadNode.Output output : node.outputs()) {
            switch (output) {
                case ReadNode.AllColumns() -> {
                    sql.identifier(TARGET).sql(".*");
                    return;
                }
                case ReadNode.Value value -> columns.add(value.operand().column().name());
                case ReadNode.Related _ -> {}
            }
        }
        for (Embed embed : node.embeds()) {
            originColumns(embed.relationship(), columns);
        }
        for (ReadNode.Sort key : node.order()) {
            if (key.embed() == null) {
                columns.add(key.operand().column().name());
            }
        }
        boolean first = true;
        for (String column : columns) {
            sql.sql(first ? "" : ", ").identifier(TARGET).sql(".").identifier(column);
            first = false;
        }
        sql.sql(first ? "1" : "");
    }

    private static void originColumns(Relationship relationship, Set<String> columns) {
        switch (relationship) {
            case Relationship.Direct direct ->
                    direct.pairs().forEach(pair -> columns.add(pair.originColumn()));
            case Relationship.ThroughJunction through ->
                    through.originPairs().forEach(pair -> columns.add(pair.originColumn()));
        }
    }

    /// The primary key as a JSON object of texts, from which the `Location` is made.
    private static void location(SqlText sql, Key key) {
        sql.sql("json_build_object(");
        boolean first = true;
        for (String column : key.columns()) {
            sql.sql(first ? "" : ", ").parameter(column).sql("::text, ");
            sql.identifier(TARGET).sql(".").identifier(column).sql("::text");
            first = false;
        }
        sql.sql(")::text AS \"ashlar location\"");
    }

    private static void names(SqlText sql, List<Column> columns) {
        boolean first = true;
        for (Column column : columns) {
            sql.sql(first ? "" : ", ").identifier(column.name());
            first = false;
        }
    }
}
