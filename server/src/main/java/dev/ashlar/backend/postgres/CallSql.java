package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.CatalogType;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Routine.Argument;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Arguments;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.plan.Plan;
import java.util.List;

/// Writes the call of a routine: its arguments come out of one JSON parameter or out of texts, its
/// result is read like a table; a value that is no row is the column `pgrst_scalar`, which the
/// dialect shows in CSV.
final class CallSql {
    private CallSql() {}

    static SqlStatement call(Plan.Call call) {
        Routine.Returns returns = call.routine().returns();
        SqlText sql = new SqlText();
        if (returns.isVoid()) {
            sql.sql("SELECT NULL::text, count(*), NULL::bigint, NULL::text FROM ");
            function(sql, call);
            return sql.sql(" AS t0").build();
        }
        if (isKept(call)) {
            keep(sql, call);
        }
        sql.sql("SELECT ");
        body(sql, call);
        // What is no set is one, whatever filters leave of it.
        sql.sql(returns.set() ? ", count(*), " : ", greatest(count(*), 1), ");
        if (returns.composite()) {
            rows(sql, call);
        } else {
            scalars(sql, call);
        }
        return sql.sql(") AS _r").build();
    }

    private static void body(SqlText sql, Plan.Call call) {
        Format format = call.answer().format();
        Format written = format instanceof Format.Explained explained ? explained.of() : format;
        Routine.Returns returns = call.routine().returns();
        if (!(written instanceof Format.Json(Rows rows, Nulls nulls))
                || (returns.composite() && returns.set())) {
            BodySql.write(sql, written);
            return;
        }
        sql.sql("coalesce((");
        sql.sql(nulls == Nulls.STRIPPED ? "json_strip_nulls(" : "");
        sql.sql(returns.composite() ? "json_agg(_r.*)" : "json_agg(_r.pgrst_scalar)");
        boolean many = returns.set() && rows == Rows.ANY;
        sql.sql(many ? "" : "->0");
        sql.sql(nulls == Nulls.STRIPPED ? ")" : "");
        sql.sql(many ? ")::text, '[]')" : ")::text, 'null')");
    }

    private static void rows(SqlText sql, Plan.Call call) {
        NodeSql nodes = new NodeSql(sql);
        boolean kept = isKept(call);
        NodeSql.Source source =
                (text, alias) -> {
                    if (kept) {
                        text.sql("_f");
                    } else {
                        function(text, call);
                    }
                    text.sql(" AS ").identifier(alias);
                };
        if (!isCounted(call)) {
            sql.sql("NULL::bigint");
        } else if (call.node().page().isAll()) {
            sql.sql("count(*)");
        } else {
            sql.sql("(SELECT count(*) FROM (");
            if (kept) {
                nodes.selectReturnedForCount(call.node(), source);
            } else {
                nodes.selectForCount(call.node(), source);
            }
            sql.sql(") AS _c)");
        }
        sql.sql(", NULL::text FROM (");
        if (kept) {
            nodes.selectReturned(call.node(), source);
        } else {
            nodes.select(call.node(), source);
        }
    }

    private static boolean isCounted(Plan.Call call) {
        Count count = call.answer().count();
        return count == Count.EXACT || count == Count.ESTIMATED;
    }

    /// A function that may write must not run a second time to be counted: what it gave is kept.
    private static boolean isKept(Plan.Call call) {
        return isCounted(call)
                && !call.readOnly()
                && call.routine().returns().set()
                && !call.node().page().isAll();
    }

    private static void keep(SqlText sql, Plan.Call call) {
        sql.sql("WITH _f AS MATERIALIZED (SELECT ");
        if (call.routine().returns().composite()) {
            sql.sql("t.*, t AS ").identifier(RowAlias.WHOLE_ROW).sql(" FROM ");
            function(sql, call);
            sql.sql(" AS t) ");
        } else {
            sql.sql("t0.pgrst_scalar FROM ");
            values(sql, call);
            sql.sql(") ");
        }
    }

    private static void scalars(SqlText sql, Plan.Call call) {
        boolean set = call.routine().returns().set();
        boolean kept = isKept(call);
        if (!isCounted(call)) {
            sql.sql("NULL::bigint");
        } else if (!set || call.node().page().isAll()) {
            sql.sql("count(*)");
        } else if (kept) {
            sql.sql("(SELECT count(*) FROM _f)");
        } else {
            sql.sql("(SELECT count(*) FROM ");
            values(sql, call);
            sql.sql(")");
        }
        sql.sql(", NULL::text FROM (SELECT t0.pgrst_scalar FROM ");
        if (kept) {
            sql.sql("_f AS t0");
        } else {
            values(sql, call);
        }
        if (set && call.node().page().limit() != null) {
            sql.sql(" LIMIT ").parameter(call.node().page().limit());
        }
        if (set && call.node().page().offset() > 0) {
            sql.sql(" OFFSET ").parameter(call.node().page().offset());
        }
    }

    /// What is no row as rows of one column.
    private static void values(SqlText sql, Plan.Call call) {
        if (isUntyped(call.routine())) {
            selected(sql, call);
            sql.sql(" AS t0");
        } else {
            function(sql, call);
            sql.sql(" AS t0(pgrst_scalar)");
        }
    }

    /// Rows of which the definition names no column: only where it is a value can such a function
    /// be called without naming them.
    private static boolean isUntyped(Routine routine) {
        return routine.returns().type().equals("record");
    }

    private static void selected(SqlText sql, Plan.Call call) {
        arguments(sql, call);
        sql.sql("(SELECT ");
        invoked(sql, call);
        sql.sql(" AS pgrst_scalar)");
    }

    private static void function(SqlText sql, Plan.Call call) {
        arguments(sql, call);
        invoked(sql, call);
    }

    /// Members of a JSON object as the row `_a`, when the call takes them.
    private static void arguments(SqlText sql, Plan.Call call) {
        if (!(call.arguments() instanceof Arguments.Json given)
                || call.given().isEmpty()
                || isWhole(call)) {
            return;
        }
        sql.sql("json_to_record(").parameter(given.json());
        sql.sql(given.isArray() ? "::text::json->0) AS _a(" : "::text::json) AS _a(");
        boolean first = true;
        for (Argument argument : call.given()) {
            sql.sql(first ? "" : ", ")
                    .identifier(argument.name())
                    .sql(" ")
                    .catalogType(CatalogType.of(argument));
            first = false;
        }
        sql.sql("), LATERAL ");
    }

    /// Whether the one argument has no name.
    private static boolean isWhole(Plan.Call call) {
        return call.given().size() == 1 && call.given().getFirst().name().isEmpty();
    }

    private static void invoked(SqlText sql, Plan.Call call) {
        sql.qualified(call.routine().name().schema(), call.routine().name().name()).sql("(");
        switch (call.arguments()) {
            case Arguments.Json(String json, _) when isWhole(call) ->
                    sql.parameter(json)
                            .sql("::text::")
                            .catalogType(CatalogType.of(call.given().getFirst()));
            case Arguments.Whole(String body, Arguments.Whole.Kind kind) -> whole(sql, body, kind);
            case Arguments.Json _ -> named(sql, call, CallSql::member);
            case Arguments.Texts texts ->
                    named(sql, call, (out, argument) -> text(out, call, texts, argument));
        }
        sql.sql(")");
    }

    private static void whole(SqlText sql, String body, Arguments.Whole.Kind kind) {
        switch (kind) {
            case TEXT -> sql.parameter(body).sql("::text");
            case XML -> sql.parameter(body).sql("::text::xml");
            case BYTES -> sql.sql("decode(").parameter(body).sql("::text, 'hex')");
        }
    }

    private interface Given {
        void write(SqlText sql, Argument argument);
    }

    private static void named(SqlText sql, Plan.Call call, Given value) {
        boolean first = true;
        for (Argument argument : call.given()) {
            sql.sql(first ? "" : ", ");
            first = false;
            sql.sql(isVariadic(call.routine(), argument) ? "VARIADIC " : "");
            sql.identifier(argument.name()).sql(" => ");
            value.write(sql, argument);
        }
    }

    private static void member(SqlText sql, Argument argument) {
        sql.sql("_a.").identifier(argument.name());
    }

    private static void text(
            SqlText sql, Plan.Call call, Arguments.Texts texts, Argument argument) {
        List<String> values = texts.values().getOrDefault(argument.name(), List.of());
        if (isVariadic(call.routine(), argument)) {
            sql.parameter(values.toArray(String[]::new)).sql("::text[]::");
        } else {
            sql.parameter(values.getLast()).sql("::text::");
        }
        sql.catalogType(CatalogType.of(argument));
    }

    private static boolean isVariadic(Routine routine, Argument argument) {
        return routine.variadic() && routine.arguments().getLast().equals(argument);
    }
}
