package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.Level.Col;
import dev.ashlar.backend.postgres.Level.Join;
import dev.ashlar.backend.postgres.TreeRow.Part;
import dev.ashlar.backend.postgres.ValueForm.Sent;
import dev.ashlar.backend.postgres.ValueForm.Target;
import dev.ashlar.backend.postgres.json.JsonShape;
import dev.ashlar.backend.postgres.json.TreeShape;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Relationship.Computed;
import dev.ashlar.catalog.Relationship.Direct;
import dev.ashlar.catalog.Relationship.Pair;
import dev.ashlar.catalog.Relationship.ThroughJunction;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.plan.ReadNode.Distinct;
import dev.ashlar.plan.ReadNode.Value;
import dev.ashlar.predicate.Operand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lays out the levels of a read as rows of a [TreeRead].
final class TreePlan {
    private final Sent sent;

    /// Levels are numbered as [TreeShape] numbers them: one before those inside it.
    private int levels = 1;

    private TreePlan(Sent sent) {
        this.sent = sent;
    }

    /// What is selected under a name: a value, or the rows of a join.
    private record Item(String name, @Nullable Value value, @Nullable Join join) {}

    /// Numbers the columns of one SELECT.
    private static final class Columns {
        private int next;

        int next() {
            return next++;
        }
    }

    static Sent sent(Level level) {
        return hasArrays(level) ? Sent.AS_TEXT : Sent.AS_IT_IS;
    }

    static TreeRow of(Level level) {
        return new TreePlan(sent(level)).row(level, Target.JSON, new Columns());
    }

    private static boolean hasArrays(Level level) {
        return level.columns().stream()
                .anyMatch(column ->
                        column instanceof Level.Nested(Join join)
                                && (!join.embed().toOne() || hasArrays(join.level())));
    }

    /// Whether there are embeds, and all levels are of a simple kind.
    static boolean suits(Level level) {
        return level.columns().stream().anyMatch(Level.Nested.class::isInstance) && isSimple(level);
    }

    private static boolean isSimple(Level level) {
        ReadNode node = level.node();
        return !level.isGrouped()
                && node.grouping().distinct() == Distinct.NO
                && level.columns().stream().allMatch(TreePlan::isSimple)
                && JsonShape.keepsAll(level.names())
                && areSimple(level, level.joins());
    }

    private static boolean isSimple(Col column) {
        return switch (column) {
            case Level.Star _, Level.Field _, Level.Nested _ -> true;
            case Level.Own _, Level.Spread _, Level.SpreadAggregate _ -> false;
        };
    }

    private static boolean areSimple(Level outer, List<Join> joins) {
        for (int i = 0; i < joins.size(); i++) {
            Join join = joins.get(i);
            // Of rows that come later nobody can know yet whether there are any.
            boolean asked =
                    join.embed().join() == SelectItem.Join.INNER
                            || PredicateSql.asks(outer.node().where(), i);
            if (join.isSpread()
                    || join.embed().relationship() instanceof Computed
                    || (asked && !join.embed().toOne())
                    || !isSimple(join.level())) {
                return false;
            }
        }
        return true;
    }

    private TreeRow row(Level level, Target target, Columns columns) {
        List<Item> items = items(level);
        if (target == Target.JSONB) {
            items.sort(Comparator.comparing(Item::name, TreeShape.JSONB_ORDER));
        }
        List<Part> parts = new ArrayList<>();
        for (Item item : items) {
            parts.add(part(item, target, columns));
        }
        return new TreeRow(parts);
    }

    private static List<Item> items(Level level) {
        List<Item> items = new ArrayList<>();
        for (Col column : level.columns()) {
            switch (column) {
                case Level.Star() -> {
                    for (Column each : level.node().table().columns().values()) {
                        Value value = new Value(Operand.of(each), each.name(), null);
                        items.add(new Item(each.name(), value, null));
                    }
                }
                case Level.Field(Value value) -> items.add(new Item(value.name(), value, null));
                case Level.Nested(Join join) ->
                        items.add(new Item(join.embed().name(), null, join));
                case Level.Own _, Level.Spread _, Level.SpreadAggregate _ ->
                        throw new IllegalStateException("a level that is not simple");
            }
        }
        return items;
    }

    private Part part(Item item, Target target, Columns columns) {
        if (item.value() != null) {
            ValueForm form = ValueForm.of(item.value(), target, sent);
            return new TreeRow.Field(item.name(), columns.next(), item.value(), form);
        }
        Join join = item.join();
        if (join == null) {
            throw new IllegalStateException("neither a value nor a join");
        }
        if (join.embed().toOne()) {
            int present = columns.next();
            TreeRow row = row(join.level(), Target.JSONB, columns);
            return new TreeRow.One(item.name(), present, join, row);
        }
        int number = levels++;
        Map<String, Integer> origins = new HashMap<>();
        for (Pair pair : pairs(join.embed().relationship())) {
            origins.computeIfAbsent(pair.originColumn(), _ -> columns.next());
        }
        TreeRow row = row(join.level(), Target.JSONB, new Columns());
        return new TreeRow.Many(item.name(), number, origins, join, row);
    }

    private static List<Pair> pairs(Relationship relationship) {
        return switch (relationship) {
            case Direct direct -> direct.pairs();
            case ThroughJunction through -> through.originPairs();
            case Computed _ -> throw new IllegalStateException("a level that is not simple");
        };
    }
}
