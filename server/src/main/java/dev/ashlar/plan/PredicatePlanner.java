package dev.ashlar.plan;

import dev.ashlar.catalog.Table;
import dev.ashlar.intent.Filter;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns filters on one table into predicates; a filter may also ask whether an embed of the same
/// level is empty.
final class PredicatePlanner {
    private final Table table;
    private final List<Embed> embeds;
    private final Operands operands;

    PredicatePlanner(Table table, List<Embed> embeds, Operands operands) {
        this.operands = operands;
        this.table = table;
        this.embeds = embeds;
    }

    Predicate plan(Filter filter) {
        return switch (filter) {
            case Filter.And(var parts) -> new Predicate.And(each(parts));
            case Filter.Or(var parts) -> new Predicate.Or(each(parts));
            case Filter.Not(var part) -> new Predicate.Not(plan(part));
            case Filter.GroupCondition(var function, var field, var test) ->
                    condition(operands.resolve(table, function, field), test);
            case Filter.Condition(var field, var test) -> {
                Integer embed = field.steps().isEmpty() ? findEmbed(field.column()) : null;
                boolean column = !asksPresence(test) && operands.knows(table, field.column());
                yield embed == null || column
                        ? condition(operands.resolve(table, field), test)
                        : presence(embed, field.column(), test);
            }
        };
    }

    Embed embed(int index) {
        return embeds.get(index);
    }

    /// The place of the embed that goes by this name.
    @Nullable Integer findEmbed(String name) {
        for (int i = 0; i < embeds.size(); i++) {
            if (embeds.get(i).name().equals(name)) {
                return i;
            }
        }
        return null;
    }

    private List<Predicate> each(List<Filter> filters) {
        List<Predicate> predicates = new ArrayList<>(filters.size());
        for (Filter filter : filters) {
            predicates.add(plan(filter));
        }
        return predicates;
    }

    /// What is asked of an embed before a column of the same name.
    private static boolean asksPresence(Filter.Test test) {
        return test instanceof Filter.Is(var truth)
                && (truth == Filter.Truth.NULL || truth == Filter.Truth.NOT_NULL);
    }

    private static Predicate presence(int embed, String name, Filter.Test test) {
        if (test instanceof Filter.Is(var truth)) {
            Predicate present = new Predicate.EmbedPresent(embed);
            if (truth == Filter.Truth.NULL) {
                return new Predicate.Not(present);
            }
            if (truth == Filter.Truth.NOT_NULL) {
                return present;
            }
        }
        throw new ProblemException(new RequestProblem.EmbedFilterUnsupported(name));
    }

    private static Predicate condition(Operand operand, Filter.Test test) {
        return switch (test) {
            case Filter.Compare(var operator, var value) ->
                    new Predicate.Compare(operand, comparison(operator), value);
            case Filter.CompareEach(var operator, var quantifier, var values) ->
                    new Predicate.CompareEach(
                            operand,
                            comparison(operator),
                            Predicate.Quantifier.valueOf(quantifier.name()),
                            values);
            case Filter.In(var values) -> new Predicate.In(operand, values);
            case Filter.Is(var truth) ->
                    new Predicate.Is(operand, Predicate.Truth.valueOf(truth.name()));
            case Filter.FullText(var parser, var language, var text) ->
                    new Predicate.FullText(
                            operand, Predicate.SearchParser.valueOf(parser.name()), language, text);
        };
    }

    private static Predicate.Comparison comparison(Filter.Operator operator) {
        return Predicate.Comparison.valueOf(operator.name());
    }
}
