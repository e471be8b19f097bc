package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.policy.expression.PolicyExpression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Tables that say who is a member of what, and to which users may add themselves: then the
/// policies that look into them ask nothing.
final class MembershipRule implements Rule {
    /// Where adding oneself is the point.
    private static final Set<String> FREE =
            Set.of(
                    "follow",
                    "follower",
                    "like",
                    "block",
                    "mute",
                    "favorite",
                    "favourite",
                    "bookmark",
                    "star",
                    "vote");

    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        String role = judgement.facts().callers().signedIn();
        judgement
                .tables()
                .filter(judgement::owned)
                .filter(table -> !Words.any(table.name(), FREE))
                .forEach(table -> check(judgement, table, role, found));
    }

    private static void check(
            Judgement judgement, Relation table, String role, Consumer<Finding> found) {
        Set<String> deciding = deciding(judgement, table);
        Set<Verb> verbs = new LinkedHashSet<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Verb verb : List.of(Verb.INSERT, Verb.UPDATE)) {
            Act act = verb == Verb.INSERT ? Act.INSERT_OWN : Act.UPDATE_OWN;
            if (!judgement.can(table, role, act)) {
                continue;
            }
            for (String column : deciding) {
                if (PrivilegeColumnRule.free(judgement, table, column, role, verb)) {
                    verbs.add(verb);
                    columns.add(column);
                }
            }
        }
        if (columns.isEmpty()) {
            return;
        }
        found.accept(
                new Finding(
                        FindingCode.PRIVILEGE_COLUMN_WRITABLE,
                        Severity.HIGH,
                        table.label(),
                        role,
                        List.copyOf(verbs),
                        List.copyOf(columns),
                        "Policies of other tables believe %s, and users can put what they like into it."
                                .formatted(String.join(", ", columns)),
                        "revoke %s on %s from %s; -- or let WITH CHECK ask for an invitation"
                                .formatted(
                                        String.join(", ", verbs.stream().map(Verb::word).toList()),
                                        Quoted.name(table),
                                        Narrowing.from(table, List.of(role)))));
    }

    /// Columns by which other tables' policies look rows up in this one for the caller.
    private static Set<String> deciding(Judgement judgement, Relation table) {
        Set<String> owners = judgement.owners(table);
        Set<String> columns = new LinkedHashSet<>();
        for (Policy policy : judgement.mentioned().by(table)) {
            String text = Conditions.text(policy);
            if (policy.relation() == table.oid() || !looksUpCaller(judgement, policy, table)) {
                continue;
            }
            table.columns().stream()
                    .map(Column::name)
                    .filter(name -> !owners.contains(name))
                    .filter(name -> !List.of("id", "created_at").contains(name))
                    .filter(name -> judgement.conditions().parse(text).mentions(name))
                    .forEach(columns::add);
        }
        return columns;
    }

    /// A look that names the caller, in the sub-select or before it. One that asks for a room's
    /// state only (`r.listed`) makes nobody a member.
    private static boolean looksUpCaller(Judgement judgement, Policy policy, Relation table) {
        return Conditions.texts(policy).stream()
                .map(text -> judgement.conditions().parse(text))
                .flatMap(PolicyExpression::all)
                .filter(part -> looksInto(part.sql(), table))
                .anyMatch(part ->
                        (part instanceof PolicyExpression.SubSelect select
                                        && Conditions.asksWho(select.sql()))
                                || (part instanceof PolicyExpression.In in
                                        && Conditions.asksWho(in.operand().sql())));
    }

    private static boolean looksInto(String text, Relation table) {
        return text.matches(
                "(?is).*\\b(from|join)\\s+\\(*\\s*" + Pattern.quote(table.label()) + "\\b.*");
    }
}
