package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.ForeignKey;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.policy.expression.PolicyExpression;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// How bad it is that somebody reads everybody's rows: much that people make is made for all to
/// see.
final class Reading {
    private static final Pattern FOR_ALL =
            Pattern.compile("\\b(public|publicly|everyone|everybody|anyone|anybody)\\b");

    private static final Pattern PUBLISHED =
            Pattern.compile(
                    "(?i)(?<!un)publi(c|sh)|visib|shared|listed|'(active|approved|open|live|listed|accepted|everyone)'"
                            + "|\\b(is_)?(approved|live|hidden|featured|enabled|active|open|released|launched|draft)\\b");

    private static final Pattern SECOND_FACTOR =
            Pattern.compile(
                    "(?is)[\\s(]*(select)?[\\s(]*(select)?[\\s(]*auth\\.jwt\\(\\)( as jwt)?[\\s)]*->> 'aal'(::text)?[^=]*= '?[^=]*");

    private static final Set<String> PROFILES =
            Set.of("profile", "user", "account", "author", "member", "player", "people", "person");

    private Reading() {}

    static Severity severity(Judgement judgement, Relation relation, String role) {
        if (isProfile(judgement, relation)) {
            // What is personal in it is told by its column.
            return Severity.LOW;
        }
        if (Membership.decides(judgement, relation, role, Verb.SELECT)) {
            return Severity.INFO;
        }
        boolean personal =
                readable(relation, role).stream()
                        .anyMatch(column -> Names.secret(column) || Names.personal(column));
        List<Policy> forReading = forReading(judgement, relation, role);
        if (personal || Names.privateTable(relation.name()) || forReading.isEmpty()) {
            return Severity.HIGH;
        }
        boolean meant =
                meant(judgement, relation, forReading)
                        || nobodyWrites(judgement, relation)
                        || partOfMeant(judgement, relation, role);
        return meant ? Severity.LOW : Severity.MEDIUM;
    }

    /// Policies that open the whole table for reading and for nothing else: somebody decided so.
    private static List<Policy> forReading(Judgement judgement, Relation relation, String role) {
        return Conditions.permissive(judgement.facts().policiesOf(relation, role, Verb.SELECT))
                .stream()
                .filter(policy -> policy.command() == PolicyCommand.SELECT)
                .filter(policy -> judgement.conditions().openToUsers(policy, Verb.SELECT))
                .filter(_ -> relation.rowSecurity())
                .toList();
    }

    private static boolean meant(Judgement judgement, Relation relation, List<Policy> forReading) {
        return saysForAll(forReading)
                || Names.content(relation.name())
                || judgement.owners(relation).stream().anyMatch(Names::author);
    }

    /// Rows that name no account and belong to rows which are meant to be read: a poll's options.
    private static boolean partOfMeant(Judgement judgement, Relation relation, String role) {
        return judgement.owners(relation).isEmpty()
                && judgement.facts().foreignKeysOf(relation).stream()
                        .flatMap(key -> judgement.facts().find(key.target()).stream())
                        .anyMatch(whole -> {
                            List<Policy> forReading = forReading(judgement, whole, role);
                            return !forReading.isEmpty()
                                    && !Names.privateTable(whole.name())
                                    && meant(judgement, whole, forReading);
                        });
    }

    private static boolean nobodyWrites(Judgement judgement, Relation relation) {
        return judgement.everybody().stream()
                .noneMatch(role ->
                        judgement.canAny(
                                relation, role, Act.INSERT_OWN, Act.UPDATE_OWN, Act.DELETE_OWN));
    }

    /// How bad it is that some of others' rows are read: not at all where conditions ask who the
    /// caller is, or whether a row was published; what passes by anything else is a mistake.
    static Severity ofSome(Judgement judgement, Relation relation, String role) {
        if (!relation.kind().hasPolicies()) {
            return Severity.INFO;
        }
        boolean meant =
                Conditions.permissive(judgement.facts().policiesOf(relation, role, Verb.SELECT))
                        .stream()
                        .flatMap(policy -> policy.using().stream())
                        .map(text -> judgement.conditions().parse(text))
                        .flatMap(Membership::branches)
                        .allMatch(branch ->
                                asksOrPublished(branch.sql())
                                        || leansOn(judgement, role, branch.sql()));
        return meant ? Severity.INFO : Severity.MEDIUM;
    }

    /// Whether by its text a policy for reading lets callers at others' rows, although that was not
    /// seen: it asks for a second factor alone, or for rows of tables that the caller reads whole.
    static boolean openByText(Judgement judgement, Relation relation, String role) {
        List<Policy> policies = judgement.facts().policiesOf(relation, role, Verb.SELECT);
        return relation.kind().hasPolicies()
                && relation.rowSecurity()
                && policies.stream().allMatch(Policy::permissive)
                && policies.stream()
                        .flatMap(policy -> policy.using().stream())
                        .map(text -> judgement.conditions().parse(text))
                        .flatMap(Membership::branches)
                        .anyMatch(branch -> openByText(judgement, role, branch));
    }

    private static boolean openByText(Judgement judgement, String role, PolicyExpression branch) {
        String text = branch.sql();
        if (SECOND_FACTOR.matcher(text).matches()) {
            return true;
        }
        List<Relation> lookedInto = judgement.mentioned().in(text);
        boolean asks = asksOrPublished(text) || Conditions.asks(text) || branch.neverTrue();
        return !asks
                && !lookedInto.isEmpty()
                && lookedInto.stream()
                        .allMatch(each -> judgement.readsBeyondOwn(each, role) == Outcome.ALLOWED);
    }

    /// Looks into a table of which the caller sees a part: its policies decide.
    private static boolean leansOn(Judgement judgement, String role, String text) {
        return judgement.mentioned().in(text).stream()
                .anyMatch(each -> judgement.readsBeyondOwn(each, role) != Outcome.ALLOWED);
    }

    static boolean speaksOfPublished(String text) {
        // The schema is no word about the row.
        return PUBLISHED.matcher(text.replace("public.", "")).find();
    }

    private static boolean asksOrPublished(String text) {
        return Conditions.asksWho(text)
                || speaksOfPublished(text)
                || Conditions.callsApplication(text);
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

    /// Their names say whom they are for.
    private static boolean saysForAll(List<Policy> policies) {
        return policies.stream()
                .map(policy -> String.join(" ", Words.of(policy.name())))
                .anyMatch(name -> FOR_ALL.matcher(name).find());
    }
}
