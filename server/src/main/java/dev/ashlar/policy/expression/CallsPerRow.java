package dev.ashlar.policy.expression;

import dev.ashlar.policy.expression.PolicyExpression.Call;
import dev.ashlar.policy.expression.PolicyExpression.Column;
import dev.ashlar.policy.expression.PolicyExpression.Other;
import dev.ashlar.policy.expression.PolicyExpression.SubSelect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds calls that answer the same for every row of a statement and are made for each.
final class CallsPerRow {
    private static final Set<String> OF_THE_CALLER =
            Set.of(
                    "auth.uid",
                    "auth.jwt",
                    "auth.role",
                    "auth.email",
                    "current_setting",
                    "pg_catalog.current_setting");

    private CallsPerRow() {}

    static List<Call> of(PolicyExpression expression, Set<String> stable) {
        List<Call> found = new ArrayList<>();
        collect(expression, stable, found);
        return List.copyOf(found);
    }

    /// Whether a function tells who calls.
    static boolean tellsCaller(String name) {
        return OF_THE_CALLER.contains(name);
    }

    static String once(Call call) {
        return "( SELECT " + call.sql() + " AS " + alias(call) + ")";
    }

    private static String alias(Call call) {
        String name = call.shortName();
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static void collect(PolicyExpression at, Set<String> stable, List<Call> found) {
        if (at instanceof SubSelect select && isOnce(select)) {
            return;
        }
        if (at instanceof Call call
                && (tellsCaller(call.name()) || stable.contains(call.name()))
                && call.arguments().stream().noneMatch(CallsPerRow::mayHoldColumn)) {
            found.add(call);
            return;
        }
        at.parts().forEach(part -> collect(part, stable, found));
    }

    /// A sub-select without tables and columns is evaluated once.
    private static boolean isOnce(SubSelect select) {
        return select.simple()
                && select.from().isEmpty()
                && select.parts().stream().noneMatch(CallsPerRow::mayHoldColumn);
    }

    /// Something not understood, without any part that was, may hold anything.
    private static boolean mayHoldColumn(PolicyExpression expression) {
        return expression
                .all()
                .anyMatch(each ->
                        each instanceof Column
                                || (each instanceof SubSelect select && !isOnce(select))
                                || (each instanceof Other other && other.parts().isEmpty()));
    }
}
