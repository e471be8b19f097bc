package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.Level.Col;
import dev.ashlar.backend.postgres.json.JsonKind;
import dev.ashlar.backend.postgres.json.JsonRows;
import dev.ashlar.backend.postgres.json.JsonShape;
import dev.ashlar.backend.postgres.json.JsonShape.Member;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Representation;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.plan.CastType;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.predicate.Operand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private static final CastType TEXT = CastType.of("text");

    enum Counted {
        YES,
        NO
    }

    /// How a column is selected.
    private enum Selected {
        /// Its text says all.
        AS_IT_IS,
        /// Nobody looks at the text, so that it has to be JSON whatever the column became since the
        /// catalog was read: of a `json` that costs nothing.
        CAST_TO_JSON,
        CAST_TO_JSONB,
        /// By the database.
        CONVERTED
    }

    private record Item(Member member, Selected selected) {
        static Item of(String name, JsonKind kind) {
            return new Item(new Member(name, kind), Selected.AS_IT_IS);
        }

        static Item converted(String name) {
            return new Item(new Member(name, JsonKind.JSON), Selected.CONVERTED);
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
        if (items.isEmpty() || !haveOwnNames(items)) {
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
                        form(rows),
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

    private static JsonRows.Form form(Rows rows) {
        return switch (rows) {
            case ANY -> JsonRows.Form.ARRAY;
            case ONE -> JsonRows.Form.OBJECT;
        };
    }

    private static boolean haveOwnNames(List<Item> items) {
        Set<String> names = new HashSet<>();
        return items.stream()
                .map(item -> item.member().name())
                .allMatch(name -> JsonShape.keeps(name) && names.add(name));
    }

    private static void select(SqlText sql, List<Item> items) {
        boolean first = true;
        for (Item item : items) {
            sql.sql(first ? "SELECT " : ", ");
            first = false;
            // A function of the same name for a type of a user's would come before the server's.
            sql.sql(item.selected() == Selected.CONVERTED ? "pg_catalog.to_json(_r." : "_r.");
            sql.identifier(item.member().name());
            sql.sql(
                    switch (item.selected()) {
                        case AS_IT_IS -> "";
                        case CAST_TO_JSON -> "::pg_catalog.json";
                        case CAST_TO_JSONB -> "::pg_catalog.jsonb";
                        case CONVERTED -> ")";
                    });
        }
    }

    private static List<Item> items(Level level) {
        List<Item> items = new ArrayList<>();
        for (Col column : level.columns()) {
            switch (column) {
                case Level.Star() ->
                        level.node().table().columns().values().stream()
                                .map(each -> plain(each.name(), each))
                                .forEach(items::add);
                case Level.Field(ReadNode.Value value) -> items.add(field(value));
                // Embeds are made as jsonb, unlike the columns of those that are spread.
                case Level.Nested(Level.Join join) ->
                        items.add(Item.of(join.embed().name(), JsonKind.JSON));
                case Level.Spread(_, String name) -> items.add(Item.converted(name));
                case Level.Own(ReadNode.AggregateValue value) ->
                        items.add(Item.converted(value.name()));
                case Level.SpreadAggregate(_, Level.Hoisted hoisted) ->
                        items.add(Item.converted(hoisted.value().name()));
            }
        }
        return items;
    }

    private static Item field(ReadNode.Value value) {
        Operand operand = value.operand();
        if (value.cast() != null) {
            return value.cast().equals(TEXT)
                    ? Item.of(value.name(), JsonKind.TEXT)
                    : Item.converted(value.name());
        }
        if (!operand.steps().isEmpty()) {
            return Item.of(value.name(), operand.yieldsText() ? JsonKind.TEXT : JsonKind.JSON);
        }
        boolean plain =
                operand.function() == null
                        && operand.aggregation() == null
                        && !isConverted(operand.column().representation());
        return plain ? plain(value.name(), operand.column()) : Item.converted(value.name());
    }

    private static boolean isConverted(@Nullable Representation representation) {
        return representation != null && representation.toJson() != null;
    }

    private static Item plain(String name, Column column) {
        return switch (column.baseType()) {
            case "json" -> new Item(new Member(name, JsonKind.JSON), Selected.CAST_TO_JSON);
            case "jsonb" -> new Item(new Member(name, JsonKind.JSON), Selected.CAST_TO_JSONB);
            case String type ->
                    JsonKind.find(type)
                            .map(kind -> Item.of(name, kind))
                            .orElseGet(() -> Item.converted(name));
        };
    }
}
