package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RelationKind;
import dev.ashlar.policy.exposure.Facts.RoleFacts;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Whose rows callers reach, as it was seen.
final class RowsRule implements Rule {
    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        for (Relation relation : judgement.facts().exposed()) {
            if (Judgement.system(relation) || carriedByTables(judgement, relation)) {
                continue;
            }
            for (String role : judgement.judged()) {
                if (judgement.role(role).filter(RoleFacts::seesEverything).isEmpty()) {
                    check(new Case(judgement, relation, role), found);
                }
            }
        }
    }

    /// What shows through a view with the caller's own rights is told of its tables.
    private static boolean carriedByTables(Judgement judgement, Relation relation) {
        return relation.kind() == RelationKind.VIEW
                && relation.securityInvoker()
                && relation.reads().stream()
                        .map(judgement.facts()::find)
                        .flatMap(Optional::stream)
                        .allMatch(read -> read.exposed() || read.rowSecurity());
    }

    private static void check(Case on, Consumer<Finding> found) {
        if (on.judgement.isAnonymous(on.role)) {
            anonymousRead(on).ifPresent(found);
            anonymousWrite(on).ifPresent(found);
            return;
        }
        othersReadable(on).ifPresent(found);
        Optional<Finding> writable = othersWritable(on);
        writable.ifPresent(found);
        sharedWritable(on).ifPresent(found);
        insertAsOther(on).ifPresent(found);
        moved(on, writable.isPresent()).forEach(found);
    }

    private static Optional<Finding> anonymousRead(Case on) {
        if (!on.can(Act.READ_OTHERS) && !on.can(Act.READ_OWNERLESS)) {
            return Optional.empty();
        }
        Outcome others = on.outcome(Act.READ_OTHERS);
        boolean owned = on.judgement.owned(on.relation);
        Severity severity = Severity.INFO;
        String what = "can read all rows";
        if (owned && others == Outcome.ALLOWED) {
            severity = Reading.severity(on.judgement, on.relation, on.role);
            what = "can read the rows of all accounts";
        } else if (owned && others == Outcome.SOME) {
            severity = Reading.ofSome(on.judgement, on.relation, on.role);
            what = "can read some rows of accounts";
        } else if (owned) {
            what = "can read rows that are nobody's";
        } else if (Names.privateTable(on.relation.name())) {
            severity = Severity.MEDIUM;
        }
        return Optional.of(
                on.finding(
                        FindingCode.ANONYMOUS_READ,
                        severity,
                        List.of(Verb.SELECT),
                        "Callers without an account " + what + ".",
                        severity == Severity.INFO
                                ? on.narrow(Verb.SELECT) + " -- unless these rows are for everybody"
                                : on.narrow(Verb.SELECT)));
    }

    private static Optional<Finding> anonymousWrite(Case on) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        Severity severity = Severity.LOW;
        boolean owned = on.judgement.owned(on.relation);
        if (owned && on.can(Act.INSERT_OTHERS)) {
            verbs.add(Verb.INSERT);
            severity = Severity.HIGH;
        } else if (on.canAny(Act.INSERT_OWNERLESS, Act.INSERT_OWN, Act.INSERT_OTHERS)) {
            verbs.add(Verb.INSERT);
            boolean read = on.can(Act.READ_OWNERLESS) || on.can(Act.READ_OTHERS);
            severity = read || owned ? Severity.MEDIUM : Severity.LOW;
        }
        if (on.canAny(Act.UPDATE_OTHERS, Act.UPDATE_OWNERLESS, Act.UPDATE_OWN, Act.TAKE_OVER)) {
            verbs.add(Verb.UPDATE);
            severity = Severity.HIGH;
        }
        if (on.canAny(Act.DELETE_OTHERS, Act.DELETE_OWNERLESS, Act.DELETE_OWN)) {
            verbs.add(Verb.DELETE);
            severity = Severity.HIGH;
        }
        if (verbs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                on.finding(
                        FindingCode.ANONYMOUS_WRITE,
                        severity,
                        List.copyOf(verbs),
                        "Callers without an account can " + words(verbs) + " rows.",
                        on.narrow(verbs.iterator().next())));
    }

    private static Optional<Finding> othersReadable(Case on) {
        if (!on.judgement.owned(on.relation)) {
            return Optional.empty();
        }
        Outcome outcome = on.outcome(Act.READ_OTHERS);
        if (outcome != Outcome.ALLOWED && outcome != Outcome.SOME) {
            return othersReadableByText(on);
        }
        boolean all = outcome == Outcome.ALLOWED;
        Severity severity =
                all
                        ? Reading.severity(on.judgement, on.relation, on.role)
                        : Reading.ofSome(on.judgement, on.relation, on.role);
        return Optional.of(
                on.finding(
                        FindingCode.OTHERS_ROWS_READABLE,
                        on.forUsers(severity),
                        List.of(Verb.SELECT),
                        on.who()
                                + " can read "
                                + (all ? "all" : "some")
                                + " rows of other accounts.",
                        on.narrow(Verb.SELECT)));
    }

    private static Optional<Finding> othersReadableByText(Case on) {
        boolean open =
                on.judgement.owned(on.relation)
                        && on.relation.privileges(on.role).may(Verb.SELECT)
                        && Reading.openByText(on.judgement, on.relation, on.role);
        return open
                ? Optional.of(
                        on.finding(
                                FindingCode.OTHERS_ROWS_READABLE,
                                on.forUsers(Severity.MEDIUM),
                                List.of(Verb.SELECT),
                                "A policy never asks whose a row is: by its text %s can read rows of other accounts."
                                        .formatted(
                                                on.judgement.isSignedIn(on.role)
                                                        ? "any signed-in user"
                                                        : on.role),
                                on.narrow(Verb.SELECT)))
                : Optional.empty();
    }

    private static Optional<Finding> othersWritable(Case on) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        boolean all = false;
        for (Act act : List.of(Act.UPDATE_OTHERS, Act.DELETE_OTHERS)) {
            if (on.can(act)) {
                verbs.add(act.verb());
                all |= on.outcome(act) == Outcome.ALLOWED;
            }
        }
        boolean together =
                verbs.stream()
                        .allMatch(verb ->
                                Membership.decides(on.judgement, on.relation, on.role, verb));
        if (verbs.isEmpty() || together || !on.judgement.owned(on.relation)) {
            return Optional.empty();
        }
        return Optional.of(
                on.finding(
                        FindingCode.OTHERS_ROWS_WRITABLE,
                        on.forUsers(all ? Severity.HIGH : Severity.MEDIUM),
                        List.copyOf(verbs),
                        "%s can %s %s rows of other accounts."
                                .formatted(on.who(), words(verbs), all ? "all" : "some"),
                        on.narrow(verbs.iterator().next())));
    }

    private static Optional<Finding> sharedWritable(Case on) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        boolean owned = on.judgement.owned(on.relation);
        if (owned
                ? on.can(Act.UPDATE_OWNERLESS) && !on.can(Act.UPDATE_OTHERS)
                : on.canAny(Act.UPDATE_OWNERLESS, Act.UPDATE_OTHERS)) {
            verbs.add(Verb.UPDATE);
        }
        if (owned
                ? on.can(Act.DELETE_OWNERLESS) && !on.can(Act.DELETE_OTHERS)
                : on.canAny(Act.DELETE_OWNERLESS, Act.DELETE_OTHERS)) {
            verbs.add(Verb.DELETE);
        }
        boolean together =
                verbs.stream()
                        .allMatch(verb ->
                                Membership.decides(on.judgement, on.relation, on.role, verb));
        if (verbs.isEmpty() || together) {
            return Optional.empty();
        }
        Severity severity = on.judgement.isSignedIn(on.role) ? Severity.MEDIUM : Severity.INFO;
        return Optional.of(
                on.finding(
                        FindingCode.SHARED_ROWS_WRITABLE,
                        severity,
                        List.copyOf(verbs),
                        "%s can %s rows that belong to nobody.".formatted(on.who(), words(verbs)),
                        on.narrow(verbs.iterator().next())));
    }

    private static Optional<Finding> insertAsOther(Case on) {
        if (!on.can(Act.INSERT_OTHERS) || !on.judgement.owned(on.relation)) {
            return Optional.empty();
        }
        boolean together = Membership.decides(on.judgement, on.relation, on.role, Verb.INSERT);
        boolean readByCallers =
                on.judgement.judged().stream()
                        .anyMatch(role ->
                                on.judgement.canAny(
                                        on.relation, role, Act.READ_OWN, Act.READ_OTHERS));
        Set<String> owners = on.judgement.owners(on.relation);
        return Optional.of(
                new Finding(
                        FindingCode.INSERT_AS_OTHER,
                        together
                                ? Severity.LOW
                                : on.forUsers(readByCallers ? Severity.HIGH : Severity.MEDIUM),
                        on.relation.label(),
                        on.role,
                        List.of(Verb.INSERT),
                        List.copyOf(owners),
                        on.who() + " can insert rows in the name of another account.",
                        on.narrow(Verb.INSERT)));
    }

    private static List<Finding> moved(Case on, boolean othersWritable) {
        List<Finding> found = new ArrayList<>();
        if (!on.judgement.owned(on.relation)
                || Membership.decides(on.judgement, on.relation, on.role, Verb.UPDATE)) {
            return found;
        }
        boolean insertAsOther = on.can(Act.INSERT_OTHERS);
        if (on.can(Act.GIVE_AWAY)) {
            Severity severity = insertAsOther ? Severity.MEDIUM : Severity.HIGH;
            found.add(
                    on.finding(
                            FindingCode.ROW_GIVEN_AWAY,
                            on.forUsers(othersWritable ? Severity.LOW : severity),
                            List.of(Verb.UPDATE),
                            on.who() + " can make an own row another account's.",
                            on.narrow(Verb.UPDATE)));
        }
        if (on.can(Act.TAKE_OVER)) {
            found.add(
                    on.finding(
                            FindingCode.ROW_TAKEN_OVER,
                            on.forUsers(on.can(Act.UPDATE_OTHERS) ? Severity.LOW : Severity.HIGH),
                            List.of(Verb.UPDATE),
                            on.who() + " can make another account's row their own.",
                            on.narrow(Verb.UPDATE)));
        }
        return found;
    }

    static String words(Set<Verb> verbs) {
        List<String> words =
                verbs.stream().map(verb -> verb == Verb.UPDATE ? "change" : verb.word()).toList();
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    /// A role's reach into one relation.
    private record Case(Judgement judgement, Relation relation, String role) {
        Outcome outcome(Act act) {
            return judgement.outcome(relation, role, act);
        }

        boolean can(Act act) {
            return judgement.can(relation, role, act);
        }

        boolean canAny(Act... acts) {
            return judgement.canAny(relation, role, acts);
        }

        /// Roles of the application's own are given to people on purpose.
        Severity forUsers(Severity severity) {
            boolean lower = !judgement.isSignedIn(role) && severity.compareTo(Severity.LOW) < 0;
            return lower ? Severity.LOW : severity;
        }

        String who() {
            return judgement.isSignedIn(role) ? "Any signed-in user" : "Whoever has role " + role;
        }

        Finding finding(
                FindingCode code, Severity severity, List<Verb> verbs, String message, String fix) {
            return new Finding(
                    code, severity, relation.label(), role, verbs, List.of(), message, fix);
        }

        /// Names the policies to narrow, or takes the right where there are none.
        String narrow(Verb verb) {
            List<Policy> policies =
                    Conditions.permissive(judgement.facts().policiesOf(relation, role, verb));
            if (!relation.kind().hasPolicies() || policies.isEmpty() || !relation.rowSecurity()) {
                return "revoke %s on %s from %s;"
                        .formatted(verb.word(), Quoted.name(relation), Quoted.role(role));
            }
            String owner =
                    judgement.owners(relation).stream()
                            .findFirst()
                            .filter(_ -> !judgement.isAnonymous(role))
                            .map(name -> "(select auth.uid()) = " + Quoted.name(name))
                            .orElse("...");
            if (judgement.isAnonymous(role)
                    && policies.stream().allMatch(Conditions::countsForPublic)) {
                return alter(
                        policies,
                        " to %s".formatted(Quoted.name(judgement.facts().callers().signedIn())));
            }
            String clause = verb == Verb.INSERT ? "with check" : "using";
            String both = verb == Verb.UPDATE ? " with check (" + owner + ")" : "";
            return alter(policies, " %s (%s)%s".formatted(clause, owner, both));
        }

        private String alter(List<Policy> policies, String how) {
            return String.join(
                    " ",
                    policies.stream()
                            .map(policy ->
                                    "alter policy %s on %s%s;"
                                            .formatted(
                                                    Quoted.name(policy.name()),
                                                    Quoted.name(relation),
                                                    how))
                            .toList());
        }
    }

    static Stream<Verb> writes() {
        return Stream.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);
    }
}
