package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RoleFacts;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Columns that callers should not read: secrets, and what is personal of others.
final class ColumnRule implements Rule {
    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        for (Relation relation : judgement.facts().exposed()) {
            if (Judgement.system(relation)) {
                continue;
            }
            Set<String> told = new HashSet<>();
            for (String role : judgement.judged()) {
                if (judgement.role(role).filter(RoleFacts::seesEverything).isEmpty()) {
                    secrets(judgement, relation, role, told, found);
                    personal(judgement, relation, role, told, found);
                }
            }
        }
    }

    private static void secrets(
            Judgement judgement,
            Relation relation,
            String role,
            Set<String> told,
            Consumer<Finding> found) {
        List<String> columns = columns(relation, role, Names::secret, told);
        if (columns.isEmpty()) {
            return;
        }
        if (beyondOwn(judgement, relation, role)) {
            told.addAll(columns);
            found.accept(
                    finding(
                            judgement,
                            FindingCode.SECRET_COLUMN,
                            custom(judgement, role, Severity.HIGH),
                            relation,
                            role,
                            columns,
                            "%s can read columns that look like secrets: %s."
                                    .formatted(role, String.join(", ", columns))));
        } else if (judgement.can(relation, role, Act.READ_OWN)) {
            told.addAll(columns);
            boolean hidden = columns.stream().anyMatch(Names::secretFromOwner);
            found.accept(
                    finding(
                            judgement,
                            FindingCode.SECRET_COLUMN,
                            custom(judgement, role, hidden ? Severity.MEDIUM : Severity.LOW),
                            relation,
                            role,
                            columns,
                            "%s can read columns of own rows that look like secrets: %s."
                                    .formatted(role, String.join(", ", columns))));
        }
    }

    private static void personal(
            Judgement judgement,
            Relation relation,
            String role,
            Set<String> told,
            Consumer<Finding> found) {
        List<String> columns = columns(relation, role, Names::personal, told);
        Outcome outcome = judgement.readsBeyondOwn(relation, role);
        if (columns.isEmpty() || (outcome != Outcome.ALLOWED && outcome != Outcome.SOME)) {
            return;
        }
        told.addAll(columns);
        boolean places = !judgement.owned(relation) && Names.organisations(relation.name());
        boolean worst =
                outcome == Outcome.ALLOWED
                        && (judgement.owned(relation) || judgement.isAnonymous(role));
        Severity severity = worst ? Severity.HIGH : Severity.MEDIUM;
        found.accept(
                finding(
                        judgement,
                        FindingCode.PERSONAL_COLUMN,
                        places ? Severity.LOW : custom(judgement, role, severity),
                        relation,
                        role,
                        columns,
                        "%s can read what is personal of others: %s."
                                .formatted(role, String.join(", ", columns))));
    }

    private static boolean beyondOwn(Judgement judgement, Relation relation, String role) {
        return judgement.canAny(relation, role, Act.READ_OTHERS, Act.READ_OWNERLESS);
    }

    private static Severity custom(Judgement judgement, String role, Severity severity) {
        boolean everybody = judgement.everybody().contains(role);
        return everybody || severity.compareTo(Severity.LOW) >= 0 ? severity : Severity.LOW;
    }

    private static List<String> columns(
            Relation relation, String role, Predicate<Column> which, Set<String> told) {
        return Reading.readable(relation, role).stream()
                .filter(which)
                .map(Column::name)
                .filter(name -> !told.contains(name))
                .toList();
    }

    private static Finding finding(
            Judgement judgement,
            FindingCode code,
            Severity severity,
            Relation relation,
            String role,
            List<String> columns,
            String message) {
        return new Finding(
                code,
                severity,
                relation.label(),
                role,
                List.of(Verb.SELECT),
                columns,
                message,
                fix(judgement, relation, columns));
    }

    /// From all callers who can read one of the columns; each keeps the others that it had.
    private static String fix(Judgement judgement, Relation relation, List<String> columns) {
        List<String> readers =
                judgement.judged().stream()
                        .filter(role ->
                                relation.privileges(role).columns(Verb.SELECT).stream()
                                        .anyMatch(columns::contains))
                        .toList();
        String name = Quoted.name(relation);
        StringBuilder sql =
                new StringBuilder(
                        "revoke select on %s from %s;"
                                .formatted(name, Narrowing.from(relation, readers)));
        Map<List<String>, List<String>> rest = new LinkedHashMap<>();
        for (String role : readers) {
            List<String> kept =
                    Reading.readable(relation, role).stream()
                            .map(Column::name)
                            .filter(column -> !columns.contains(column))
                            .toList();
            rest.computeIfAbsent(kept, _ -> new ArrayList<>()).add(role);
        }
        rest.forEach((kept, roles) -> {
            if (!kept.isEmpty()) {
                sql.append(
                        " grant select (%s) on %s to %s;"
                                .formatted(Quoted.names(kept), name, Quoted.names(roles)));
            }
        });
        return sql.toString();
    }
}
