package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Observation;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Policies that raised an error when they were tried.
final class PolicyFailsRule implements Rule {
    private static final String FAILS = "policy fails: ";

    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        for (Relation relation : judgement.facts().exposed()) {
            List<Observation> failed =
                    judgement.seen().of(relation).stream()
                            .filter(each -> each.reason().startsWith(FAILS))
                            .filter(each -> judgement.judged().contains(each.role()))
                            .toList();
            if (!failed.isEmpty()) {
                found.accept(finding(relation, failed));
            }
        }
    }

    private static Finding finding(Relation relation, List<Observation> failed) {
        Set<Verb> verbs = new LinkedHashSet<>();
        failed.forEach(each -> verbs.add(each.act().verb()));
        String reason = failed.getFirst().reason().substring(FAILS.length());
        boolean recursion = reason.contains("recursion");
        return new Finding(
                FindingCode.POLICY_FAILS,
                Severity.MEDIUM,
                relation.label(),
                failed.getFirst().role(),
                List.copyOf(verbs),
                List.of(),
                "A policy raises an error instead of an answer: " + reason,
                recursion
                        ? "-- ask for what the policy needs in a security definer function in a schema that is not served"
                        : "-- mend the condition so that it answers for every row and caller");
    }
}
