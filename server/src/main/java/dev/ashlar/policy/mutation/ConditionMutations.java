package dev.ashlar.policy.mutation;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.expression.PolicyExpression;
import dev.ashlar.policy.expression.PolicyExpression.And;
import dev.ashlar.policy.expression.PolicyExpression.Call;
import dev.ashlar.policy.expression.PolicyExpression.Cast;
import dev.ashlar.policy.expression.PolicyExpression.Column;
import dev.ashlar.policy.expression.PolicyExpression.Comparison;
import dev.ashlar.policy.expression.PolicyExpression.Constant;
import dev.ashlar.policy.expression.PolicyExpression.Edit;
import dev.ashlar.policy.expression.PolicyExpression.Exists;
import dev.ashlar.policy.expression.PolicyExpression.Group;
import dev.ashlar.policy.expression.PolicyExpression.In;
import dev.ashlar.policy.expression.PolicyExpression.IsNull;
import dev.ashlar.policy.expression.PolicyExpression.Not;
import dev.ashlar.policy.expression.PolicyExpression.Or;
import dev.ashlar.policy.expression.PolicyExpression.Other;
import dev.ashlar.policy.expression.PolicyExpression.SubSelect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The mistakes that can be made inside of one condition.
final class ConditionMutations {
    /// The condition with the mistake.
    ///
    /// @param hint which row would show it, behind "read" or "write"
    record Change(String text, String description, String hint) {}

    private static final Map<String, String> OPPOSITES =
            Map.of("=", "<>", "<>", "=", "<", ">=", ">=", "<", ">", "<=", "<=", ">");

    /// Of columns that could have been meant instead, so many are tried.
    private static final int MAX_COLUMNS = 2;

    private static final int MAX_SHOWN = 80;

    private final PolicyExpression whole;
    private final Relation relation;
    private final List<Change> changes = new ArrayList<>();

    private ConditionMutations(String condition, Relation relation) {
        this.whole = PolicyExpression.parse(condition);
        this.relation = relation;
    }

    static List<Change> of(String condition, Relation relation, boolean permissive) {
        ConditionMutations mutations = new ConditionMutations(condition, relation);
        mutations.constants(permissive);
        mutations.visit(mutations.whole);
        mutations.otherColumns(mutations.whole);
        return List.copyOf(mutations.changes);
    }

    /// A permissive policy that is never true is as good as none, and so is a restrictive one that
    /// always is: both are made by dropping the policy.
    private void constants(boolean permissive) {
        if (permissive && !whole.alwaysTrue()) {
            changes.add(new Change("true", "the condition always true", "that it does not allow"));
        }
        if (!permissive && !whole.neverTrue()) {
            changes.add(new Change("false", "the condition never true", "that it allows"));
        }
    }

    private void visit(PolicyExpression at) {
        switch (at) {
            case And and -> joined(and, and.terms(), "AND", "OR", "true");
            case Or or -> joined(or, or.terms(), "OR", "AND", "false");
            case Not not -> {
                replace(not, not.inner().sql(), "NOT dropped before " + shown(not.inner()));
            }
            case Comparison comparison -> opposite(comparison);
            case IsNull isNull ->
                    replace(isNull, "(NOT (" + isNull.sql() + "))", shown(isNull) + " negated");
            case In in -> replace(in, "(NOT (" + in.sql() + "))", shown(in) + " negated");
            case Exists exists ->
                    replace(exists, "(NOT " + exists.sql() + ")", shown(exists) + " negated");
            case Group _, SubSelect _, Call _, Column _, Constant _, Cast _, Other _ -> {
                // Only what is inside.
            }
        }
        if (isCondition(at)) {
            at.parts().forEach(this::visit);
        }
    }

    /// Whether what is inside decides, and is not only a value.
    private static boolean isCondition(PolicyExpression at) {
        return switch (at) {
            case And _, Or _, Not _, Group _, In _, Exists _, SubSelect _ -> true;
            case Comparison comparison ->
                    comparison.all().anyMatch(each -> each instanceof SubSelect);
            case Other other -> !other.parts().isEmpty();
            case IsNull _, Call _, Column _, Constant _, Cast _ -> false;
        };
    }

    private void joined(
            PolicyExpression at,
            List<PolicyExpression> terms,
            String word,
            String other,
            String neutral) {
        String swapped =
                terms.stream()
                        .map(term -> "(" + term.sql() + ")")
                        .collect(Collectors.joining(" " + other + " "));
        replace(at, "(" + swapped + ")", word + " made " + other + " in " + shown(at));
        for (PolicyExpression term : terms) {
            replace(term, neutral, shown(term.unwrapped()) + " dropped");
        }
    }

    private void opposite(Comparison comparison) {
        String operator = OPPOSITES.get(comparison.operator());
        if (operator == null) {
            replace(comparison, "(NOT (" + comparison.sql() + "))", shown(comparison) + " negated");
            return;
        }
        changes.add(
                new Change(
                        whole.edited(List.of(new Edit(comparison.at(), operator))),
                        comparison.operator() + " made " + operator + " in " + shown(comparison),
                        "for which " + shown(comparison) + " decides"));
    }

    /// Columns of the relation itself, not those inside of sub-selects.
    private void otherColumns(PolicyExpression at) {
        switch (at) {
            case SubSelect _ -> {
                return;
            }
            case Comparison comparison -> {
                column(comparison.left()).ifPresent(this::otherColumn);
                column(comparison.right()).ifPresent(this::otherColumn);
            }
            case In in -> column(in.operand()).ifPresent(this::otherColumn);
            default -> {
                // Compares nothing.
            }
        }
        at.parts().forEach(this::otherColumns);
    }

    private void otherColumn(Column column) {
        Optional<Facts.Column> found = relation.find(column.name());
        if (found.isEmpty()) {
            return;
        }
        relation.columns().stream()
                .filter(other -> other.type().equals(found.get().type()))
                .filter(other -> !other.name().equals(column.name()))
                .limit(MAX_COLUMNS)
                .forEach(other ->
                        changes.add(
                                new Change(
                                        whole.replaced(column, qualified(column, other.name())),
                                        column.name() + " mistaken for " + other.name(),
                                        "whose "
                                                + column.name()
                                                + " and "
                                                + other.name()
                                                + " differ")));
    }

    private static String qualified(Column column, String name) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        String written = column.sql();
        int dot = written.lastIndexOf('.');
        return column.path().size() > 1 && dot > 0
                ? written.substring(0, dot + 1) + quoted
                : quoted;
    }

    private static Optional<Column> column(PolicyExpression expression) {
        return switch (expression.unwrapped()) {
            case Column column -> Optional.of(column);
            case Cast cast -> column(cast.operand());
            default -> Optional.empty();
        };
    }

    private void replace(PolicyExpression part, String text, String description) {
        changes.add(
                new Change(
                        whole.replaced(part, text),
                        description,
                        "for which " + shown(part.unwrapped()) + " decides"));
    }

    private static String shown(PolicyExpression part) {
        String text = part.sql().replaceAll("\\s+", " ").strip();
        return "`" + (text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…") + "`";
    }
}
