package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.Level.Col;
import dev.ashlar.backend.postgres.ValueForm.Sent;
import dev.ashlar.backend.postgres.ValueForm.Target;
import dev.ashlar.backend.postgres.json.JsonRows;
import dev.ashlar.backend.postgres.json.JsonShape;
import dev.ashlar.backend.postgres.json.JsonShape.Member;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.intent.Answer.Count;
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

/// A read whose rows come as they are, each column by itself, for their JSON to be written here:
/// the same rows and bytes as of the statement that [PlanSql] writes. Of what a type's text does
/// not tell (arrays, composites, enumerations, types of users and of extensions) the database makes
/// JSON, column by column.
///
/// @param shape what the columns become
/// @param counted whether a column behind them tells how many rows there are on all pages
/// @param keyed the key of the one row that is read, if there is one and nothing else
record FlatRead(
        SqlStatement statement,
        JsonShape shape,
        JsonRows.Form form,
        Counted counted,
        @Nullable KeyedRead keyed)
        implements RowsRead {
    enum Counted {
        YES,
        NO
    }

    private record Item(String name, ValueForm form) {
        Member member() {
            return new Member(name, form.kind());
        }
    }

    /// Empty for what only [PlanSql] can do: other formats, pages by cursor, and names of which the
    /// database would have to say what they become.
    static Optional<FlatRead> find(Plan.Read read) {
        if (read.seek() != null
                || !(read.answer().format() instanceof Format.Json(Rows rows, Nulls nulls))
                || nulls == Nulls.STRIPPED) {
            return Optional.empty();
        }
        SqlText sql = new SqlText();
        NodeSql nodes = new NodeSql(sql);
        ReadNode node = read.node();
        Level level = nodes.outermost(node, RowAlias.Form.TYPED);
        List<Item> items = items(level);
        if (items.isEmpty() || !JsonShape.keepsAll(items.stream().map(Item::name).toList())) {
            return Optional.empty();
        }
        select(sql, items);
        Counted counted = total(sql, read, nodes);
        sql.sql(" FROM (");
        nodes.select(level, NodeSql.table(node.table().name()));
        sql.sql(") AS _r");
        List<Member> members = items.stream().map(Item::member).toList();
        SqlStatement statement = sql.build();
        return Optional.of(
                new FlatRead(
                        statement,
                        JsonShape.of(members),
                        RowsRead.form(rows),
                        counted,
                        KeyedRead.ofOne(read, statement)));
    }

    @Override
    public FlatRead with(SqlStatement other, Plan.Read plan) {
        return new FlatRead(other, shape, form, counted, KeyedRead.ofOne(plan, other));
    }

    @Override
    public BodyRows rows(ReadStatements statements, long largestAnswer) {
        return new FlatRows(this, statements, largestAnswer);
    }

    /// The same in each row; the database counts once.
    private static Counted total(SqlText sql, Plan.Read read, NodeSql nodes) {
        Count count = read.answer().count();
        if (count == Count.EXACT && !read.node().page().isAll()) {
            sql.sql(", ");
            PlanSql.counted(sql, read.node(), nodes);
        } else if (count == Count.ESTIMATED) {
            sql.sql(", ");
            PlanSql.countedUpTo(sql, read.node(), nodes, read.exactUpTo());
        } else {
            return Counted.NO;
        }
        return Counted.YES;
    }

    private static void select(SqlText sql, List<Item> items) {
        boolean first = true;
        for (Item item : items) {
            sql.sql(first ? "SELECT " : ", ");
            first = false;
            item.form().write(sql, Sent.AS_IT_IS, () -> sql.sql("_r.").identifier(item.name()));
        }
    }

    private static List<Item> items(Level level) {
        List<Item> items = new ArrayList<>();
        for (Col column : level.columns()) {
            switch (column) {
                case Level.Star() ->
                        level.node().table().columns().values().stream()
                                .map(each -> new Value(Operand.of(each), each.name(), null))
                                .map(FlatRead::item)
                                .forEach(items::add);
                case Level.Field(Value value) -> items.add(item(value));
                // Embeds are made as jsonb, unlike the columns of those that are spread.
                case Level.Nested(Level.Join join) ->
                        items.add(new Item(join.embed().name(), ValueForm.MADE));
                case Level.Spread(_, String name) -> items.add(converted(name));
                case Level.Own(ReadNode.AggregateValue value) -> items.add(converted(value.name()));
                case Level.SpreadAggregate(_, Level.Hoisted hoisted) ->
                        items.add(converted(hoisted.value().name()));
            }
        }
        return items;
    }

    private static Item item(Value value) {
        return new Item(value.name(), ValueForm.of(value, Target.JSON, Sent.AS_IT_IS));
    }

    private static Item converted(String name) {
        return new Item(name, ValueForm.converted(Target.JSON));
    }
}
