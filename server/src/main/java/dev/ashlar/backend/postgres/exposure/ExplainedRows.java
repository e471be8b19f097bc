package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.ExplainSession.As;
import dev.ashlar.backend.postgres.exposure.ExplainedTable.Column;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.policy.explanation.Asker;
import dev.ashlar.policy.explanation.PolicyQuestionException;
import dev.ashlar.policy.explanation.Question.Condition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rows that a question is about: those in the table, or a new one as it would come to be.
final class ExplainedRows {
    private final ExplainSession session;
    private final ExplainedTable table;
    private final ExplainReach reach;

    ExplainedRows(ExplainSession session, ExplainedTable table, ExplainReach reach) {
        this.session = session;
        this.table = table;
        this.reach = reach;
    }

    /// One more than may be answered for, so that it shows whether there are more.
    List<JsonObject> matching(List<Condition> conditions) throws SQLException {
        StringBuilder text = new StringBuilder("select pg_catalog.to_jsonb(explained_now) from ");
        text.append(ExplainSession.qualified(table.schema(), table.name()))
                .append(" explained_now where true");
        List<String> values = new ArrayList<>();
        for (Condition condition : conditions) {
            text.append(" and ").append(sql(condition, values));
        }
        text.append(" limit ").append(reach.mostRows() + 1);
        try {
            return session.rows(text.toString(), values).stream().map(RowValues::object).toList();
        } catch (SQLException e) {
            throw new PolicyQuestionException(
                    "The rows could not be read: "
                            + ExplainSession.message(e)
                            + ". Connect as the table's owner or as a role that policies do not hold.",
                    e);
        }
    }

    private String sql(Condition condition, List<String> values) {
        Column column =
                table.columns().stream()
                        .filter(each -> each.name().equals(condition.column()))
                        .findFirst()
                        .orElseThrow(() ->
                                new PolicyQuestionException(
                                        table.label() + " has no column " + condition.column()));
        String name = "explained_now." + ExplainSession.quoted(column.name());
        return switch (condition.operator()) {
            case IS_NULL -> name + " is null";
            case IS_NOT_NULL -> name + " is not null";
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                values.add(condition.value());
                yield name + sign(condition) + "cast(? as " + column.type() + ")";
            }
        };
    }

    private static String sign(Condition condition) {
        return switch (condition.operator()) {
            case EQUAL, IS_NULL, IS_NOT_NULL -> " = ";
            case NOT_EQUAL -> " <> ";
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " <= ";
            case GREATER -> " > ";
            case GREATER_OR_EQUAL -> " >= ";
        };
    }

    /// A new row with the defaults of the columns that it leaves out, as the caller would get them,
    /// and then with what is generated. Sequences are left alone.
    JsonObject completed(JsonObject given, Asker asker, List<String> remarks) throws SQLException {
        JsonObject row = given;
        for (boolean generated : new boolean[] {false, true}) {
            session.row(row);
            Map<String, JsonValue> members = new LinkedHashMap<>(row.members());
            for (Column column : table.columns()) {
                boolean left = !given.members().containsKey(column.name());
                if (column.generated() == generated && left && column.expression().isPresent()) {
                    value(column, asker, members, remarks);
                }
            }
            row = new JsonObject(members);
        }
        return row;
    }

    private void value(
            Column column, Asker asker, Map<String, JsonValue> members, List<String> remarks)
            throws SQLException {
        String expression = column.expression().orElseThrow();
        if (expression.contains("nextval(")) {
            return;
        }
        ExplainSession.Outcome outcome =
                session.evaluate(
                                table,
                                asker,
                                As.CALLER,
                                List.of(
                                        "pg_catalog.json_build_object('value', "
                                                + expression
                                                + ")"))
                        .getFirst();
        if (!outcome.error().isEmpty()) {
            remarks.add("The default of " + column.name() + " fails: " + outcome.error());
        }
        outcome.text()
                .map(RowValues::object)
                .flatMap(object -> object.find("value"))
                .ifPresent(value -> members.put(column.name(), value));
    }
}
