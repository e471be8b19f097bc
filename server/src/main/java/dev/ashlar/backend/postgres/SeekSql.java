package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.plan.Plan.Seek;
import dev.ashlar.plan.ReadNode;

/// Writes a read that goes on behind a row. In the place of the location it answers where the next
/// page begins: the sort keys and their values in the last row, as JSON.
final class SeekSql {
    private SeekSql() {}

    static SqlStatement read(ReadNode node, Answer answer, Seek seek) {
        SqlText sql =
                new SqlText().sql("SELECT coalesce(json_agg(_r.\"ashlar value\"), '[]')::text");
        sql.sql(", count(*), ");
        NodeSql nodes = new NodeSql(sql);
        if (answer.count() == Count.EXACT) {
            PlanSql.counted(sql, node, nodes);
        } else {
            sql.sql("NULL::bigint");
        }
        sql.sql(", json_build_object('keys', ");
        sql.parameter(seek.keys().toArray(String[]::new)).sql("::text[], 'after', ");
        sql.sql("json_agg(_r.\"ashlar cursor\")->-1)::text FROM (");
        nodes.selectSeeking(node, seek.after());
        return sql.sql(") AS _r").build();
    }
}
