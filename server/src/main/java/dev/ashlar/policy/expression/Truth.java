package dev.ashlar.policy.expression;

import dev.ashlar.policy.expression.PolicyExpression.And;
import dev.ashlar.policy.expression.PolicyExpression.Call;
import dev.ashlar.policy.expression.PolicyExpression.Cast;
import dev.ashlar.policy.expression.PolicyExpression.Column;
import dev.ashlar.policy.expression.PolicyExpression.Comparison;
import dev.ashlar.policy.expression.PolicyExpression.Constant;
import dev.ashlar.policy.expression.PolicyExpression.Exists;
import dev.ashlar.policy.expression.PolicyExpression.Group;
import dev.ashlar.policy.expression.PolicyExpression.In;
import dev.ashlar.policy.expression.PolicyExpression.IsNull;
import dev.ashlar.policy.expression.PolicyExpression.Not;
import dev.ashlar.policy.expression.PolicyExpression.Or;
import dev.ashlar.policy.expression.PolicyExpression.Other;
import dev.ashlar.policy.expression.PolicyExpression.SubSelect;
import dev.ashlar.policy.expression.PolicyExpression.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/// The values of SQL's logic. Which of them a condition can have is told without a row, so of most
/// conditions it is all three.
enum Truth {
    // In the order that AND takes the least of and OR the greatest.
    FALSE,
    NULL,
    TRUE;

    private static final Set<Truth> ANY = Set.of(FALSE, NULL, TRUE);
    private static final Set<String> TRUE_TEXTS = Set.of("t", "true", "y", "yes", "on", "1");
    private static final Set<String> FALSE_TEXTS = Set.of("f", "false", "n", "no", "off", "0");

    static Set<Truth> of(PolicyExpression expression) {
        return switch (expression) {
            case And and -> combined(and.terms(), (a, b) -> a.compareTo(b) < 0 ? a : b, TRUE);
            case Or or -> combined(or.terms(), (a, b) -> a.compareTo(b) > 0 ? a : b, FALSE);
            case Not not -> negated(of(not.inner()));
            case Group group -> of(group.inner());
            case Constant constant -> constant(constant);
            case Cast cast -> cast(cast);
            case Comparison comparison -> comparison(comparison);
            case IsNull isNull -> isNull(isNull);
            case SubSelect select -> select(select);
            case Exists _ -> Set.of(TRUE, FALSE);
            case In _, Call _, Column _, Other _ -> ANY;
        };
    }

    private static Set<Truth> combined(
            List<PolicyExpression> terms, BinaryOperator<Truth> join, Truth start) {
        Set<Truth> so = Set.of(start);
        for (PolicyExpression term : terms) {
            Set<Truth> next = EnumSet.noneOf(Truth.class);
            for (Truth each : of(term)) {
                so.forEach(before -> next.add(join.apply(before, each)));
            }
            so = next;
        }
        return so;
    }

    private static Set<Truth> negated(Set<Truth> values) {
        Set<Truth> negated = EnumSet.noneOf(Truth.class);
        values.forEach(value ->
                negated.add(
                        switch (value) {
                            case FALSE -> TRUE;
                            case NULL -> NULL;
                            case TRUE -> FALSE;
                        }));
        return negated;
    }

    private static Set<Truth> constant(Constant constant) {
        return switch (constant.value()) {
            case TRUE -> Set.of(TRUE);
            case FALSE -> Set.of(FALSE);
            case NULL -> Set.of(NULL);
            case TEXT, NUMBER -> ANY;
        };
    }

    private static Set<Truth> cast(Cast cast) {
        boolean toBoolean =
                cast.type().equalsIgnoreCase("boolean") || cast.type().equalsIgnoreCase("bool");
        if (toBoolean
                && cast.operand().unwrapped() instanceof Constant constant
                && constant.value() == Value.TEXT) {
            String text = constant.sql().replace("'", "").strip().toLowerCase(Locale.ROOT);
            if (TRUE_TEXTS.contains(text)) {
                return Set.of(TRUE);
            }
            return FALSE_TEXTS.contains(text) ? Set.of(FALSE) : ANY;
        }
        return of(cast.operand());
    }

    private static Set<Truth> comparison(Comparison comparison) {
        Optional<Constant> left = literal(comparison.left());
        Optional<Constant> right = literal(comparison.right());
        // IS TRUE, IS DISTINCT FROM: never NULL.
        boolean distinct = comparison.operator().startsWith("IS");
        if (!distinct && (isNull(left) || isNull(right))) {
            return Set.of(NULL);
        }
        Set<Truth> some = distinct ? Set.of(TRUE, FALSE) : ANY;
        if (left.isEmpty() || right.isEmpty()) {
            return some;
        }
        boolean same = left.get().sql().equals(right.get().sql());
        boolean different = !same && plain(left.get(), right.get());
        return switch (comparison.operator()) {
            case "=", "IS NOT DISTINCT FROM" ->
                    same ? Set.of(TRUE) : different ? Set.of(FALSE) : some;
            case "<>", "IS DISTINCT FROM" -> same ? Set.of(FALSE) : different ? Set.of(TRUE) : some;
            case "<=", ">=" -> same ? Set.of(TRUE) : some;
            case "<", ">" -> same ? Set.of(FALSE) : some;
            default -> some;
        };
    }

    /// Whether different texts of both are different values: whole numbers without leading zeros,
    /// true and false.
    private static boolean plain(Constant left, Constant right) {
        return switch (left.value()) {
            case TRUE, FALSE -> right.value() == Value.TRUE || right.value() == Value.FALSE;
            case NUMBER -> left.sql().matches("[1-9]\\d*|0") && right.sql().matches("[1-9]\\d*|0");
            case NULL, TEXT -> false;
        };
    }

    private static boolean isNull(Optional<Constant> constant) {
        return constant.map(Constant::value).filter(value -> value == Value.NULL).isPresent();
    }

    /// A constant below casts and parentheses.
    private static Optional<Constant> literal(PolicyExpression expression) {
        return switch (expression.unwrapped()) {
            case Constant constant -> Optional.of(constant);
            case Cast cast -> literal(cast.operand());
            default -> Optional.empty();
        };
    }

    private static Set<Truth> isNull(IsNull isNull) {
        Optional<Constant> operand = literal(isNull.operand());
        if (operand.isEmpty()) {
            return Set.of(TRUE, FALSE);
        }
        return isNull(operand) == isNull.negated() ? Set.of(FALSE) : Set.of(TRUE);
    }

    /// A scalar sub-select without FROM is what it selects.
    private static Set<Truth> select(SubSelect select) {
        return select.simple()
                        && select.from().isEmpty()
                        && select.where().isEmpty()
                        && select.outputs().size() == 1
                ? of(select.outputs().getFirst())
                : ANY;
    }
}
