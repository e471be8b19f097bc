package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.ForeignKey;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// How bad it is that somebody reads everybody's rows: much that people make is made for all to
/// see.
final class Reading {
    private static final Pattern FOR_ALL =
            Pattern.compile("\\b(public|publicly|everyone|everybody|anyone|anybody)\\b");

    private static final Set<String> PROFILES =
            Set.of("profile", "user", "account", "author", "member", "player", "people", "person");

    private Reading() {}

    static Severity severity(Judgement judgement, Relation relation, String role) {
        boolean personal =
                readable(relation, role).stream()
                        .anyMatch(column -> Names.secret(column) || Names.personal(column));
        boolean profile = isProfile(judgement, relation);
        if (profile) {
            // What is personal in it is told by its column.
            return Severity.LOW;
        }
        boolean meant = !Names.privateTable(relation.name()) && saysForAll(judgement, relation, role);
        return meant && !personal ? Severity.LOW : Severity.HIGH;
    }

    static List<Column> readable(Relation relation, String role) {
        Set<String> granted = relation.privileges(role).columns(Verb.SELECT);
        return relation.columns().stream().filter(each -> granted.contains(each.name())).toList();
    }

    /// One row an account, by which others know it: protected against writing.
    static boolean isProfile(Judgement judgement, Relation relation) {
        boolean keyed =
                relation.primaryKey().size() == 1
                        && judgement.owners(relation).contains(relation.primaryKey().getFirst());
        boolean pointed =
                judgement.facts().foreignKeysOf(relation).stream()
                        .filter(key -> relation.primaryKey().equals(key.columns()))
                        .map(ForeignKey::targetLabel)
                        .anyMatch(Owners.ACCOUNTS::equals);
        boolean named = Words.any(relation.name(), PROFILES);
        return relation.rowSecurity() && named && (keyed || pointed);
    }

    /// A policy for reading alone, apart from those for writing, whose name says whom it is for.
    private static boolean saysForAll(Judgement judgement, Relation relation, String role) {
        List<Policy> policies =
                Conditions.permissive(judgement.facts().policiesOf(relation, role, Verb.SELECT));
        return policies.stream()
                .filter(policy -> policy.command() == PolicyCommand.SELECT)
                .map(policy -> String.join(" ", Words.of(policy.name())))
                .anyMatch(name -> FOR_ALL.matcher(name).find());
    }
}
