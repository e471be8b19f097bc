package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.Level.Col;
import dev.ashlar.backend.postgres.Level.Hoisted;
import dev.ashlar.backend.postgres.Level.Join;
import dev.ashlar.backend.postgres.Level.SortColumn;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.plan.CastType;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.plan.ReadNode.AggregateValue;
import dev.ashlar.plan.ReadNode.Value;
import dev.ashlar.predicate.Operand;
import org.jspecify.annotations.Nullable;

/// Writes what one level selects, and around it what makes JSON or columns of an embed's rows.
final class OutputSql {
    private final SqlText sql;
    private final Level level;

    OutputSql(SqlText sql, Level level) {
        this.sql = sql;
        this.level = level;
    }

    /// Whether a condition asks if the embed has rows.
    enum Presence {
        ASKED,
        IGNORED
    }

    /// `SELECT …`; rows without columns cannot be told apart.
    void selectList() {
        boolean distinct = level.node().grouping().distinct() == ReadNode.Distinct.YES;
        sql.sql(distinct && !level.columns().isEmpty() ? "SELECT DISTINCT " : "SELECT ");
        columns();
    }

    /// One object of a to-one embed, as `v`. Values that the level above sorts by stand beside it.
    void object() {
        if (level.sortColumns().isEmpty()) {
            sql.sql("SELECT row_to_json(_r.*)::jsonb AS v FROM (");
            selectList();
            return;
        }
        sql.sql("SELECT (SELECT row_to_json(_r.*)::jsonb FROM (");
        selectList();
        sql.sql(") AS _r) AS v");
        sortColumns();
    }

    /// The array of a to-many embed, as `v`.
    void array() {
        sql.sql("SELECT json_agg(_r.*)::jsonb AS v FROM (");
        selectList();
    }

    /// The columns of a spread embed: those of the one row, or each as an array of all rows'.
    void spread(Join join, Presence presence) {
        if (!join.embed().toOne()) {
            sql.sql("SELECT ");
            for (String name : level.names()) {
                sql.sql("json_agg(_r.").identifier(name).sql(")::jsonb AS ").identifier(name);
                sql.sql(", ");
            }
            sql.sql("count(*) AS \"ashlar rows\" FROM (");
            selectList();
            return;
        }
        selectList();
        boolean first = level.columns().isEmpty();
        for (Hoisted hoisted : level.hoisted()) {
            if (!hoisted.column().isEmpty()) {
                sql.sql(first ? "" : ", ");
                hoistedInput(hoisted);
                first = false;
            }
        }
        for (SortColumn column : level.sortColumns()) {
            sql.sql(first ? "" : ", ");
            sortColumn(column);
            first = false;
        }
        if (presence == Presence.ASKED) {
            sql.sql(first ? "" : ", ").sql("TRUE AS \"ashlar row\"");
        }
    }

    /// Ends what was begun around the level's own SELECT.
    void end(Join join) {
        boolean around =
                !join.embed().toOne() || (!join.isSpread() && level.sortColumns().isEmpty());
        sql.sql(around ? ") AS _r" : "");
    }

    /// `, …` for each value that the level above sorts by.
    void sortColumns() {
        for (SortColumn column : level.sortColumns()) {
            sql.sql(", ");
            sortColumn(column);
        }
    }

    private void sortColumn(SortColumn column) {
        OperandSql.value(sql, level.row(), column.operand());
        sql.sql(" AS ").identifier(column.name());
    }

    private void columns() {
        boolean first = true;
        for (Col column : level.columns()) {
            sql.sql(first ? "" : ", ");
            first = false;
            column(column);
        }
    }

    private void column(Col column) {
        switch (column) {
            case Level.Star() -> sql.identifier(level.row().name()).sql(".*");
            case Level.Field(Value value) -> {
                value(value);
                sql.sql(" AS ").identifier(value.name());
            }
            case Level.Own(AggregateValue value) -> aggregate(value, () -> input(value));
            case Level.Nested(Join join) -> nested(join);
            case Level.Spread(Join join, String name) -> spreadColumn(join, name);
            case Level.SpreadAggregate(Join join, Hoisted hoisted) ->
                    aggregate(
                            hoisted.value(),
                            () ->
                                    sql.identifier(join.alias())
                                            .sql(".")
                                            .identifier(hoisted.column()));
        }
    }

    void value(Value value) {
        cast(value.cast(), () -> field(value));
    }

    private void field(Value value) {
        if (value.cast() == null) {
            OperandSql.represented(sql, level.row(), value.operand());
        } else {
            OperandSql.value(sql, level.row(), value.operand());
        }
    }

    private void nested(Join join) {
        if (join.embed().toOne()) {
            sql.identifier(join.alias()).sql(".v");
        } else {
            sql.sql("coalesce(").identifier(join.alias()).sql(".v, '[]')");
        }
        sql.sql(" AS ").identifier(join.embed().name());
    }

    private void spreadColumn(Join join, String name) {
        boolean one = join.embed().toOne();
        sql.sql(one ? "" : "coalesce(");
        sql.identifier(join.alias()).sql(".").identifier(name);
        sql.sql(one ? " AS " : ", '[]') AS ").identifier(name);
    }

    private void aggregate(AggregateValue value, Runnable input) {
        cast(
                value.outputCast(),
                () -> {
                    OperandSql.function(sql, value.function());
                    if (value.operand() == null) {
                        sql.sql("*");
                    } else {
                        input.run();
                    }
                    sql.sql(")");
                });
        sql.sql(" AS ").identifier(value.name());
    }

    private void input(AggregateValue value) {
        Operand operand = value.operand();
        if (operand != null) {
            cast(value.inputCast(), () -> OperandSql.value(sql, level.row(), operand));
        }
    }

    private void hoistedInput(Hoisted hoisted) {
        if (hoisted.origin().equals(level.row().name())) {
            input(hoisted.value());
        } else {
            sql.identifier(level.joinOf(hoisted).alias()).sql(".").identifier(hoisted.column());
        }
        sql.sql(" AS ").identifier(hoisted.column());
    }

    private void cast(@Nullable CastType cast, Runnable value) {
        if (cast == null) {
            value.run();
            return;
        }
        sql.sql("CAST(");
        value.run();
        sql.sql(" AS ").identifier(cast.name()).sql(cast.array() ? "[])" : ")");
    }
}
