package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RoleFacts;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Row-level security that is off, and policies that let nobody through.
final class RowSecurityRule implements Rule {
    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        judgement.facts().exposed().stream()
                .filter(relation -> relation.kind().hasPolicies())
                .forEach(table -> {
                    if (table.rowSecurity()) {
                        neverAllows(judgement, table, found);
                    } else {
                        disabled(judgement, table, found);
                    }
                });
    }

    private static void disabled(Judgement judgement, Relation table, Consumer<Finding> found) {
        List<String> holders =
                judgement.judged().stream()
                        .filter(role -> !judgement.rights(table, role).isEmpty())
                        .toList();
        List<Policy> policies = judgement.facts().policiesOf(table);
        String enable = "alter table " + Quoted.name(table) + " enable row level security;";
        if (!policies.isEmpty()) {
            found.accept(
                    new Finding(
                            FindingCode.POLICY_WITHOUT_RLS,
                            holders.isEmpty() ? Severity.MEDIUM : Severity.HIGH,
                            table.label(),
                            holders.isEmpty() ? "" : holders.getFirst(),
                            holders.isEmpty()
                                    ? List.of()
                                    : judgement.rights(table, holders.getFirst()),
                            List.of(),
                            "Policies were written (%s), but row-level security is off: they do nothing."
                                    .formatted(names(policies)),
                            enable));
        }
        if (holders.isEmpty()) {
            return;
        }
        String role = holders.getFirst();
        found.accept(
                new Finding(
                        FindingCode.RLS_DISABLED,
                        severity(judgement, table, holders),
                        table.label(),
                        role,
                        judgement.rights(table, role),
                        List.of(),
                        message(judgement, table, holders),
                        enable + " -- then write policies for what callers may do"));
    }

    private static Severity severity(Judgement judgement, Relation table, List<String> holders) {
        if (holders.stream().noneMatch(judgement.everybody()::contains)) {
            return Severity.MEDIUM;
        }
        boolean readOnly =
                holders.stream()
                        .allMatch(
                                role -> judgement.rights(table, role).equals(List.of(Verb.SELECT)));
        boolean harmless =
                readOnly
                        && !judgement.owned(table)
                        && !Names.privateTable(table.name())
                        && table.columns().stream().noneMatch(Names::secret)
                        && parent(judgement, table).isEmpty();
        return harmless ? Severity.LOW : Severity.HIGH;
    }

    private static String message(Judgement judgement, Relation table, List<String> holders) {
        String who = String.join(", ", holders);
        return parent(judgement, table)
                .filter(Relation::rowSecurity)
                .map(parent ->
                        ("Row-level security of %s does not count when its partition is asked by name, and the"
                                        + " partition has none: %s can reach every row.")
                                .formatted(parent.label(), who))
                .orElse("Row-level security is off: %s can reach every row.".formatted(who));
    }

    private static Optional<Relation> parent(Judgement judgement, Relation table) {
        return table.parent().flatMap(judgement.facts()::find);
    }

    private static void neverAllows(Judgement judgement, Relation table, Consumer<Finding> found) {
        List<String> holders =
                judgement.judged().stream()
                        .filter(role -> !judgement.rights(table, role).isEmpty())
                        .filter(role ->
                                judgement.role(role).filter(RoleFacts::seesEverything).isEmpty())
                        .toList();
        if (holders.isEmpty() || !nothingWorks(judgement, table, holders)) {
            return;
        }
        List<Policy> policies = judgement.facts().policiesOf(table);
        if (policies.isEmpty()) {
            if (!Judgement.system(table) && table.parent().isEmpty()) {
                found.accept(noPolicies(judgement, table, holders));
            }
            return;
        }
        Severity severity = severity(judgement, table, policies, holders);
        found.accept(
                new Finding(
                        FindingCode.POLICY_NEVER_ALLOWS,
                        severity,
                        table.label(),
                        holders.getFirst(),
                        judgement.rights(table, holders.getFirst()),
                        List.of(),
                        "Policies were written (%s), but none was seen to let a caller at a row."
                                .formatted(names(policies)),
                        "-- look at the roles and conditions of: " + names(policies)));
    }

    private static Finding noPolicies(Judgement judgement, Relation table, List<String> holders) {
        return new Finding(
                FindingCode.POLICY_NEVER_ALLOWS,
                Severity.LOW,
                table.label(),
                holders.getFirst(),
                judgement.rights(table, holders.getFirst()),
                List.of(),
                "No policy lets a caller in: only the service role and the owner reach its rows.",
                "-- create policy \"...\" on %s for select to authenticated using (...); or, if that is meant: revoke all on %s from %s;"
                        .formatted(
                                Quoted.name(table),
                                Quoted.name(table),
                                Narrowing.from(table, holders)));
    }

    private static boolean nothingWorks(Judgement judgement, Relation table, List<String> holders) {
        return holders.stream()
                .flatMap(role ->
                        Stream.of(Act.values()).map(act -> judgement.outcome(table, role, act)))
                .allMatch(outcome -> outcome == Outcome.DENIED);
    }

    /// Conditions that look into other tables may only have found no row there.
    private static Severity severity(
            Judgement judgement, Relation table, List<Policy> policies, List<String> holders) {
        boolean forCallers =
                policies.stream().anyMatch(policy -> counts(judgement, table, policy, holders));
        boolean permissive = policies.stream().anyMatch(Policy::permissive);
        boolean elsewhere =
                policies.stream()
                        .map(Conditions::text)
                        .anyMatch(text ->
                                Conditions.looksElsewhere(text)
                                        || text.contains("auth.jwt(")
                                        || text.contains("current_setting"));
        if (!permissive) {
            return Severity.MEDIUM;
        }
        return !forCallers || elsewhere || Judgement.system(table) ? Severity.LOW : Severity.MEDIUM;
    }

    private static boolean counts(
            Judgement judgement, Relation table, Policy policy, List<String> holders) {
        return holders.stream()
                .anyMatch(role ->
                        Stream.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.DELETE)
                                .flatMap(verb ->
                                        judgement.facts().policiesOf(table, role, verb).stream())
                                .anyMatch(policy::equals));
    }

    static String names(List<Policy> policies) {
        return String.join(", ", policies.stream().map(each -> Quoted.name(each.name())).toList());
    }
}
