package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.function.Consumer;

/// Rights on the tables of schema `auth` themselves.
final class AccountsRule implements Rule {
    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        judgement.facts().relations().stream()
                .filter(relation -> relation.schema().equals("auth"))
                .forEach(relation -> check(judgement, relation, found));
    }

    private static void check(Judgement judgement, Relation relation, Consumer<Finding> found) {
        List<String> holders =
                judgement.judged().stream()
                        .filter(role -> !judgement.rights(relation, role).isEmpty())
                        .toList();
        if (holders.isEmpty()) {
            return;
        }
        String role = holders.getFirst();
        List<Verb> rights = judgement.rights(relation, role);
        boolean reached =
                !relation.rowSecurity()
                        || judgement.canAny(
                                relation,
                                role,
                                Act.READ_OTHERS,
                                Act.READ_OWNERLESS,
                                Act.UPDATE_OTHERS);
        found.accept(
                new Finding(
                        FindingCode.AUTH_USERS_EXPOSED,
                        reached ? Severity.HIGH : Severity.MEDIUM,
                        relation.label(),
                        role,
                        rights,
                        List.of(),
                        "%s hold rights on a table of accounts."
                                .formatted(String.join(", ", holders)),
                        "revoke all on %s from %s;"
                                .formatted(
                                        Quoted.name(relation), Narrowing.from(relation, holders))));
    }
}
