package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.Routine;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What conditions say that they should not.
final class PolicyConditionRule implements Rule {
    private static final List<Verb> VERBS =
            List.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.DELETE);

    private static final Pattern WRITTEN_ADDRESS =
            Pattern.compile("'[^']*@[^']*'(::text)?|~~\\*? '%");

    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        for (Relation table : judgement.facts().exposed()) {
            for (Policy policy : judgement.facts().policiesOf(table)) {
                Optional<String> role = concerned(judgement, policy);
                if (role.isEmpty()) {
                    continue;
                }
                metadata(judgement, table, policy, role.get(), found);
                email(table, policy, role.get(), found);
                if (policy.permissive() && table.rowSecurity() && !storage(table)) {
                    alwaysTrue(judgement, table, policy, found);
                }
            }
        }
    }

    /// Files have a rule of their own.
    private static boolean storage(Relation table) {
        return table.schema().equals("storage");
    }

    /// The judged role that a policy is for, the least first.
    private static Optional<String> concerned(Judgement judgement, Policy policy) {
        return judgement.judged().stream()
                .filter(role -> isFor(judgement, policy, role))
                .findFirst();
    }

    private static boolean isFor(Judgement judgement, Policy policy, String role) {
        return Conditions.countsForPublic(policy)
                || policy.roles().contains(role)
                || judgement
                        .role(role)
                        .filter(facts ->
                                policy.roles().stream().anyMatch(facts.inherits()::contains))
                        .isPresent();
    }

    private static void metadata(
            Judgement judgement,
            Relation table,
            Policy policy,
            String role,
            Consumer<Finding> found) {
        String text = Conditions.text(policy);
        Optional<Routine> through =
                judgement.facts().routines().stream()
                        .filter(routine -> text.contains(routine.label() + "("))
                        .filter(routine -> Conditions.believesUserMetadata(routine.source()))
                        .findFirst();
        if (Conditions.believesRequest(text)) {
            found.accept(header(table, policy, role));
        }
        if (!Conditions.believesUserMetadata(text) && through.isEmpty()) {
            return;
        }
        String by = through.map(routine -> " by way of " + routine.label()).orElse("");
        found.accept(
                new Finding(
                        FindingCode.USER_METADATA_IN_POLICY,
                        Severity.HIGH,
                        table.label(),
                        signedInOf(judgement, role),
                        verbs(policy),
                        List.of(),
                        "Policy %s goes%s by user metadata, which every user may write about themselves."
                                .formatted(Quoted.name(policy.name()), by),
                        "-- keep it in app_metadata, which only the service role writes: auth.jwt() -> 'app_metadata'"));
    }

    private static Finding header(Relation table, Policy policy, String role) {
        return new Finding(
                FindingCode.USER_METADATA_IN_POLICY,
                Severity.HIGH,
                table.label(),
                role,
                verbs(policy),
                List.of(),
                "Policy %s goes by a header or cookie of the request, which callers may send as they like."
                        .formatted(Quoted.name(policy.name())),
                "-- go by the token instead: (select auth.uid()) or auth.jwt() -> 'app_metadata'");
    }

    /// Nobody without an account has metadata or an address.
    private static String signedInOf(Judgement judgement, String role) {
        return judgement.isAnonymous(role) ? judgement.facts().callers().signedIn() : role;
    }

    private static void email(Relation table, Policy policy, String role, Consumer<Finding> found) {
        String text = Conditions.text(policy);
        if (!Conditions.goesByEmail(text)) {
            return;
        }
        boolean fixed = WRITTEN_ADDRESS.matcher(text).find();
        found.accept(
                new Finding(
                        FindingCode.EMAIL_IN_POLICY,
                        fixed ? Severity.MEDIUM : Severity.LOW,
                        table.label(),
                        role,
                        verbs(policy),
                        List.of(),
                        "Policy %s goes by an e-mail address, which may change hands or be unproved."
                                .formatted(Quoted.name(policy.name())),
                        fixed
                                ? "-- keep who may in a table or in app_metadata, by auth.uid()"
                                : "-- keep the account's id in the row and compare it with (select auth.uid())"));
    }

    private static void alwaysTrue(
            Judgement judgement, Relation table, Policy policy, Consumer<Finding> found) {
        for (String role : judgement.everybody()) {
            if (!isFor(judgement, policy, role)) {
                continue;
            }
            List<Verb> open =
                    verbs(policy).stream()
                            .filter(table.privileges(role)::may)
                            .filter(verb -> lets(judgement, table, policy, role, verb))
                            .toList();
            List<Verb> writes = open.stream().filter(verb -> verb != Verb.SELECT).toList();
            boolean readsPeople = open.contains(Verb.SELECT) && judgement.owned(table);
            if (!writes.isEmpty() || readsPeople) {
                found.accept(alwaysTrue(judgement, table, policy, role, open));
                return;
            }
        }
    }

    private static Finding alwaysTrue(
            Judgement judgement, Relation table, Policy policy, String role, List<Verb> open) {
        boolean changes = open.contains(Verb.UPDATE) || open.contains(Verb.DELETE);
        boolean inserts = open.contains(Verb.INSERT) && judgement.owned(table);
        boolean realtime = Judgement.system(table) && judgement.isAnonymous(role);
        return new Finding(
                FindingCode.POLICY_ALWAYS_TRUE,
                changes || inserts || realtime ? Severity.MEDIUM : Severity.LOW,
                table.label(),
                role,
                open,
                List.of(),
                "The condition of policy %s is true for every row%s."
                        .formatted(
                                Quoted.name(policy.name()),
                                judgement.isAnonymous(role) ? "" : " and every signed-in user"),
                narrowed(judgement, table, policy, open));
    }

    private static String narrowed(
            Judgement judgement, Relation table, Policy policy, List<Verb> open) {
        Optional<String> own =
                judgement.owners(table).stream()
                        .findFirst()
                        .map(name -> Narrowing.isCaller(judgement.facts(), table, name));
        return Narrowing.held(table, policy, own, open);
    }

    /// By what it says, unless it was seen that something else holds it.
    private static boolean lets(
            Judgement judgement, Relation table, Policy policy, String role, Verb verb) {
        boolean says =
                judgement.isAnonymous(role)
                        ? judgement.conditions().open(policy, verb)
                        : judgement.conditions().openToUsers(policy, verb)
                                || loose(judgement, policy, verb);
        if (!says) {
            return false;
        }
        List<Outcome> outcomes =
                Stream.of(Act.values())
                        .filter(act -> act.verb() == verb)
                        .map(act -> judgement.outcome(table, role, act))
                        .toList();
        boolean found = outcomes.stream().anyMatch(outcome -> outcome != Outcome.DENIED);
        // What looks into other tables may only have found no row there.
        return found || policy.using().filter(Conditions::looksElsewhere).isPresent();
    }

    /// One half of an UPDATE is always true: new rows are not looked at, or any row may be taken.
    private static boolean loose(Judgement judgement, Policy policy, Verb verb) {
        return verb == Verb.UPDATE
                && Conditions.conditions(policy, verb).size() > 1
                && Conditions.conditions(policy, verb).stream()
                        .anyMatch(text ->
                                judgement.conditions().parse(text).alwaysTrue()
                                        || Conditions.signedInOnly(text));
    }

    static List<Verb> verbs(Policy policy) {
        return VERBS.stream().filter(policy.command()::covers).toList();
    }
}
