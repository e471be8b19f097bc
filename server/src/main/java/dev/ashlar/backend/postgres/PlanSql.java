package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Answer.Rows;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.ReadNode;

/// The one statement of a plan. Each gives one row: `body` (JSON text, or null), `rows`, `total`
/// (or null) and `location` (or null), in this order.
final class PlanSql {
    static final int BODY = 0;
    static final int ROWS = 1;
    static final int TOTAL = 2;
    static final int LOCATION = 3;

    private PlanSql() {}

    static SqlStatement of(Plan plan) {
        return switch (plan) {
            case Plan.Read(ReadNode node, Answer answer) -> read(node, answer);
            case Plan.Insert insert -> WriteSql.insert(insert);
            case Plan.Update update -> WriteSql.update(update);
            case Plan.Put put -> WriteSql.put(put);
            case Plan.Delete delete -> WriteSql.delete(delete);
            case Plan.Call call -> CallSql.call(call);
        };
    }

    /// What the database's planner is asked about, for a planned count.
    static SqlStatement explainCount(ReadNode node) {
        SqlText sql = new SqlText().sql("EXPLAIN ");
        new NodeSql(sql).selectForCount(node, NodeSql.table(node.table().name()));
        return sql.build();
    }

    private static SqlStatement read(ReadNode node, Answer answer) {
        SqlText sql = new SqlText().sql("SELECT ");
        body(sql, answer.rows());
        sql.sql(", count(*), ");
        NodeSql nodes = new NodeSql(sql);
        if (answer.count() == Count.EXACT && !node.page().isAll()) {
            sql.sql("(SELECT count(*) FROM (");
            nodes.selectForCount(node, NodeSql.table(node.table().name()));
            sql.sql(") AS _c)");
        } else {
            sql.sql(answer.count() == Count.EXACT ? "count(*)" : "NULL::bigint");
        }
        sql.sql(", NULL::text FROM (");
        nodes.select(node, NodeSql.table(node.table().name()));
        return sql.sql(") AS _r").build();
    }

    /// The rows `_r` as JSON text: `_r.*`, because `_r` alone would be a column of that name.
    /// `json_agg` writes them as clients know them: `[{"a":1}, \n {"a":2}]`.
    static void body(SqlText sql, Rows rows) {
        sql.sql(
                rows == Rows.ONE
                        ? "(json_agg(_r.*)->0)::text"
                        : "coalesce(json_agg(_r.*), '[]')::text");
    }

    /// The end of a write: what is answered of the rows that the common table expression `_w`
    /// holds.
    static void answerWritten(SqlText sql, ReadNode node, Answer answer) {
        if (answer.returning() != Returning.ROWS) {
            sql.sql("SELECT NULL::text, count(*), NULL::bigint, ");
            sql.sql(
                    answer.returning() == Returning.KEYS
                            ? "min(_w.\"ashlar location\")"
                            : "NULL::text");
            sql.sql(" FROM _w");
            return;
        }
        sql.sql("SELECT ");
        body(sql, answer.rows());
        sql.sql(", count(*), NULL::bigint, NULL::text FROM (");
        new NodeSql(sql).select(node, (text, alias) -> text.sql("_w AS ").identifier(alias));
        sql.sql(") AS _r");
    }
}
