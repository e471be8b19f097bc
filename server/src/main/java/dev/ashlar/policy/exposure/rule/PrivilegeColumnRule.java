package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.Trigger;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Columns of people's own rows that decide what they may do, and that they can write.
final class PrivilegeColumnRule implements Rule {
    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        String role = judgement.facts().callers().signedIn();
        judgement
                .tables()
                .filter(judgement::owned)
                .forEach(table -> check(judgement, table, role, found));
    }

    private static void check(
            Judgement judgement, Relation table, String role, Consumer<Finding> found) {
        Map<String, Set<Verb>> writable = new LinkedHashMap<>();
        Severity worst = Severity.INFO;
        for (Column column : table.columns()) {
            PrivilegeNames.Kind kind = PrivilegeNames.of(table, column, judgement.owners(table));
            if (kind == PrivilegeNames.Kind.NONE) {
                continue;
            }
            Set<Verb> verbs = writes(judgement, table, column.name(), role);
            if (kind != PrivilegeNames.Kind.STANDING) {
                // What a team has paid for its members do not write either.
                verbs.removeIf(verb -> Membership.byOthers(judgement, table, role, verb));
            }
            if (!verbs.isEmpty()) {
                writable.put(column.name(), verbs);
                Severity severity = severity(kind, verbs);
                worst = severity.compareTo(worst) < 0 ? severity : worst;
            }
        }
        if (writable.isEmpty()) {
            return;
        }
        Set<Verb> verbs = new LinkedHashSet<>();
        writable.values().forEach(verbs::addAll);
        List<String> columns = List.copyOf(writable.keySet());
        found.accept(
                new Finding(
                        FindingCode.PRIVILEGE_COLUMN_WRITABLE,
                        worst,
                        table.label(),
                        role,
                        List.copyOf(verbs),
                        columns,
                        "Users can write columns of their own rows that decide what they may do or own: %s."
                                .formatted(String.join(", ", columns)),
                        fix(table, role, verbs, columns)));
    }

    private static Severity severity(PrivilegeNames.Kind kind, Set<Verb> verbs) {
        boolean changes = verbs.contains(Verb.UPDATE);
        return switch (kind) {
            case RIGHTS -> Severity.HIGH;
            case STANDING, MONEY -> changes ? Severity.HIGH : Severity.MEDIUM;
            case REVIEWED, NONE -> changes ? Severity.MEDIUM : Severity.LOW;
        };
    }

    private static Set<Verb> writes(
            Judgement judgement, Relation table, String column, String role) {
        Set<Verb> verbs = new LinkedHashSet<>();
        for (Verb verb : List.of(Verb.UPDATE, Verb.INSERT)) {
            Act act = verb == Verb.UPDATE ? Act.UPDATE_OWN : Act.INSERT_OWN;
            Outcome outcome = judgement.outcome(table, role, act);
            boolean may =
                    table.privileges(role).columns(verb).contains(column)
                            && outcome != Outcome.DENIED
                            && (outcome != Outcome.UNKNOWN
                                    || policyFor(judgement, table, role, verb));
            if (may && !held(judgement, table, column, role, verb)) {
                verbs.add(verb);
            }
        }
        return verbs;
    }

    /// Whether nothing looks at what is written into a column.
    static boolean free(
            Judgement judgement, Relation table, String column, String role, Verb verb) {
        return table.privileges(role).columns(verb).contains(column)
                && !held(judgement, table, column, role, verb);
    }

    private static boolean policyFor(Judgement judgement, Relation table, String role, Verb verb) {
        return !Conditions.permissive(judgement.facts().policiesOf(table, role, verb)).isEmpty();
    }

    /// By a policy that looks at what is written into it, or a trigger that speaks of it.
    private static boolean held(
            Judgement judgement, Relation table, String column, String role, Verb verb) {
        Pattern word = Pattern.compile("\\b" + Pattern.quote(column) + "\\b");
        List<Policy> permissive = new ArrayList<>();
        for (Policy policy : judgement.facts().policiesOf(table, role, verb)) {
            if (policy.permissive()) {
                permissive.add(policy);
            } else if (checks(policy, word)) {
                return true;
            }
        }
        boolean byPolicies =
                !permissive.isEmpty()
                        && table.rowSecurity()
                        && permissive.stream().allMatch(policy -> checks(policy, word));
        return byPolicies || byTrigger(judgement, table, word, verb) || byCheck(table, column);
    }

    private static boolean checks(Policy policy, Pattern word) {
        return Conditions.forNewRows(policy).filter(text -> word.matcher(text).find()).isPresent();
    }

    private static boolean byTrigger(Judgement judgement, Relation table, Pattern word, Verb verb) {
        return judgement.facts().triggersOf(table).stream()
                .filter(Trigger::enabled)
                .filter(trigger -> trigger.events().contains(verb))
                .anyMatch(trigger -> word.matcher(trigger.source()).find());
    }

    /// A constraint that leaves one value alone.
    private static boolean byCheck(Relation table, String column) {
        Pattern only = Pattern.compile("\\(*\"?" + Pattern.quote(column) + "\"? = [^,]*");
        return table.checks().stream()
                .anyMatch(check -> only.matcher(check).matches() && !check.contains("ARRAY"));
    }

    private static String fix(Relation table, String role, Set<Verb> verbs, List<String> columns) {
        StringBuilder sql = new StringBuilder();
        for (Verb verb : verbs) {
            List<String> rest =
                    table.columns().stream()
                            .filter(column ->
                                    !column.generated() && !columns.contains(column.name()))
                            .map(Column::name)
                            .filter(table.privileges(role).columns(verb)::contains)
                            .toList();
            String name = Quoted.name(table);
            sql.append(
                    "revoke %s on %s from %s; "
                            .formatted(verb.word(), name, Narrowing.from(table, List.of(role))));
            if (!rest.isEmpty()) {
                sql.append(
                        "grant %s (%s) on %s to %s; "
                                .formatted(
                                        verb.word(), Quoted.names(rest), name, Quoted.name(role)));
            }
        }
        return sql.toString().strip();
    }
}
