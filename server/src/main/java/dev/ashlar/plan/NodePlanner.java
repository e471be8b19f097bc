package dev.ashlar.plan;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Table;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Order;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.intent.SelectItem.Placement;
import dev.ashlar.plan.ReadNode.Output;
import dev.ashlar.plan.ReadNode.Sort;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans one level of a read and, by recursion, the levels embedded in it.
final class NodePlanner {
    private final Catalog catalog;
    private final long maxRows;
    private final RelationshipFinder relationships;
    private final Operands operands;

    NodePlanner(Catalog catalog, Role role, long maxRows) {
        this.catalog = catalog;
        this.maxRows = maxRows;
        this.relationships = new RelationshipFinder(catalog, role);
        this.operands = new Operands(role);
    }

    /// Rows of the table as the query wants them.
    ReadNode read(Table table, Query query) {
        return node(table, query, query.page().atMost(maxRows));
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

    private ReadNode node(Table table, Query query, Page page) {
        List<Embed> embeds = new ArrayList<>();
        List<Output> outputs = new ArrayList<>();
        for (SelectItem item : query.select()) {
            outputs.add(output(table, item, embeds));
        }
        PredicatePlanner predicates = new PredicatePlanner(table, embeds, operands);
        List<Sort> order = new ArrayList<>();
        for (Order key : query.order()) {
            order.add(sort(table, embeds, predicates, key));
        }
        return new ReadNode(
                table,
                List.copyOf(outputs),
                List.copyOf(embeds),
                predicates.plan(query.filter()),
                List.copyOf(order),
                page);
    }

    private Output output(Table table, SelectItem item, List<Embed> embeds) {
        return switch (item) {
            case SelectItem.All() -> new ReadNode.AllColumns();
            case SelectItem.Field(var path, var alias, var cast) ->
                    new ReadNode.Value(
                            operands.resolve(table, path),
                            alias == null ? path.outputName() : alias,
                            cast == null ? null : castType(cast));
            case SelectItem.Embed embed -> {
                embeds.add(embed(table, embed));
                yield new ReadNode.Related(embeds.size() - 1);
            }
        };
    }

    private static CastType castType(String text) {
        if (!CastType.isWellFormed(text)) {
            throw new ProblemException(
                    new RequestProblem.Malformed("select", text, 0, "a type name after \"::\""));
        }
        return CastType.of(text);
    }

    private Embed embed(Table origin, SelectItem.Embed asked) {
        Relationship relationship = relationships.require(origin, asked.relation(), asked.hint());
        boolean spread = asked.placement() == Placement.SPREAD;
        if (spread && !relationship.cardinality().toOne()) {
            throw new ProblemException(
                    new RequestProblem.SpreadNotToOne(origin.name().name(), asked.relation()));
        }
        Table target = catalog.findTable(relationship.target()).orElseThrow();
        return new Embed(
                asked.name(),
                relationship,
                asked.join(),
                asked.placement(),
                read(target, asked.query()));
    }

    private Sort sort(Table table, List<Embed> embeds, PredicatePlanner predicates, Order key) {
        if (key.embed() == null) {
            return new Sort(
                    null, operands.resolve(table, key.field()), key.direction(), key.nulls());
        }
        Integer index = predicates.findEmbed(key.embed());
        if (index == null) {
            throw new ProblemException(new RequestProblem.EmbedNotSelected(key.embed()));
        }
        Embed embed = embeds.get(index);
        if (!embed.toOne()) {
            throw new ProblemException(
                    new RequestProblem.OrderNotToOne(table.name().name(), key.embed()));
        }
        return sortByRelated(index, embed, key);
    }

    private Sort sortByRelated(@Nullable Integer index, Embed embed, Order key) {
        Operand operand = operands.resolve(embed.node().table(), key.field());
        return new Sort(index, operand, key.direction(), key.nulls());
    }
}
