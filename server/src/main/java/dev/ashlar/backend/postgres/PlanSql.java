package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.WriteSql.Inserted;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Format;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.ReadNode;

/// The one statement of a plan. Each gives one row: `body` (text, or null), `rows`, `total` (or
/// null), `location` (or null) and `inserted` (of upserts, else null or not there), in this order;
/// and where the database's code may answer for itself `status` and `headers` as it left them.
final class PlanSql {
    static final int BODY = 0;
    static final int ROWS = 1;
    static final int TOTAL = 2;
    static final int LOCATION = 3;
    static final int INSERTED = 4;
    static final int STATUS = 5;
    static final int HEADERS = 6;

    private PlanSql() {}

    static SqlStatement of(Plan plan, Telling telling) {
        return plan.answer().format() instanceof Format.Explained explained
                ? BodySql.explain(answering(plan, Telling.NOTHING), explained)
                : answering(plan, telling);
    }

    private static SqlStatement answering(Plan plan, Telling telling) {
        return switch (plan) {
            case Plan.Read(ReadNode node, Answer answer, Plan.Seek seek, long exactUpTo) ->
                    telling(
                            seek == null
                                    ? read(node, answer, exactUpTo)
                                    : SeekSql.read(node, answer, seek),
                            telling);
            case Plan.Insert insert -> WriteSql.insert(insert, telling);
            case Plan.Update update -> WriteSql.update(update, telling);
            case Plan.Put put -> WriteSql.put(put, telling);
            case Plan.Delete delete -> WriteSql.delete(delete, telling);
            case Plan.Call call -> telling(CallSql.call(call), telling);
        };
    }

    private static SqlStatement telling(SqlStatement statement, Telling telling) {
        if (telling == Telling.NOTHING) {
            return statement;
        }
        SqlText sql = new SqlText().sql("SELECT _s.*, NULL::bigint");
        telling.write(sql);
        return sql.sql(" FROM (").statement(statement).sql(") AS _s").build();
    }

    /// What the database's planner is asked about, for a planned count.
    static SqlStatement explainCount(ReadNode node) {
        SqlText sql = new SqlText().sql("EXPLAIN ");
        new NodeSql(sql).selectForCount(node, NodeSql.table(node.table().name()));
        return sql.build();
    }

    private static SqlStatement read(ReadNode node, Answer answer, long exactUpTo) {
        SqlText sql = new SqlText().sql("SELECT ");
        BodySql.write(sql, answer.format());
        sql.sql(", count(*), ");
        NodeSql nodes = new NodeSql(sql);
        if (answer.count() == Count.EXACT && !node.page().isAll()) {
            counted(sql, node, nodes);
        } else if (answer.count() == Count.ESTIMATED) {
            countedUpTo(sql, node, nodes, exactUpTo);
        } else {
            sql.sql(answer.count() == Count.EXACT ? "count(*)" : "NULL::bigint");
        }
        sql.sql(", NULL::text FROM (");
        nodes.select(node, NodeSql.table(node.table().name()));
        return sql.sql(") AS _r").build();
    }

    /// How many rows there are on all pages.
    static void counted(SqlText sql, ReadNode node, NodeSql nodes) {
        sql.sql("(SELECT count(*) FROM (");
        nodes.selectForCount(node, NodeSql.table(node.table().name()));
        sql.sql(") AS _c)");
    }

    /// The same, but no more than one beyond a bound.
    static void countedUpTo(SqlText sql, ReadNode node, NodeSql nodes, long bound) {
        sql.sql("(SELECT count(*) FROM (");
        nodes.selectForCount(node, NodeSql.table(node.table().name()));
        sql.sql(" LIMIT ").parameter(bound + 1).sql(") AS _c)");
    }

    /// The end of a write: what is answered of the rows that the common table expression `_w`
    /// holds. Of an upsert, it says how many were inserted too.
    static void answerWritten(SqlText sql, ReadNode node, Answer answer, Inserted inserted) {
        boolean rows = answer.returning() == Returning.ROWS;
        sql.sql("SELECT ");
        if (rows) {
            BodySql.write(sql, answer.format());
        } else {
            sql.sql("NULL::text");
        }
        sql.sql(", count(*), NULL::bigint, ");
        sql.sql(
                answer.returning() == Returning.KEYS
                        ? "min(_w.\"ashlar location\")"
                        : "NULL::text");
        switch (inserted) {
            case UNKNOWN -> {}
            case ALL -> sql.sql(", count(*)");
            case NOT_UPDATED -> {
                sql.sql(", count(*) - coalesce(");
                sql.sql("nullif(current_setting('ashlar.updated', TRUE), ''), '0')::bigint");
            }
        }
        if (rows) {
            sql.sql(" FROM (");
            new NodeSql(sql)
                    .selectReturned(node, (text, alias) -> text.sql("_w AS ").identifier(alias));
            sql.sql(") AS _r");
        } else {
            sql.sql(" FROM _w");
        }
    }
}
