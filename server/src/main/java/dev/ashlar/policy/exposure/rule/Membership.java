package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.Routine;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.policy.expression.PolicyExpression;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Policies that ask a function of the application whether the row and the caller belong together.
/// Synthetic rows of two accounts may share what such a function looks at, a team, say: that one
/// reaches the other's then is what the policy is for.
final class Membership {
    private Membership() {}

    static boolean decides(Judgement judgement, Relation relation, String role, Verb verb) {
        List<PolicyExpression> branches = branches(judgement, relation, role, verb);
        return relation.kind().hasPolicies()
                && relation.rowSecurity()
                && branches.stream().anyMatch(each -> asksFunction(judgement, relation, each))
                && branches.stream()
                        .allMatch(each ->
                                each.neverTrue()
                                        || asksFunction(judgement, relation, each)
                                        || !each.columnsComparedWithCaller().isEmpty());
    }

    private static List<PolicyExpression> branches(
            Judgement judgement, Relation relation, String role, Verb verb) {
        List<Policy> policies =
                Conditions.permissive(judgement.facts().policiesOf(relation, role, verb));
        return policies.stream()
                .flatMap(policy -> Conditions.conditions(policy, verb).stream())
                .map(text -> judgement.conditions().parse(text))
                .flatMap(Membership::branches)
                .toList();
    }

    /// Whether callers write rows for what other tables say of them, and never for a word of the
    /// row or its table: the author of a post approves the comments below it, the owner of a list
    /// says who may edit it. What such a row grants it grants to others.
    static boolean byOthers(Judgement judgement, Relation relation, String role, Verb verb) {
        List<PolicyExpression> branches = branches(judgement, relation, role, verb);
        return relation.rowSecurity()
                && !branches.isEmpty()
                && branches.stream()
                        .allMatch(each -> each.neverTrue() || elsewhere(judgement, relation, each));
    }

    private static boolean elsewhere(
            Judgement judgement, Relation relation, PolicyExpression branch) {
        String text = branch.sql();
        List<Routine> called =
                judgement.facts().routines().stream()
                        .filter(routine -> text.contains(routine.label() + "("))
                        .filter(routine -> !routine.schema().equals("auth"))
                        .toList();
        boolean asks =
                called.isEmpty()
                        ? Conditions.asksWho(text) && Conditions.looksElsewhere(text)
                        : called.stream().allMatch(Membership::looksUpCaller);
        return asks
                && !Conditions.asksWho(withoutLookUps(branch))
                && !speaksOf(text, relation.label())
                && called.stream().noneMatch(each -> speaksOf(each.source(), relation.name()));
    }

    /// What a condition says of the row and the caller without looking into tables.
    private static String withoutLookUps(PolicyExpression branch) {
        return branch.edited(
                lookUps(branch).map(part -> new PolicyExpression.Edit(part, "null")).toList());
    }

    private static Stream<PolicyExpression> lookUps(PolicyExpression part) {
        return part instanceof PolicyExpression.SubSelect select && select.from().isPresent()
                ? Stream.of(part)
                : part.parts().stream().flatMap(Membership::lookUps);
    }

    /// As of a table, not of a column of it.
    private static boolean speaksOf(String text, String table) {
        return Pattern.compile("\\b" + Pattern.quote(table) + "\\b(?!\\.)").matcher(text).find();
    }

    /// What OR joins.
    static Stream<PolicyExpression> branches(PolicyExpression condition) {
        return switch (condition.unwrapped()) {
            case PolicyExpression.Or or -> or.terms().stream().flatMap(Membership::branches);
            case PolicyExpression other -> Stream.of(other);
        };
    }

    private static boolean asksFunction(
            Judgement judgement, Relation relation, PolicyExpression branch) {
        return mentionsOwnColumn(branch.sql(), relation)
                && judgement.facts().routines().stream()
                        .filter(routine -> !routine.schema().equals("auth"))
                        .filter(routine -> branch.sql().contains(routine.label() + "("))
                        .anyMatch(Membership::looksUpCaller);
    }

    /// Of what it was given, or of nothing but the caller.
    private static boolean looksUpCaller(Routine routine) {
        List<String> names =
                Stream.of(routine.arguments().split(",", -1))
                        .map(argument -> argument.strip().split(" ", 2)[0])
                        .filter(name -> !name.isEmpty())
                        .toList();
        boolean usesArguments =
                names.isEmpty()
                        || routine.source().contains("$1")
                        || names.stream()
                                .anyMatch(name ->
                                        Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                                                .matcher(routine.source())
                                                .find());
        return usesArguments && Conditions.asksWho(routine.source());
    }

    /// Columns of the row itself stand alone or behind the table's name; those of sub-selects stand
    /// behind theirs.
    static boolean mentionsOwnColumn(String text, Relation relation) {
        return relation.columns().stream()
                .map(Column::name)
                .anyMatch(name ->
                        Pattern.compile(
                                        "(?<!['.\\w])(%s\\.)?%s(?!['\\w(])"
                                                .formatted(
                                                        Pattern.quote(relation.name()),
                                                        Pattern.quote(name)))
                                .matcher(text)
                                .find());
    }
}
