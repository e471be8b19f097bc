package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.ValueForm.Sent;
import dev.ashlar.backend.postgres.ValueForm.Target;
import dev.ashlar.backend.postgres.json.JsonRows;
import dev.ashlar.backend.postgres.json.JsonShape;
import dev.ashlar.backend.postgres.json.JsonShape.Member;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.plan.ReadNode.Value;
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

    private static FlatWrite returning(Plan plan, List<Value> values) {
        SqlText sql = new SqlText();
        WriteSql.write(sql, plan);
        List<Member> members = new ArrayList<>(values.size());
        for (Value value : values) {
            sql.sql(members.isEmpty() ? " RETURNING " : ", ");
            ValueForm form = ValueForm.of(value, Target.JSON, Sent.AS_IT_IS);
            members.add(new Member(value.name(), form.kind()));
            String column = value.operand().column().name();
            form.write(
                    sql, Sent.AS_IT_IS, () -> sql.identifier(TARGET).sql(".").identifier(column));
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
                                .map(each -> new Value(Operand.of(each), each.name(), null))
                                .forEach(values::add);
                case Value value when isColumn(value) -> values.add(value);
                case Value _, ReadNode.AggregateValue _, ReadNode.Related _ -> {
                    return List.of();
                }
            }
        }
        boolean plain =
                values.stream()
                        .allMatch(value -> value.operand().column().representation() == null);
        return plain && JsonShape.keepsAll(values.stream().map(Value::name).toList())
                ? values
                : List.of();
    }

    private static boolean isColumn(Value value) {
        return value.cast() == null && value.operand().isColumn();
    }
}
