package dev.ashlar.backend.postgres;

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
import dev.ashlar.plan.Plan.Choice;
import dev.ashlar.plan.Plan.Scope;
import dev.ashlar.plan.Plan.Upsertion;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Operand.Aggregation;
import dev.ashlar.predicate.Predicate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes inserts, updates and deletes: `WITH _w AS (the write … RETURNING …)`, then what is
/// answered of it.
///
/// The rows travel as one JSON parameter that the database takes apart, so a thousand rows cost one
/// statement. Only the columns that the answer needs are returned, because returning one needs the
/// right to read it.
final class WriteSql {
    static final String TARGET = "t";
    private static final String CHOSEN = "c";

    /// How many of the rows that an upsert wrote were not there before.
    enum Inserted {
        UNKNOWN,
        ALL,
        NOT_UPDATED
    }

    private WriteSql() {}

    static SqlStatement insert(Plan.Insert insert, Telling telling) {
        SqlText sql = new SqlText().sql("WITH _w AS (");
        Upsertion upsertion = insert.upsertion();
        if (insert.rows().count() == 0) {
            nothing(sql, insert.table(), insert.node(), insert.answer());
        } else {
            write(sql, insert);
            returning(sql, insert.table(), insert.node(), insert.answer());
        }
        Inserted inserted =
                upsertion == null
                        ? Inserted.UNKNOWN
                        : updates(upsertion, insert.columns())
                                ? Inserted.NOT_UPDATED
                                : Inserted.ALL;
        return end(sql, insert.node(), insert.answer(), inserted, telling);
    }

    /// The write itself, without what it returns.
    static void write(SqlText sql, Plan plan) {
        switch (plan) {
            case Plan.Insert insert -> write(sql, insert);
            case Plan.Update update -> write(sql, update);
            case Plan.Delete delete -> write(sql, delete);
            case Plan.Put _, Plan.Read _, Plan.Call _ ->
                    throw new IllegalArgumentException("no write of its own");
        }
    }

    private static void write(SqlText sql, Plan.Insert insert) {
        Upsertion upsertion = insert.upsertion();
        into(sql, insert.table(), insert.columns());
        if (insert.columns().isEmpty()) {
            sql.sql(" SELECT FROM generate_series(1, ").integer(insert.rows().count()).sql(")");
        } else if (upsertion == null && ValuesSql.isFor(insert.rows(), insert.columns())) {
            ValuesSql.write(sql, insert.rows(), insert.columns());
        } else {
            selectRows(sql, insert.table(), insert.rows(), insert.columns());
            if (updates(upsertion, insert.columns())) {
                sql.sql(" WHERE ");
                resetUpdated(sql);
            }
        }
        if (upsertion != null) {
            onConflict(sql, upsertion, insert.columns());
        }
    }

    static SqlStatement put(Plan.Put put, Telling telling) {
        SqlText sql = new SqlText().sql("WITH _w AS (");
        into(sql, put.table(), put.columns());
        selectRows(sql, put.table(), put.rows(), put.columns());
        sql.sql(" WHERE ");
        resetUpdated(sql);
        sql.sql(" AND (");
        new PredicateSql(sql, "_p").write(put.where());
        sql.sql(")");
        onConflict(sql, put.upsertion(), put.columns());
        returning(sql, put.table(), put.node(), put.answer());
        return end(sql, put.node(), put.answer(), Inserted.NOT_UPDATED, telling);
    }

    static SqlStatement update(Plan.Update update, Telling telling) {
        SqlText sql = new SqlText().sql("WITH _w AS (");
        if (update.columns().isEmpty()) {
            nothing(sql, update.table(), update.node(), update.answer());
            return end(sql, update.node(), update.answer(), Inserted.UNKNOWN, telling);
        }
        write(sql, update);
        returning(sql, update.table(), update.node(), update.answer());
        return end(sql, update.node(), update.answer(), Inserted.UNKNOWN, telling);
    }

    private static void write(SqlText sql, Plan.Update update) {
        sql.sql("UPDATE ").qualified(update.table().name().schema(), update.table().name().name());
        sql.sql(" AS ").identifier(TARGET).sql(" SET ");
        List<Column> changed = new ArrayList<>(update.columns());
        changed.removeAll(update.match());
        boolean first = true;
        boolean same =
                update.match().isEmpty()
                        && update.rows().count() == 1
                        && ValuesSql.isFor(update.rows(), update.columns());
        for (Column column : changed.isEmpty() ? update.match() : changed) {
            sql.sql(first ? "" : ", ").identifier(column.name()).sql(" = ");
            if (same) {
                ValuesSql.one(sql, update.rows(), column);
            } else {
                sql.sql("_p.").identifier(column.name());
            }
            first = false;
        }
        if (same) {
            scope(sql, update.table(), update.scope(), Start.WHERE);
            return;
        }
        sql.sql(" FROM ");
        new RowsSql(sql, update.table(), update.rows(), update.columns()).write();
        first = true;
        for (Column column : update.match()) {
            sql.sql(first ? " WHERE " : " AND ").identifier(TARGET).sql(".");
            sql.identifier(column.name()).sql(" = _p.").identifier(column.name());
            first = false;
        }
        scope(sql, update.table(), update.scope(), first ? Start.WHERE : Start.AND);
    }

    static SqlStatement delete(Plan.Delete delete, Telling telling) {
        SqlText sql = new SqlText().sql("WITH _w AS (");
        write(sql, delete);
        returning(sql, delete.table(), delete.node(), delete.answer());
        return end(sql, delete.node(), delete.answer(), Inserted.UNKNOWN, telling);
    }

    private static void write(SqlText sql, Plan.Delete delete) {
        sql.sql("DELETE FROM ")
                .qualified(delete.table().name().schema(), delete.table().name().name());
        sql.sql(" AS ").identifier(TARGET);
        scope(sql, delete.table(), delete.scope(), Start.WHERE);
    }

    /// What writes must stand at the top of a statement, so that what is answered of it goes beside
    /// it where more is to be told.
    private static SqlStatement end(
            SqlText sql, ReadNode node, Answer answer, Inserted inserted, Telling telling) {
        if (telling == Telling.NOTHING) {
            sql.sql(") ");
            PlanSql.answerWritten(sql, node, answer, inserted);
            return sql.build();
        }
        sql.sql("), _s AS (");
        PlanSql.answerWritten(sql, node, answer, inserted);
        sql.sql(") SELECT _s.*").sql(inserted == Inserted.UNKNOWN ? ", NULL::bigint" : "");
        telling.write(sql);
        return sql.sql(" FROM _s").build();
    }

    /// Rows that were there and became updated are counted in a setting of the transaction, the
    /// only place to which a statement's parts can write, also when a view stands before the table.
    private static void resetUpdated(SqlText sql) {
        sql.sql("(SELECT set_config('ashlar.updated', '0', TRUE)) = '0'");
    }

    private static boolean updates(@Nullable Upsertion upsertion, List<Column> columns) {
        return upsertion != null
                && upsertion.resolution() == Conflict.Resolution.MERGE
                && !columns.isEmpty();
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

    private static void selectRows(SqlText sql, Table table, RowSet rows, List<Column> columns) {
        sql.sql(" SELECT ");
        boolean first = true;
        for (Column column : columns) {
            sql.sql(first ? "_p." : ", _p.").identifier(column.name());
            first = false;
        }
        sql.sql(" FROM ");
        new RowsSql(sql, table, rows, columns).write();
    }

    private static void onConflict(SqlText sql, Upsertion upsertion, List<Column> columns) {
        sql.sql(" ON CONFLICT (");
        names(sql, upsertion.key());
        if (!updates(upsertion, columns)) {
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
        sql.sql(
                " WHERE set_config('ashlar.updated', (current_setting('ashlar.updated')::bigint + 1)");
        sql.sql("::text, TRUE) <> ''");
    }

    private enum Start {
        WHERE,
        AND
    }

    private static void scope(SqlText sql, Table table, Scope scope, Start start) {
        Choice choice = scope.choice();
        if (choice == null && scope.where().isTrue()) {
            return;
        }
        sql.sql(start == Start.WHERE ? " WHERE " : " AND (");
        if (choice == null) {
            new PredicateSql(sql, TARGET).write(scope.where());
        } else {
            chosen(sql, table, scope.where(), choice);
        }
        sql.sql(start == Start.WHERE ? "" : ")");
    }

    /// The rows of one page, by their key.
    private static void chosen(SqlText sql, Table table, Predicate where, Choice choice) {
        sql.sql("(");
        qualified(sql, TARGET, choice.key());
        sql.sql(") IN (SELECT ");
        qualified(sql, CHOSEN, choice.key());
        sql.sql(" FROM ").qualified(table.name().schema(), table.name().name());
        sql.sql(" AS ").identifier(CHOSEN);
        if (!where.isTrue()) {
            sql.sql(" WHERE ");
            new PredicateSql(sql, CHOSEN).write(where);
        }
        RowAlias row = RowAlias.typed(CHOSEN);
        boolean first = true;
        for (ReadNode.Sort key : choice.order()) {
            sql.sql(first ? " ORDER BY " : ", ");
            OperandSql.value(sql, row, key.operand());
            NodeSql.direction(sql, key);
            first = false;
        }
        NodeSql.page(sql, choice.page());
        sql.sql(")");
    }

    private static void qualified(SqlText sql, String alias, List<Column> columns) {
        boolean first = true;
        for (Column column : columns) {
            sql.sql(first ? "" : ", ").identifier(alias).sql(".").identifier(column.name());
            first = false;
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
        boolean computed = false;
        for (ReadNode.Output output : node.outputs()) {
            switch (output) {
                case ReadNode.AllColumns() -> columns.addAll(node.table().columns().keySet());
                case ReadNode.Value value -> computed |= returned(value.operand(), columns);
                case ReadNode.AggregateValue value ->
                        computed |= value.operand() != null && returned(value.operand(), columns);
                case ReadNode.Related _ -> {}
            }
        }
        for (Embed embed : node.embeds()) {
            computed |= originColumns(embed.relationship(), columns);
        }
        for (ReadNode.Sort key : node.order()) {
            if (key.embed() == null) {
                computed |= returned(key.operand(), columns);
            }
        }
        boolean first = true;
        for (String column : columns) {
            sql.sql(first ? "" : ", ").identifier(TARGET).sql(".").identifier(column);
            first = false;
        }
        if (computed) {
            sql.sql(first ? "" : ", ").identifier(TARGET).sql(" AS ");
            sql.identifier(RowAlias.WHOLE_ROW);
            first = false;
        }
        sql.sql(first ? "1" : "");
    }

    /// Adds what the value is made of; true when that is the whole row.
    private static boolean returned(Operand operand, Set<String> columns) {
        Aggregation aggregation = operand.aggregation();
        if (aggregation != null) {
            return aggregation.of() != null && returned(aggregation.of(), columns);
        }
        if (operand.function() == null) {
            columns.add(operand.column().name());
        }
        return operand.function() != null;
    }

    private static boolean originColumns(Relationship relationship, Set<String> columns) {
        switch (relationship) {
            case Relationship.Direct direct ->
                    direct.pairs().forEach(pair -> columns.add(pair.originColumn()));
            case Relationship.ThroughJunction through ->
                    through.originPairs().forEach(pair -> columns.add(pair.originColumn()));
            case Relationship.Computed _ -> {}
        }
        return relationship instanceof Relationship.Computed;
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
