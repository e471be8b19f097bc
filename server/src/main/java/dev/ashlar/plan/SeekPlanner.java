package dev.ashlar.plan;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Key;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Order;
import dev.ashlar.intent.Order.Direction;
import dev.ashlar.intent.Order.Nulls;
import dev.ashlar.intent.PageCursor;
import dev.ashlar.plan.Plan.Seek;
import dev.ashlar.plan.ReadNode.Sort;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import dev.ashlar.predicate.Predicate.Comparison;
import dev.ashlar.predicate.Predicate.Truth;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Plans reads that go on behind a row ("seek method"): the order is made total by the primary key,
/// and a condition on its keys takes the place of an offset.
final class SeekPlanner {
    private SeekPlanner() {}

    /// The order with the columns of the primary key that it lacks.
    static List<Order> totalOrder(List<Order> order, List<Column> primaryKey, Key key) {
        List<Order> total = new ArrayList<>(order);
        for (Order given : order) {
            if (given.embed() != null || given.aggregate() != null) {
                throw refused("sort keys of the table itself");
            }
        }
        if (primaryKey.isEmpty()) {
            throw refused("a table with a primary key");
        }
        for (String column : key.columns()) {
            FieldPath path = FieldPath.of(column);
            if (order.stream().noneMatch(given -> path.equals(given.field()))) {
                total.add(new Order(null, path, Direction.ASCENDING, Nulls.DEFAULT));
            }
        }
        return total;
    }

    static Plan.Read plan(ReadNode node, Plan.Read read, PageCursor cursor) {
        if (node.isGrouped() || node.grouping().distinct() == ReadNode.Distinct.YES) {
            throw refused("rows, not groups of them");
        }
        List<String> keys = node.order().stream().map(SeekPlanner::name).toList();
        if (!cursor.isFirst() && !cursor.keys().equals(keys)) {
            throw refused("the order that the cursor was made with");
        }
        Predicate after =
                cursor.isFirst() ? Predicate.always() : after(node.order(), cursor.after());
        return new Plan.Read(node, read.answer(), new Seek(after, keys), read.exactUpTo());
    }

    private static ProblemException refused(String needed) {
        return new ProblemException(new RequestProblem.CursorUnusable(needed));
    }

    /// Such as `name.desc.last`.
    private static String name(Sort key) {
        StringBuilder name = new StringBuilder(key.operand().column().name());
        for (Operand.Step step : key.operand().steps()) {
            name.append(step.text() ? "->>" : "->");
            switch (step) {
                case Operand.Key(String member, _) -> name.append(member);
                case Operand.Index(int index, _) -> name.append(index);
            }
        }
        return name.append('.')
                .append(key.direction().name().toLowerCase(Locale.ROOT))
                .append(nullsLast(key) ? ".last" : ".first")
                .toString();
    }

    private static boolean nullsLast(Sort key) {
        return switch (key.nulls()) {
            case FIRST -> false;
            case LAST -> true;
            case DEFAULT -> key.direction() == Direction.ASCENDING;
        };
    }

    /// Equal in the keys before and beyond in one, for each key.
    private static Predicate after(List<Sort> order, List<@Nullable String> values) {
        List<Predicate> ways = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            List<Predicate> way = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                way.add(equal(order.get(j).operand(), values.get(j)));
            }
            Predicate beyond = beyond(order.get(i), values.get(i));
            if (beyond != null) {
                way.add(beyond);
                ways.add(new Predicate.And(way));
            }
        }
        return new Predicate.Or(ways);
    }

    private static Predicate equal(Operand operand, @Nullable String value) {
        return value == null
                ? new Predicate.Is(operand, Truth.NULL)
                : new Predicate.Compare(operand, Comparison.EQUAL, value);
    }

    /// Null when nothing is beyond.
    private static @Nullable Predicate beyond(Sort key, @Nullable String value) {
        Operand operand = key.operand();
        if (value == null) {
            return nullsLast(key) ? null : new Predicate.Is(operand, Truth.NOT_NULL);
        }
        Predicate further =
                new Predicate.Compare(
                        operand,
                        key.direction() == Direction.ASCENDING
                                ? Comparison.GREATER
                                : Comparison.LESS,
                        value);
        return nullsLast(key)
                ? new Predicate.Or(List.of(further, new Predicate.Is(operand, Truth.NULL)))
                : further;
    }
}
