package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.CatalogType;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Routine.Argument;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Answer.Rows;
import dev.ashlar.intent.Arguments;
import dev.ashlar.plan.Plan;
import java.util.List;

/// Writes the call of a routine: its arguments come out of one JSON parameter or out of texts, its
/// result is read like a table.
final class CallSql {
    private static final String SCALAR = "ashlar scalar";

    private CallSql() {}

    static SqlStatement call(Plan.Call call) {
        Routine.Returns returns = call.routine().returns();
        SqlText sql = new SqlText();
        if (returns.isVoid()) {
            sql.sql("SELECT NULL::text, count(*), NULL::bigint, NULL::text FROM ");
            function(sql, call, "t0");
            return sql.build();
        }
        return returns.composite() ? rows(sql, call) : scalars(sql, call);
    }

    private static SqlStatement rows(SqlText sql, Plan.Call call) {
        boolean one = !call.routine().returns().set();
        sql.sql("SELECT ");
        if (one) {
            sql.sql("coalesce((json_agg(_r.*)->0)::text, 'null')");
        } else {
            PlanSql.body(sql, call.answer().rows());
        }
        sql.sql(", count(*), ");
        NodeSql nodes = new NodeSql(sql);
        NodeSql.Source source = (text, alias) -> function(text, call, alias);
        total(sql, call, nodes, source);
        sql.sql(", NULL::text FROM (");
        nodes.select(call.node(), source);
        return sql.sql(") AS _r").build();
    }

    /// A function that writes must not run a second time to be counted, so only read-only calls
    /// are.
    private static void total(SqlText sql, Plan.Call call, NodeSql nodes, NodeSql.Source source) {
        Answer answer = call.answer();
        if (answer.count() == Count.NONE) {
            sql.sql("NULL::bigint");
        } else if (call.node().page().isAll()) {
            sql.sql("count(*)");
        } else if (call.readOnly()) {
            sql.sql("(SELECT count(*) FROM (");
            nodes.selectForCount(call.node(), source);
            sql.sql(") AS _c)");
        } else {
            sql.sql("NULL::bigint");
        }
    }

    private static SqlStatement scalars(SqlText sql, Plan.Call call) {
        boolean set = call.routine().returns().set() && call.answer().rows() == Rows.ANY;
        sql.sql("SELECT ");
        sql.sql(
                set
                        ? "coalesce(json_agg(_s.\"ashlar scalar\"), '[]')::text"
                        : "coalesce((json_agg(_s.\"ashlar scalar\")->0)::text, 'null')");
        sql.sql(", count(*), ");
        if (call.answer().count() != Count.NONE && call.readOnly()) {
            sql.sql("(SELECT count(*) FROM ");
            function(sql, call, "t1");
            sql.sql(")");
        } else {
            sql.sql("NULL::bigint");
        }
        sql.sql(", NULL::text FROM (SELECT ");
        sql.identifier("t0").sql(".").identifier(SCALAR).sql(" FROM ");
        function(sql, call, "t0");
        sql.sql("(").identifier(SCALAR).sql(")");
        if (call.routine().returns().set() && call.node().page().limit() != null) {
            sql.sql(" LIMIT ").parameter(call.node().page().limit());
            sql.sql(" OFFSET ").parameter(call.node().page().offset());
        }
        return sql.sql(") AS _s").build();
    }

    private static void function(SqlText sql, Plan.Call call, String alias) {
        switch (call.arguments()) {
            case Arguments.Json(String json, _) -> functionOfJson(sql, call, json);
            case Arguments.Texts texts -> functionOfTexts(sql, call, texts);
        }
        sql.sql(" AS ").identifier(alias);
    }

    private static void functionOfJson(SqlText sql, Plan.Call call, String json) {
        List<Argument> given = call.given();
        if (given.size() == 1 && given.getFirst().name().isEmpty()) {
            name(sql, call.routine());
            sql.sql("(")
                    .parameter(json)
                    .sql("::text::")
                    .catalogType(CatalogType.of(given.getFirst()))
                    .sql(")");
            return;
        }
        if (given.isEmpty()) {
            name(sql, call.routine());
            sql.sql("()");
            return;
        }
        sql.sql("json_to_record(").parameter(json).sql("::text::json) AS _a(");
        boolean first = true;
        for (Argument argument : given) {
            sql.sql(first ? "" : ", ")
                    .identifier(argument.name())
                    .sql(" ")
                    .catalogType(CatalogType.of(argument));
            first = false;
        }
        sql.sql("), LATERAL ");
        name(sql, call.routine());
        sql.sql("(");
        first = true;
        for (Argument argument : given) {
            sql.sql(first ? "" : ", ");
            variadic(sql, call.routine(), argument);
            sql.identifier(argument.name()).sql(" => _a.").identifier(argument.name());
            first = false;
        }
        sql.sql(")");
    }

    private static void functionOfTexts(SqlText sql, Plan.Call call, Arguments.Texts texts) {
        name(sql, call.routine());
        sql.sql("(");
        boolean first = true;
        for (Argument argument : call.given()) {
            sql.sql(first ? "" : ", ");
            first = false;
            List<String> values = texts.values().getOrDefault(argument.name(), List.of());
            variadic(sql, call.routine(), argument);
            sql.identifier(argument.name()).sql(" => ");
            if (isVariadic(call.routine(), argument)) {
                sql.parameter(values.toArray(String[]::new)).sql("::text[]::");
            } else {
                sql.parameter(values.getLast()).sql("::text::");
            }
            sql.catalogType(CatalogType.of(argument));
        }
        sql.sql(")");
    }

    private static void variadic(SqlText sql, Routine routine, Argument argument) {
        sql.sql(isVariadic(routine, argument) ? "VARIADIC " : "");
    }

    private static boolean isVariadic(Routine routine, Argument argument) {
        return routine.variadic() && routine.arguments().getLast().equals(argument);
    }

    private static void name(SqlText sql, Routine routine) {
        sql.qualified(routine.name().schema(), routine.name().name());
    }
}
