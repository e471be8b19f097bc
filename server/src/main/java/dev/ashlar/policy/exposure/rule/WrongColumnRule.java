package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.ForeignKey;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Policies that compare the caller's account with what can be none: the row's own id, or a key of
/// another table. They let nobody at anything, but for a value that happens to be the same.
final class WrongColumnRule implements Rule {
    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        judgement
                .tables()
                .forEach(table -> {
                    boolean works = letsOwnersIn(judgement, table);
                    for (Policy policy : judgement.facts().policiesOf(table)) {
                        Conditions.texts(policy).stream()
                                .filter(text -> text.contains("auth.uid("))
                                .filter(text ->
                                        !text.contains("auth.jwt(")
                                                && !text.contains("current_setting"))
                                .map(text ->
                                        judgement
                                                .conditions()
                                                .parse(text)
                                                .columnsComparedWithCaller())
                                .filter(compared -> !works || onlyKey(table, compared))
                                .flatMap(compared -> compared.stream())
                                .filter(column -> wrong(judgement, table, column))
                                .findFirst()
                                .ifPresent(column ->
                                        found.accept(finding(judgement, table, policy, column)));
                    }
                });
    }

    /// It was seen to work, so what is compared is not what it looks like: `order_id in (select id
    /// from orders where user_id = ...)`.
    private static boolean letsOwnersIn(Judgement judgement, Relation table) {
        return judgement.judged().stream()
                .anyMatch(role ->
                        judgement.can(table, role, Act.READ_OWN)
                                && !judgement.can(table, role, Act.READ_OTHERS));
    }

    /// A row whose own id happens to be an account's lets that account in; nothing else is asked.
    private static boolean onlyKey(Relation table, Collection<String> compared) {
        return table.primaryKey().size() == 1 && table.primaryKey().containsAll(compared);
    }

    private static boolean wrong(Judgement judgement, Relation table, String column) {
        List<ForeignKey> keys = judgement.facts().foreignKeysOf(table);
        Optional<ForeignKey> key =
                keys.stream().filter(each -> each.columns().equals(List.of(column))).findFirst();
        if (key.isPresent()) {
            return !key.get().targetLabel().startsWith("auth.")
                    && judgement
                            .facts()
                            .find(key.get().target())
                            .filter(target -> !ofAccounts(judgement, target))
                            .isPresent();
        }
        boolean ownId = table.primaryKey().equals(List.of(column));
        return ownId && keys.stream().anyMatch(each -> each.targetLabel().equals(Owners.ACCOUNTS));
    }

    /// One row for each account, by its id, as tables of profiles have.
    private static boolean ofAccounts(Judgement judgement, Relation target) {
        return target.primaryKey().stream().anyMatch(judgement.owners(target)::contains)
                || Words.any(
                        target.name(), List.of("user", "profile", "account", "member", "person"));
    }

    private static Finding finding(
            Judgement judgement, Relation table, Policy policy, String column) {
        String better =
                judgement.facts().foreignKeysOf(table).stream()
                        .filter(key -> key.targetLabel().equals(Owners.ACCOUNTS))
                        .map(key -> key.columns().getFirst())
                        .findFirst()
                        .map(name -> Narrowing.isCaller(judgement.facts(), table, name))
                        .map(own ->
                                Narrowing.held(table, policy, Optional.of(own), written(policy)))
                        .orElse(
                                "-- look the caller up in the table that says who belongs to "
                                        + column);
        return new Finding(
                FindingCode.POLICY_NEVER_ALLOWS,
                Severity.MEDIUM,
                table.label(),
                judgement.facts().callers().signedIn(),
                PolicyConditionRule.verbs(policy),
                List.of(column),
                "Policy %s compares the caller's account with %s, which holds no accounts."
                        .formatted(Quoted.name(policy.name()), column),
                better);
    }

    /// Verbs that stand for the conditions it has.
    private static List<Verb> written(Policy policy) {
        List<Verb> verbs = new ArrayList<>();
        policy.using().ifPresent(_ -> verbs.add(Verb.SELECT));
        policy.check().ifPresent(_ -> verbs.add(Verb.INSERT));
        return verbs;
    }
}
