package dev.ashlar.backend.postgres;

import dev.ashlar.plan.Embed;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.plan.ReadNode.Grouping;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A read without the values that it compares with: reads of one shape are the same statement, with
/// other parameters.
///
/// Tables and columns count as the same only when they are of the same catalog.
final class ReadShape {
    private final List<Object> parts = new ArrayList<>(24);
    private final List<String> values = new ArrayList<>(4);
    private int hash = 1;

    /// What begins a part of a plan, so that two plans of the same parts are built alike.
    private enum Mark {
        ALL_COLUMNS,
        AND,
        OR,
        NOT,
        IN,
        IS,
        NONE
    }

    /// A record or a name, which is compared by what is in it.
    private record ByValue(Object value) {}

    private ReadShape() {}

    /// Empty for reads with something that is not looked at here.
    static Optional<ReadShape> find(Plan.Read read) {
        ReadShape shape = new ReadShape();
        if (read.seek() != null || !shape.add(read.node())) {
            return Optional.empty();
        }
        shape.addValue(read.answer());
        shape.addValue(read.exactUpTo());
        return Optional.of(shape);
    }

    /// The values that are compared with, in the order of [#withValues].
    List<String> values() {
        return values;
    }

    private void add(Object identity) {
        parts.add(identity);
        hash = 31 * hash + System.identityHashCode(identity);
    }

    private void addValue(Object value) {
        parts.add(new ByValue(value));
        hash = 31 * hash + value.hashCode();
    }

    private boolean add(ReadNode node) {
        add(node.table());
        addValue(node.outputs().size());
        for (ReadNode.Output output : node.outputs()) {
            if (!add(output)) {
                return false;
            }
        }
        addValue(node.embeds().size());
        for (Embed embed : node.embeds()) {
            addValue(embed.name());
            addValue(embed.relationship());
            add(embed.join());
            add(embed.placement());
            if (!add(embed.node())) {
                return false;
            }
        }
        return node.grouping().equals(Grouping.NONE) && add(node.where()) && addOrder(node);
    }

    private boolean addOrder(ReadNode node) {
        addValue(node.page());
        addValue(node.order().size());
        for (ReadNode.Sort key : node.order()) {
            addValue(key.embed() == null ? -1 : key.embed());
            add(key.direction());
            add(key.nulls());
            if (!add(key.operand())) {
                return false;
            }
        }
        return true;
    }

    private boolean add(ReadNode.Output output) {
        switch (output) {
            case ReadNode.AllColumns() -> add(Mark.ALL_COLUMNS);
            case ReadNode.Related related -> addValue(related);
            case ReadNode.Value value -> {
                addValue(value.name());
                if (value.cast() == null) {
                    add(Mark.NONE);
                } else {
                    addValue(value.cast());
                }
                return add(value.operand());
            }
            case ReadNode.AggregateValue _ -> {
                return false;
            }
        }
        return true;
    }

    private boolean add(Operand operand) {
        add(operand.column());
        addValue(operand.steps());
        return operand.function() == null && operand.aggregation() == null;
    }

    private boolean add(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And(var all) -> add(Mark.AND, all);
            case Predicate.Or(var any) -> add(Mark.OR, any);
            case Predicate.Not(var part) -> add(Mark.NOT, List.of(part));
            case Predicate.Compare(var operand, var comparison, var value) -> {
                add(comparison);
                values.add(value);
                yield !PredicateSql.isPattern(comparison) && add(operand);
            }
            case Predicate.In(var operand, var listed) -> {
                add(Mark.IN);
                addValue(listed.size());
                values.addAll(listed);
                yield listed.size() <= PredicateSql.MOST_LISTED && add(operand);
            }
            case Predicate.Is(var operand, var truth) -> {
                add(Mark.IS);
                add(truth);
                yield add(operand);
            }
            case Predicate.CompareEach _, Predicate.FullText _, Predicate.EmbedPresent _ -> false;
        };
    }

    private boolean add(Mark mark, List<Predicate> predicates) {
        add(mark);
        addValue(predicates.size());
        for (Predicate part : predicates) {
            if (!add(part)) {
                return false;
            }
        }
        return true;
    }

    /// The same read with other values. Only of one that has a shape.
    static Plan.Read withValues(Plan.Read read, List<String> values) {
        ReadNode node = new Replacing(values).node(read.node());
        return new Plan.Read(node, read.answer(), null, read.exactUpTo());
    }

    private static final class Replacing {
        private final List<String> values;
        private int at;

        Replacing(List<String> values) {
            this.values = values;
        }

        ReadNode node(ReadNode node) {
            List<Embed> embeds = new ArrayList<>(node.embeds().size());
            for (Embed embed : node.embeds()) {
                embeds.add(
                        new Embed(
                                embed.name(),
                                embed.relationship(),
                                embed.join(),
                                embed.placement(),
                                node(embed.node())));
            }
            return new ReadNode(
                    node.table(),
                    node.outputs(),
                    embeds,
                    predicate(node.where()),
                    node.grouping(),
                    node.order(),
                    node.page());
        }

        private Predicate predicate(Predicate predicate) {
            return switch (predicate) {
                case Predicate.And(var all) -> new Predicate.And(each(all));
                case Predicate.Or(var any) -> new Predicate.Or(each(any));
                case Predicate.Not(var part) -> new Predicate.Not(predicate(part));
                case Predicate.Compare(var operand, var comparison, _) ->
                        new Predicate.Compare(operand, comparison, values.get(at++));
                case Predicate.In(var operand, var listed) -> {
                    List<String> others = values.subList(at, at + listed.size());
                    at += listed.size();
                    yield new Predicate.In(operand, others);
                }
                case Predicate.Is is -> is;
                case Predicate.CompareEach _, Predicate.FullText _, Predicate.EmbedPresent _ ->
                        throw new IllegalArgumentException("a read without a shape");
            };
        }

        private List<Predicate> each(List<Predicate> predicates) {
            return predicates.stream().map(this::predicate).toList();
        }
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ReadShape that)
                || hash != that.hash
                || parts.size() != that.parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!areSame(parts.get(i), that.parts.get(i))) {
                return false;
            }
        }
        return true;
    }

    // Tables and columns are told apart by identity: by what is in them takes too long.
    @SuppressWarnings("ReferenceEquality")
    private static boolean areSame(Object one, Object other) {
        return one == other || (one instanceof ByValue && one.equals(other));
    }
}
