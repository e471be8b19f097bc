package dev.ashlar.plan;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Table;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.Aggregate;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Order;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.intent.SelectItem.Placement;
import dev.ashlar.plan.PlanRules.Aggregates;
import dev.ashlar.plan.ReadNode.AggregateValue;
import dev.ashlar.plan.ReadNode.Distinct;
import dev.ashlar.plan.ReadNode.Grouping;
import dev.ashlar.plan.ReadNode.Output;
import dev.ashlar.plan.ReadNode.Sort;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Operand.Aggregation.Function;
import dev.ashlar.predicate.Predicate;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Plans one level of a read and, by recursion, the levels embedded in it.
final class NodePlanner {
    /// Before there were aggregates, a column of this name counted rows, and clients still write
    /// it.
    static final String COUNT = "count";

    /// PostgreSQL takes 1,664 in a list of columns, some of which are ours.
    private static final int MAX_COLUMNS = 1_600;

    private final Catalog catalog;
    private final Role role;
    private final PlanRules rules;
    private final RelationshipFinder relationships;
    private final int depth;
    private final Operands operands;

    NodePlanner(Catalog catalog, Role role, PlanRules rules) {
        this(catalog, role, rules, 0);
    }

    private NodePlanner(Catalog catalog, Role role, PlanRules rules, int depth) {
        this.catalog = catalog;
        this.role = role;
        this.rules = rules;
        this.relationships = new RelationshipFinder(catalog, role);
        this.depth = depth;
        this.operands = new Operands(role, depth);
    }

    private NodePlanner inside() {
        return new NodePlanner(catalog, role, rules, depth + 1);
    }

    /// Rows of the table as the query wants them.
    ReadNode read(Table table, Query query) {
        Long most = rules.maxRows();
        return node(table, query, most == null ? query.page() : query.page().atMost(most));
    }

    /// Rows that a write or a call already chose: the filter and page were used there.
    ReadNode returned(Table table, Query query) {
        Query rest = new Query(query.select(), Filter.NONE, query.order(), Page.ALL);
        return node(table, rest, Page.ALL);
    }

    /// A condition on the table's own columns.
    Predicate condition(Table table, Filter filter) {
        return new PredicatePlanner(table, List.of(), operands).plan(filter);
    }

    /// The order of the table's own rows, without any related ones.
    List<Sort> order(Table table, List<Order> order) {
        PredicatePlanner predicates = new PredicatePlanner(table, List.of(), operands);
        return order.stream().map(key -> sort(table, List.of(), predicates, key)).toList();
    }

    private ReadNode node(Table table, Query query, Page page) {
        List<Embed> embeds = new ArrayList<>();
        List<Output> outputs = outputs(table, query.select(), embeds);
        PredicatePlanner predicates = new PredicatePlanner(table, embeds, operands);
        List<Sort> order = new ArrayList<>();
        for (Order key : query.order()) {
            order.add(sort(table, outputs, predicates, key));
        }
        return new ReadNode(
                table,
                outputs,
                List.copyOf(embeds),
                predicates.plan(query.filter()),
                grouping(query, predicates),
                List.copyOf(order),
                page);
    }

    private Grouping grouping(Query query, PredicatePlanner predicates) {
        Predicate having = predicates.plan(query.having());
        if (!having.isTrue()) {
            requireAggregates();
        }
        return new Grouping(
                having, query.distinct() == Query.Distinct.YES ? Distinct.YES : Distinct.NO);
    }

    /// Embeds come after the table's own values, wherever `select` has them: clients know the rows
    /// in this order.
    private List<Output> outputs(Table table, List<SelectItem> select, List<Embed> embeds) {
        List<Output> own = new ArrayList<>();
        List<Output> related = new ArrayList<>();
        for (SelectItem item : select) {
            switch (item) {
                case SelectItem.All() -> own.add(new ReadNode.AllColumns());
                case SelectItem.Field field -> own.add(value(table, field));
                case SelectItem.Aggregated aggregated -> own.add(aggregate(table, aggregated));
                case SelectItem.Embed embed -> {
                    embeds.add(embed(table, embed));
                    related.add(new ReadNode.Related(embeds.size() - 1));
                }
            }
        }
        own.addAll(related);
        requireRoom(width(table, own, embeds));
        return List.copyOf(own);
    }

    private static void requireRoom(int columns) {
        if (columns > MAX_COLUMNS) {
            throw new ProblemException(
                    new RequestProblem.Malformed(
                            "select parameter", "*", 0, "at most " + MAX_COLUMNS + " columns"));
        }
    }

    /// How many columns a level has, those that are spread into it included.
    private static int width(Table table, List<Output> outputs, List<Embed> embeds) {
        int width = 0;
        for (Output output : outputs) {
            if (output instanceof ReadNode.AllColumns) {
                width += table.columns().size();
            } else if (output instanceof ReadNode.Related(int index)
                    && embeds.get(index).placement() == Placement.SPREAD) {
                ReadNode node = embeds.get(index).node();
                width += width(node.table(), node.outputs(), node.embeds());
            } else {
                width++;
            }
        }
        return width;
    }

    private Output value(Table table, SelectItem.Field field) {
        FieldPath path = field.path();
        CastType cast = field.cast() == null ? null : castType(field.cast());
        String name = field.alias() == null ? path.outputName() : field.alias();
        if (path.equals(FieldPath.of(COUNT)) && !operands.knows(table, COUNT)) {
            return new AggregateValue(Function.COUNT, null, name, null, cast);
        }
        return new ReadNode.Value(operands.resolve(table, path), name, cast);
    }

    private Output aggregate(Table table, SelectItem.Aggregated asked) {
        requireAggregates();
        Aggregate function = asked.function();
        return new AggregateValue(
                Function.valueOf(function.name()),
                asked.path() == null ? null : operands.resolve(table, asked.path()),
                asked.alias() == null ? function.name().toLowerCase(Locale.ROOT) : asked.alias(),
                asked.inputCast() == null ? null : castType(asked.inputCast()),
                asked.outputCast() == null ? null : castType(asked.outputCast()));
    }

    private void requireAggregates() {
        if (rules.aggregates() == Aggregates.REFUSED) {
            throw new ProblemException(new RequestProblem.AggregatesDisabled());
        }
    }

    private static CastType castType(String text) {
        if (!CastType.isWellFormed(text)) {
            throw new ProblemException(
                    new RequestProblem.Malformed(
                            "select parameter", text, 0, "a type name after \"::\""));
        }
        return CastType.of(text);
    }

    private Embed embed(Table origin, SelectItem.Embed asked) {
        Relationship relationship = relationships.require(origin, asked.relation(), asked.hint());
        Table target = catalog.findTable(relationship.target()).orElseThrow();
        NodePlanner inside = inside();
        // One row needs no bound, and without one the database can join instead of looping.
        ReadNode node =
                relationship.cardinality().toOne()
                        ? inside.node(target, asked.query(), asked.query().page())
                        : inside.read(target, asked.query());
        Embed embed = new Embed(asked.name(), relationship, asked.join(), asked.placement(), node);
        boolean spreadMany = asked.placement() == Placement.SPREAD && !embed.toOne();
        if (spreadMany && embed.node().isGrouped()) {
            throw new ProblemException(new RequestProblem.SpreadAggregateUnsupported());
        }
        return embed;
    }

    private Sort sort(Table table, List<Output> outputs, PredicatePlanner predicates, Order key) {
        if (key.aggregate() != null) {
            requireAggregates();
            return own(operands.resolve(table, key.aggregate(), key.field()), key);
        }
        if (key.field() == null) {
            throw new IllegalArgumentException("a sort key without a field counts rows");
        }
        if (key.embed() != null) {
            return related(table, predicates, key.embed(), key.field(), key);
        }
        Operand output = findAggregate(table, outputs, key.field());
        return own(output == null ? operands.resolve(table, key.field()) : output, key);
    }

    private static Sort own(Operand operand, Order key) {
        return new Sort(null, operand, key.direction(), key.nulls());
    }

    /// The selected aggregate of that name, unless the table has such a column.
    private @Nullable Operand findAggregate(Table table, List<Output> outputs, FieldPath field) {
        if (!field.steps().isEmpty() || operands.knows(table, field.column())) {
            return null;
        }
        for (Output output : outputs) {
            if (output instanceof AggregateValue value
                    && value.name().equals(field.column())
                    && value.inputCast() == null) {
                return operands.aggregated(value);
            }
        }
        return null;
    }

    private Sort related(
            Table table, PredicatePlanner predicates, String name, FieldPath field, Order key) {
        Integer index = predicates.findEmbed(name);
        if (index == null) {
            throw new ProblemException(new RequestProblem.EmbedNotSelected(name));
        }
        Embed embed = predicates.embed(index);
        if (!embed.toOne()) {
            throw new ProblemException(new RequestProblem.OrderNotToOne(table.name().name(), name));
        }
        Operand operand = inside().operands.resolve(embed.node().table(), field);
        return new Sort(index, operand, key.direction(), key.nulls());
    }
}
