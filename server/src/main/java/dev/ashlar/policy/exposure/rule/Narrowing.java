package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Grant;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Statements that narrow who reaches what. They run as they stand; where what is meant is for
/// somebody to say they are comments.
final class Narrowing {
    private static final String ACCOUNT = "auth.uid()";

    /// What `auth.uid()` reads, for databases that have no such function.
    private static final String CLAIM =
            "current_setting('request.jwt.claims', true)::json ->> 'sub'";

    private Narrowing() {}

    /// From whom a right must be taken so that the roles no longer hold it: from PUBLIC too, where
    /// everybody holds it.
    static String from(Relation relation, Collection<String> roles) {
        Set<String> from = new LinkedHashSet<>(roles);
        relation.grants().stream()
                .map(Grant::grantee)
                .filter(Facts.PUBLIC::equals)
                .forEach(from::add);
        return String.join(", ", from.stream().map(Quoted::role).toList());
    }

    /// `(select auth.uid()) = user_id`, for a column of whatever type.
    static String isCaller(Facts facts, Relation table, String column) {
        String type = table.find(column).map(Column::base).orElse("uuid");
        boolean uuid = type.equals("uuid");
        String cast = uuid ? "" : "::text";
        String caller =
                knowsAccounts(facts)
                        ? "(select " + ACCOUNT + ")" + cast
                        : uuid ? "(select (" + CLAIM + ")::uuid)" : "(select " + CLAIM + ")";
        boolean text = uuid || type.equals("text") || type.startsWith("character");
        return caller + " = " + Quoted.name(column) + (text ? "" : "::text");
    }

    private static boolean knowsAccounts(Facts facts) {
        // The likeliest first, since it is asked for each finding.
        return facts.foreignKeys().stream()
                        .anyMatch(key -> key.targetLabel().equals(Owners.ACCOUNTS))
                || facts.relations().stream().anyMatch(each -> each.schema().equals("auth"))
                || facts.routines().stream().anyMatch(each -> each.label().equals("auth.uid"))
                || facts.policies().stream()
                        .anyMatch(policy -> Conditions.text(policy).contains("auth."));
    }

    /// Holds the rows of a policy to a condition, as far as it is about those verbs.
    ///
    /// @param condition empty where it is not known
    static String held(
            Relation table, Policy policy, Optional<String> condition, Collection<Verb> verbs) {
        List<String> clauses = new ArrayList<>();
        String in = " (" + condition.orElse("...") + ")";
        boolean old = verbs.stream().anyMatch(verb -> verb != Verb.INSERT);
        boolean fresh = verbs.contains(Verb.INSERT) || verbs.contains(Verb.UPDATE);
        if (old && policy.command() != PolicyCommand.INSERT) {
            clauses.add("using" + in);
        }
        if (fresh
                && policy.command() != PolicyCommand.SELECT
                && policy.command() != PolicyCommand.DELETE) {
            clauses.add("with check" + in);
        }
        return (condition.isEmpty() ? "-- " : "")
                + "alter policy %s on %s %s;"
                        .formatted(
                                Quoted.name(policy.name()),
                                Quoted.name(table),
                                String.join(" ", clauses));
    }

    /// Leaves a policy to those with an account.
    static String withoutAnonymous(Facts facts, Relation table, Policy policy) {
        Set<String> roles = new LinkedHashSet<>(policy.roles());
        roles.remove(facts.callers().anonymous());
        if (roles.remove(Facts.PUBLIC)) {
            roles.add(facts.callers().signedIn());
        }
        return roles.isEmpty()
                ? "drop policy %s on %s;".formatted(Quoted.name(policy.name()), Quoted.name(table))
                : "alter policy %s on %s to %s;"
                        .formatted(
                                Quoted.name(policy.name()),
                                Quoted.name(table),
                                Quoted.names(roles));
    }
}
