package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.json.JsonKind;
import dev.ashlar.backend.postgres.json.JsonRows;
import dev.ashlar.backend.postgres.json.JsonShape;
import dev.ashlar.backend.postgres.json.JsonShape.Member;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Column;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.predicate.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A write that is the whole statement: the rows it returns come as columns, for their JSON to be
/// written here, and where none are wanted the number in the command's tag says how many there
/// were. The same rows and bytes as of the statement that [PlanSql] writes.
///
/// @param returned what the columns become; null when only the number is wanted
record FlatWrite(SqlStatement statement, @Nullable FlatRead returned) {
    private static final String TARGET = WriteSql.TARGET;

    /// Empty for what only [PlanSql] can do: upserts, of which more is told; embeds, computed
    /// values, an order of what is returned; and other formats.
    static Optional<FlatWrite> find(Plan plan) {
        if (!isPlain(plan) || plan.answer().format() instanceof Format.Explained) {
            return Optional.empty();
        }
        if (plan.answer().returning() == Returning.NOTHING) {
            SqlText sql = new SqlText();
            WriteSql.write(sql, plan);
            return Optional.of(new FlatWrite(sql.build(), null));
        }
        boolean json =
                plan.answer().returning() == Returning.ROWS
                        && plan.answer().format() instanceof Format.Json(Rows rows, Nulls nulls)
                        && rows == Rows.ANY
                        && nulls == Nulls.KEPT;
        List<Value> values = json ? values(plan.node()) : List.of();
        return values.isEmpty() ? Optional.empty() : Optional.of(returning(plan, values));
    }

    private record Value(String name, Column column) {
        Optional<JsonKind> kind() {
            return JsonKind.find(column.baseType());
        }
    }

    private static FlatWrite returning(Plan plan, List<Value> values) {
        SqlText sql = new SqlText();
        WriteSql.write(sql, plan);
        List<Member> members = new ArrayList<>(values.size());
        for (Value value : values) {
            sql.sql(members.isEmpty() ? " RETURNING " : ", ");
            members.add(new Member(value.name(), value.kind().orElse(JsonKind.JSON)));
            column(sql, value);
        }
        SqlStatement statement = sql.build();
        return new FlatWrite(
                statement,
                new FlatRead(
                        statement,
                        JsonShape.of(members),
                        JsonRows.Form.ARRAY,
                        FlatRead.Counted.NO,
                        null));
    }

    /// What its text does not tell the database makes JSON; JSON is cast in case the column has
    /// changed since the catalog was read.
    private static void column(SqlText sql, Value value) {
        String name = value.column().name();
        if (value.kind().isEmpty()) {
            sql.sql("pg_catalog.to_json(").identifier(TARGET).sql(".").identifier(name).sql(")");
            return;
        }
        sql.identifier(TARGET).sql(".").identifier(name);
        switch (value.column().baseType()) {
            case "json" -> sql.sql("::pg_catalog.json");
            case "jsonb" -> sql.sql("::pg_catalog.jsonb");
            case String _ -> {}
        }
    }

    private static boolean isPlain(Plan plan) {
        return switch (plan) {
            case Plan.Insert insert -> insert.upsertion() == null && insert.rows().count() > 0;
            case Plan.Update update -> !update.columns().isEmpty();
            case Plan.Delete _ -> true;
            case Plan.Read _, Plan.Put _, Plan.Call _ -> false;
        };
    }

    /// Empty when there is anything else than columns under names of their own.
    private static List<Value> values(ReadNode node) {
        if (!node.embeds().isEmpty()
                || !node.order().isEmpty()
                || !node.grouping().equals(ReadNode.Grouping.NONE)) {
            return List.of();
        }
        List<Value> values = new ArrayList<>();
        for (ReadNode.Output output : node.outputs()) {
            switch (output) {
                case ReadNode.AllColumns() ->
                        node.table().columns().values().stream()
                                .map(column -> new Value(column.name(), column))
                                .forEach(values::add);
                case ReadNode.Value value when isColumn(value) ->
                        values.add(new Value(value.name(), value.operand().column()));
                case ReadNode.Value _, ReadNode.AggregateValue _, ReadNode.Related _ -> {
                    return List.of();
                }
            }
        }
        boolean plain = values.stream().allMatch(value -> value.column().representation() == null);
        return plain && haveOwnNames(values) ? values : List.of();
    }

    private static boolean isColumn(ReadNode.Value value) {
        Operand operand = value.operand();
        return value.cast() == null
                && operand.function() == null
                && operand.aggregation() == null
                && operand.steps().isEmpty();
    }

    private static boolean haveOwnNames(List<Value> values) {
        return values.stream().map(Value::name).distinct().count() == values.size()
                && values.stream().map(Value::name).allMatch(JsonShape::keeps);
    }
}
