package dev.ashlar.policy.expression;

import dev.ashlar.policy.expression.PolicyExpression.Call;
import dev.ashlar.policy.expression.PolicyExpression.Cast;
import dev.ashlar.policy.expression.PolicyExpression.Column;
import dev.ashlar.policy.expression.PolicyExpression.Comparison;
import dev.ashlar.policy.expression.PolicyExpression.In;
import dev.ashlar.policy.expression.PolicyExpression.SubSelect;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Finds the columns that say whose a row is.
final class CallerColumns {
    private CallerColumns() {}

    static Set<String> of(PolicyExpression expression) {
        Set<String> columns = new LinkedHashSet<>();
        collect(expression, columns);
        return Collections.unmodifiableSet(columns);
    }

    private static void collect(PolicyExpression at, Set<String> columns) {
        switch (at) {
            case SubSelect _ -> {
                return;
            }
            case Comparison comparison when comparison.operator().equals("=") -> {
                compared(comparison.left(), comparison.right(), columns);
                compared(comparison.right(), comparison.left(), columns);
            }
            case In in when in.operator().equals("=") && in.quantifier().equals("ANY") ->
                    in.choices()
                            .forEach(choice -> {
                                compared(in.operand(), choice, columns);
                                compared(choice, in.operand(), columns);
                            });
            default -> {
                // Something else inside may compare.
            }
        }
        at.parts().forEach(part -> collect(part, columns));
    }

    private static void compared(
            PolicyExpression side, PolicyExpression other, Set<String> columns) {
        if (other.all().anyMatch(CallerColumns::tellsCaller)) {
            column(side).map(Column::name).ifPresent(columns::add);
        }
    }

    private static boolean tellsCaller(PolicyExpression expression) {
        return expression instanceof Call call && CallsPerRow.tellsCaller(call.name());
    }

    private static Optional<Column> column(PolicyExpression expression) {
        return switch (expression.unwrapped()) {
            case Column column -> Optional.of(column);
            case Cast cast -> column(cast.operand());
            default -> Optional.empty();
        };
    }
}
