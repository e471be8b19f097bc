package dev.ashlar.backend.postgres.policy;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.trial.PolicySuite.Name;
import dev.ashlar.policy.trial.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Writes the statements of policy tests. Names are quoted, values are parameters; rows go as one
/// JSON text, which the database casts to the columns' types as it does for the data API.
final class LabSql {
    private final StringBuilder text = new StringBuilder();
    private final List<String> parameters = new ArrayList<>();

    String text() {
        return text.toString();
    }

    List<String> parameters() {
        return parameters;
    }

    static LabSql given(Name table, JsonObject row) {
        LabSql sql = new LabSql().sql("insert into ").name(table);
        if (row.members().isEmpty()) {
            return sql.sql(" default values");
        }
        return sql.sql(" (")
                .columns("", row.members().keySet())
                .sql(") overriding system value select ")
                .columns("w.", row.members().keySet())
                .sql(" from ")
                .record(table, row);
    }

    static LabSql insert(Step.Insert step) {
        LabSql sql = new LabSql().sql("insert into ").name(step.on());
        if (step.row().members().isEmpty()) {
            return sql.sql(" default values");
        }
        return sql.sql(" (")
                .columns("", step.row().members().keySet())
                .sql(") select ")
                .columns("w.", step.row().members().keySet())
                .sql(" from ")
                .record(step.on(), step.row());
    }

    static LabSql update(Step.Update step) {
        LabSql sql = new LabSql().sql("update ").name(step.on()).sql(" t set ");
        String comma = "";
        for (String column : step.set().members().keySet()) {
            sql.text.append(comma);
            sql.identifier(column).sql(" = s.").identifier(column);
            comma = ", ";
        }
        sql.sql(" from ").record(step.on(), step.set(), "s");
        if (!step.where().members().isEmpty()) {
            sql.sql(", ").record(step.on(), step.where());
            sql.where(step.where());
        }
        return sql;
    }

    static LabSql delete(Step.Delete step) {
        LabSql sql = new LabSql().sql("delete from ").name(step.on()).sql(" t");
        if (!step.where().members().isEmpty()) {
            sql.sql(" using ").record(step.on(), step.where());
            sql.where(step.where());
        }
        return sql;
    }

    /// How many rows there are.
    static LabSql count(Name table, JsonObject where, List<String> columns) {
        LabSql sql = new LabSql().sql("select count(*) from ");
        if (columns.isEmpty()) {
            return sql.from(table, where);
        }
        return sql.sql("(select ")
                .columns("t.", columns)
                .sql(" from ")
                .from(table, where)
                .sql(") x");
    }

    /// The rows, as JSON texts.
    static LabSql rows(Name table, JsonObject where, Collection<String> columns, int most) {
        return new LabSql()
                .sql("select to_jsonb(x)::text from (select ")
                .columns("t.", columns)
                .sql(" from ")
                .from(table, where)
                .sql(" limit ")
                .value(Integer.toString(most))
                .sql("::bigint) x");
    }

    /// A row that is expected, written as the database writes rows.
    static LabSql expected(Name table, JsonObject row) {
        return new LabSql()
                .sql("select to_jsonb(x)::text from (select ")
                .columns("w.", row.members().keySet())
                .sql(" from ")
                .record(table, row)
                .sql(") x");
    }

    /// How many rows a function gives.
    static LabSql call(Step.Call step) {
        LabSql sql = new LabSql().sql("select count(*) from ");
        sql.name(step.on()).sql("(");
        String comma = "";
        for (var argument : step.arguments().members().entrySet()) {
            sql.text.append(comma);
            sql.identifier(argument.getKey()).sql(" => ");
            if (argument.getValue() == JsonNull.NULL) {
                sql.sql("null");
            } else {
                sql.value(plain(argument.getValue()));
            }
            comma = ", ";
        }
        return sql.sql(") x");
    }

    static LabSql drop(Facts.Relation relation, Policy policy) {
        return new LabSql()
                .sql("drop policy ")
                .identifier(policy.name())
                .sql(" on ")
                .name(new Name(relation.schema(), relation.name()));
    }

    /// The conditions are what PostgreSQL wrote into its catalog, or made from it by a mutation.
    static LabSql create(Facts.Relation relation, Policy policy) {
        LabSql sql =
                new LabSql()
                        .sql("create policy ")
                        .identifier(policy.name())
                        .sql(" on ")
                        .name(new Name(relation.schema(), relation.name()));
        if (!policy.permissive()) {
            sql.sql(" as restrictive");
        }
        sql.sql(" for ");
        sql.text.append(policy.command().name());
        sql.sql(" to ");
        String comma = "";
        for (String role : policy.roles()) {
            sql.text.append(comma);
            if (role.equals(Facts.PUBLIC)) {
                sql.sql("public");
            } else {
                sql.identifier(role);
            }
            comma = ", ";
        }
        policy.using()
                .ifPresent(condition -> sql.text.append(" using (").append(condition).append(')'));
        policy.check()
                .ifPresent(condition ->
                        sql.text.append(" with check (").append(condition).append(')'));
        return sql;
    }

    private LabSql from(Name table, JsonObject where) {
        name(table).sql(" t");
        if (!where.members().isEmpty()) {
            sql(", ").record(table, where);
            where(where);
        }
        return this;
    }

    private void where(JsonObject where) {
        String and = " where ";
        for (String column : where.members().keySet()) {
            text.append(and);
            sql("t.").identifier(column).sql(" is not distinct from w.").identifier(column);
            and = " and ";
        }
    }

    private LabSql record(Name table, JsonObject row) {
        return record(table, row, "w");
    }

    private LabSql record(Name table, JsonObject row, String alias) {
        sql("pg_catalog.json_populate_record(null::").name(table).sql(", ");
        value(Json.write(row)).sql("::pg_catalog.json) ");
        return identifier(alias);
    }

    private LabSql columns(@CompileTimeConstant final String prefix, Collection<String> columns) {
        String comma = "";
        for (String column : columns) {
            text.append(comma).append(prefix);
            identifier(column);
            comma = ", ";
        }
        return this;
    }

    /// As text for an argument of whatever type: lists as arrays, objects as JSON.
    private static String plain(JsonValue value) {
        return switch (value) {
            case JsonString string -> string.text();
            case JsonNumber number -> number.plain();
            case JsonArray array -> {
                List<String> elements = new ArrayList<>();
                for (JsonValue element : array.elements()) {
                    String each = plain(element).replace("\\", "\\\\").replace("\"", "\\\"");
                    elements.add(element == JsonNull.NULL ? "NULL" : '"' + each + '"');
                }
                yield "{" + String.join(",", elements) + "}";
            }
            default -> Json.write(value);
        };
    }

    private LabSql sql(@CompileTimeConstant final String constant) {
        text.append(constant);
        return this;
    }

    private LabSql name(Name name) {
        return identifier(name.schema()).sql(".").identifier(name.name());
    }

    private LabSql identifier(String name) {
        text.append('"').append(name.replace("\"", "\"\"").replace("\0", "")).append('"');
        return this;
    }

    private LabSql value(String value) {
        text.append('?');
        parameters.add(value);
        return this;
    }
}
