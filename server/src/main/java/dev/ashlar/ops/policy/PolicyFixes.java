package dev.ashlar.ops.policy;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.Routine;
import dev.ashlar.policy.expression.PolicyExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What makes policies fast, as SQL: calls that are made once per statement instead of once per
/// row, and indexes on what policies look rows up by. Which rows a caller reaches stays the same.
public record PolicyFixes(List<Rewrite> rewrites, List<NeededIndex> indexes) {

    /// A policy with the calls of its conditions made once.
    ///
    /// @param calls those that were made per row
    public record Rewrite(
            String table,
            String policy,
            List<String> calls,
            Optional<String> using,
            Optional<String> check) {
        String sql() {
            StringBuilder sql =
                    new StringBuilder("alter policy ")
                            .append(SqlName.quoted(policy))
                            .append(" on ")
                            .append(table);
            using.ifPresent(condition -> sql.append("\n  using (").append(condition).append(")"));
            check.ifPresent(
                    condition -> sql.append("\n  with check (").append(condition).append(")"));
            return sql.append(";\n").toString();
        }
    }

    public static PolicyFixes of(Facts facts, Map<Long, Long> rowEstimates) {
        Set<String> stable =
                facts.routines().stream()
                        .filter(routine -> routine.volatility() != 'v')
                        .map(Routine::label)
                        .collect(Collectors.toSet());
        List<Rewrite> rewrites = new ArrayList<>();
        for (Relation relation : facts.relations()) {
            for (Policy policy : facts.policiesOf(relation)) {
                rewrite(relation, policy, stable).ifPresent(rewrites::add);
            }
        }
        return new PolicyFixes(rewrites, new PolicyIndexes(facts, rowEstimates).needed());
    }

    private static Optional<Rewrite> rewrite(Relation relation, Policy policy, Set<String> stable) {
        List<String> calls = new ArrayList<>();
        Optional<String> using = once(policy.using(), stable, calls);
        Optional<String> check = once(policy.check(), stable, calls);
        return calls.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Rewrite(
                                SqlName.qualified(relation.schema(), relation.name()),
                                policy.name(),
                                calls.stream().distinct().toList(),
                                using,
                                check));
    }

    /// Empty where nothing changes.
    private static Optional<String> once(
            Optional<String> condition, Set<String> stable, List<String> calls) {
        return condition.flatMap(text -> {
            PolicyExpression parsed = PolicyExpression.parse(text);
            List<PolicyExpression.Call> perRow = parsed.perRowCalls(stable);
            perRow.forEach(call -> calls.add(call.sql()));
            return perRow.isEmpty() ? Optional.empty() : Optional.of(parsed.withCallsOnce(stable));
        });
    }

    public boolean isEmpty() {
        return rewrites.isEmpty() && indexes.isEmpty();
    }

    /// The whole file, which is applied as one transaction.
    public String migration() {
        if (isEmpty()) {
            return "-- Nothing to do: no policy calls per row, and each has its index.\n";
        }
        StringBuilder sql =
                new StringBuilder(
                        "-- Policies that ask once per statement who is calling, and the indexes that"
                                + " policies need.\n-- Callers reach the same rows as before.\n");
        for (Rewrite rewrite : rewrites) {
            sql.append("\n-- Once per row so far: ")
                    .append(String.join(", ", rewrite.calls()).replace('\n', ' '))
                    .append('\n')
                    .append(rewrite.sql());
        }
        indexes.forEach(index -> sql.append('\n').append(index.sql()));
        return sql.toString();
    }
}
