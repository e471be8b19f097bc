package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.predicate.Operand;

/// Writes a column, or a place inside its JSON. Keys are parameters.
final class OperandSql {
    private OperandSql() {}

    static void value(SqlText sql, String alias, Operand operand) {
        if (operand.steps().isEmpty()) {
            sql.identifier(alias).sql(".").identifier(operand.column().name());
            return;
        }
        String type = operand.column().baseType();
        boolean json = type.equals("json") || type.equals("jsonb");
        path(new Start(sql, alias, json ? Conversion.NONE : Conversion.TO_JSONB), operand);
    }

    /// As something that can be compared: `json` has no equality, `jsonb` has.
    static void comparable(SqlText sql, String alias, Operand operand) {
        if (operand.steps().isEmpty() || operand.yieldsText()) {
            value(sql, alias, operand);
            return;
        }
        boolean jsonb = operand.column().baseType().equals("jsonb");
        path(new Start(sql, alias, jsonb ? Conversion.NONE : Conversion.TO_JSONB), operand);
    }

    private enum Conversion {
        NONE,
        TO_JSONB
    }

    private record Start(SqlText sql, String alias, Conversion conversion) {}

    private static void path(Start start, Operand operand) {
        SqlText sql = start.sql();
        boolean convert = start.conversion() == Conversion.TO_JSONB;
        sql.sql(convert ? "(to_jsonb(" : "(");
        sql.identifier(start.alias()).sql(".").identifier(operand.column().name());
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
