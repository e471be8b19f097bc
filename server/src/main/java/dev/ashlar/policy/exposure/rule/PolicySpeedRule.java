package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.Routine;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.expression.PolicyExpression;
import dev.ashlar.policy.expression.PolicyExpression.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Policies that are slow: functions called once a row, columns without an index.
final class PolicySpeedRule implements Rule {
    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        Set<String> stable =
                judgement.facts().routines().stream()
                        .filter(routine -> routine.volatility() != 'v')
                        .map(Routine::label)
                        .collect(Collectors.toSet());
        for (Relation table : judgement.facts().exposed()) {
            Map<String, List<String>> columns = new LinkedHashMap<>();
            for (Policy policy : judgement.facts().policiesOf(table)) {
                perRow(judgement, table, policy, stable, found);
                for (String text : Conditions.texts(policy)) {
                    judgement.conditions().parse(text).columnsComparedWithCaller().stream()
                            .filter(name -> table.find(name).isPresent())
                            .forEach(name ->
                                    columns.computeIfAbsent(name, _ -> new ArrayList<>())
                                            .add(policy.name()));
                }
            }
            if (!Judgement.system(table)) {
                columns.forEach((column, policies) -> index(table, column, policies, found));
            }
        }
    }

    private static void perRow(
            Judgement judgement,
            Relation table,
            Policy policy,
            Set<String> stable,
            Consumer<Finding> found) {
        Set<String> calls = new LinkedHashSet<>();
        List<String> clauses = new ArrayList<>();
        policy.using().ifPresent(text -> clause(judgement, text, "using", stable, calls, clauses));
        policy.check()
                .ifPresent(text -> clause(judgement, text, "with check", stable, calls, clauses));
        if (calls.isEmpty()) {
            return;
        }
        found.accept(
                new Finding(
                        FindingCode.PER_ROW_CALL,
                        Severity.LOW,
                        table.label(),
                        "",
                        PolicyConditionRule.verbs(policy),
                        List.of(),
                        "Policy %s calls %s once per row; in a sub-select it is called once per statement."
                                .formatted(Quoted.name(policy.name()), String.join(", ", calls)),
                        "alter policy %s on %s %s;"
                                .formatted(
                                        Quoted.name(policy.name()),
                                        Quoted.name(table),
                                        String.join(" ", clauses))));
    }

    private static void clause(
            Judgement judgement,
            String text,
            String word,
            Set<String> stable,
            Set<String> calls,
            List<String> clauses) {
        PolicyExpression condition = judgement.conditions().parse(text);
        List<Call> found = condition.perRowCalls(stable);
        found.forEach(call -> calls.add(call.name() + "()"));
        if (!found.isEmpty()) {
            clauses.add("%s (%s)".formatted(word, condition.withCallsOnce(stable)));
        }
    }

    private static void index(
            Relation table, String column, List<String> policies, Consumer<Finding> found) {
        boolean served =
                table.indexes().stream()
                        .anyMatch(index -> !index.isEmpty() && index.getFirst().equals(column));
        if (served) {
            return;
        }
        found.accept(
                new Finding(
                        FindingCode.POLICY_NEEDS_INDEX,
                        Severity.LOW,
                        table.label(),
                        "",
                        List.of(),
                        List.of(column),
                        "Policies (%s) look rows up by %s, which no index begins with."
                                .formatted(Quoted.names(new LinkedHashSet<>(policies)), column),
                        "create index on %s (%s);"
                                .formatted(Quoted.name(table), Quoted.name(column))));
    }
}
