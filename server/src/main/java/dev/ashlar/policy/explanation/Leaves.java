package dev.ashlar.policy.explanation;

import dev.ashlar.policy.expression.PolicyExpression;
import dev.ashlar.policy.expression.PolicyExpression.And;
import dev.ashlar.policy.expression.PolicyExpression.Or;
import java.util.List;

/// The parts of a condition that are explained one by one: what stands between AND and OR, at any
/// depth. A NOT stays with what it negates, since that is what has to be true.
public final class Leaves {
    private Leaves() {}

    public static List<PolicyExpression> of(String condition) {
        return of(PolicyExpression.parse(condition));
    }

    private static List<PolicyExpression> of(PolicyExpression expression) {
        PolicyExpression bare = expression.unwrapped();
        return bare instanceof And || bare instanceof Or
                ? bare.parts().stream().flatMap(part -> of(part).stream()).toList()
                : List.of(bare);
    }
}
