package dev.ashlar.ops.policy;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RelationKind;
import dev.ashlar.policy.expression.FromTable;
import dev.ashlar.policy.expression.PolicyExpression;
import dev.ashlar.policy.expression.PolicyExpression.Column;
import dev.ashlar.policy.expression.PolicyExpression.Comparison;
import dev.ashlar.policy.expression.PolicyExpression.SubSelect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds by what columns policies look rows up, in their own table and in those that their
/// sub-selects read, and which of them no index begins with.
final class PolicyIndexes {
    private final Facts facts;
    private final Map<Long, Long> rowEstimates;
    private final Map<String, NeededIndex> needed = new LinkedHashMap<>();

    PolicyIndexes(Facts facts, Map<Long, Long> rowEstimates) {
        this.facts = facts;
        this.rowEstimates = rowEstimates;
    }

    List<NeededIndex> needed() {
        for (Relation relation : facts.relations()) {
            for (Policy policy : facts.policiesOf(relation)) {
                List<String> conditions = new ArrayList<>();
                policy.using().ifPresent(conditions::add);
                policy.check().ifPresent(conditions::add);
                conditions.stream()
                        .map(PolicyExpression::parse)
                        .flatMap(PolicyExpression::all)
                        .filter(SubSelect.class::isInstance)
                        .forEach(select -> lookedInto((SubSelect) select, policy));
                if (policy.command() != PolicyCommand.INSERT) {
                    policy.using().ifPresent(using -> own(relation, policy, using));
                }
            }
        }
        return List.copyOf(needed.values());
    }

    private void own(Relation relation, Policy policy, String using) {
        for (String column : PolicyExpression.parse(using).columnsComparedWithCaller()) {
            need(relation, Set.of(column), policy);
        }
    }

    private void lookedInto(SubSelect select, Policy policy) {
        Optional<FromTable> from = FromTable.find(select);
        Optional<Relation> inner = from.flatMap(table -> facts.find(table.schema(), table.table()));
        if (inner.isEmpty() || select.where().isEmpty()) {
            return;
        }
        String alias = from.get().alias();
        PolicyExpression where = select.where().get();
        Set<String> columns = new LinkedHashSet<>(where.columnsComparedWithCaller());
        for (PolicyExpression leaf : where.leaves()) {
            if (leaf instanceof Comparison(var left, String operator, _, var right, _)
                    && operator.equals("=")) {
                column(left, right, alias).ifPresent(columns::add);
                column(right, left, alias).ifPresent(columns::add);
            }
        }
        need(inner.get(), columns, policy);
    }

    /// A column of the inner table that is held against one of the outer's.
    private static Optional<String> column(
            PolicyExpression side, PolicyExpression other, String alias) {
        return side.unwrapped() instanceof Column mine
                        && other.unwrapped() instanceof Column theirs
                        && of(mine).equals(alias)
                        && !of(theirs).equals(alias)
                ? Optional.of(mine.name())
                : Optional.empty();
    }

    private static String of(Column column) {
        List<String> path = column.path();
        return path.size() < 2 ? "" : path.get(path.size() - 2);
    }

    /// An index that begins with any of them finds few rows, which is enough.
    private void need(Relation relation, Set<String> columns, Policy policy) {
        boolean table =
                relation.kind() == RelationKind.TABLE
                        || relation.kind() == RelationKind.PARTITIONED_TABLE;
        boolean known = columns.stream().allMatch(column -> relation.find(column).isPresent());
        boolean served =
                relation.indexes().stream()
                        .anyMatch(index -> !index.isEmpty() && columns.contains(index.getFirst()));
        if (!table || !known || columns.isEmpty() || served) {
            return;
        }
        NeededIndex index =
                new NeededIndex(
                        relation.schema(),
                        relation.name(),
                        List.copyOf(columns),
                        policy.name(),
                        rowEstimates.getOrDefault(relation.oid(), 0L));
        needed.putIfAbsent(relation.oid() + index.columns().toString(), index);
    }
}
