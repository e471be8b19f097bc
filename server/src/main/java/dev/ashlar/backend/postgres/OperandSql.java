package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Representation;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Operand.Aggregation;

/// Writes a column, a computed value, or a place inside its JSON. Keys are parameters.
final class OperandSql {
    private OperandSql() {}

    static void value(SqlText sql, String alias, Operand operand) {
        value(sql, RowAlias.typed(alias), operand);
    }

    static void value(SqlText sql, RowAlias row, Operand operand) {
        if (operand.steps().isEmpty()) {
            start(sql, row, operand);
            return;
        }
        String type = operand.column().baseType();
        boolean json = type.equals("json") || type.equals("jsonb");
        path(sql, row, operand, json ? Conversion.NONE : Conversion.TO_JSONB);
    }

    /// In the form that its domain has on the wire.
    static void represented(SqlText sql, RowAlias row, Operand operand) {
        Representation representation = operand.column().representation();
        if (representation == null
                || representation.toJson() == null
                || !operand.steps().isEmpty()) {
            value(sql, row, operand);
            return;
        }
        sql.qualified(representation.toJson().schema(), representation.toJson().name()).sql("(");
        value(sql, row, operand);
        sql.sql(")");
    }

    /// As something that can be compared: `json` has no equality, `jsonb` has.
    static void comparable(SqlText sql, RowAlias row, Operand operand) {
        if (operand.steps().isEmpty() || operand.yieldsText()) {
            value(sql, row, operand);
            return;
        }
        boolean jsonb = operand.column().baseType().equals("jsonb");
        path(sql, row, operand, jsonb ? Conversion.NONE : Conversion.TO_JSONB);
    }

    static void function(SqlText sql, Aggregation.Function function) {
        switch (function) {
            case SUM -> sql.sql("sum(");
            case AVG -> sql.sql("avg(");
            case COUNT -> sql.sql("count(");
            case MAX -> sql.sql("max(");
            case MIN -> sql.sql("min(");
        }
    }

    private static void start(SqlText sql, RowAlias row, Operand operand) {
        Aggregation aggregation = operand.aggregation();
        if (aggregation != null) {
            function(sql, aggregation.function());
            if (aggregation.of() == null) {
                sql.sql("*");
            } else {
                value(sql, row, aggregation.of());
            }
            sql.sql(")");
        } else if (operand.function() != null) {
            sql.qualified(operand.function().schema(), operand.function().name()).sql("(");
            row.row(sql);
            sql.sql(")");
        } else {
            row.column(sql, operand.column().name());
        }
    }

    private enum Conversion {
        NONE,
        TO_JSONB
    }

    private static void path(SqlText sql, RowAlias row, Operand operand, Conversion conversion) {
        boolean convert = conversion == Conversion.TO_JSONB;
        sql.sql(convert ? "(to_jsonb(" : "(");
        start(sql, row, operand);
        sql.sql(convert ? ")" : "");
        for (Operand.Step step : operand.steps()) {
            sql.sql(step.text() ? "->>" : "->");
            switch (step) {
                case Operand.Key(String key, _) -> sql.parameter(key).sql("::text");
                case Operand.Index(int index, _) -> sql.sql("(").integer(index).sql(")");
            }
        }
        sql.sql(")");
    }
}
