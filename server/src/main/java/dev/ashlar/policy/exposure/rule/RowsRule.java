package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                                ? on.narrow(List.of(Verb.SELECT))
                                        + " -- unless these rows are for everybody"
                                : on.narrow(List.of(Verb.SELECT))));
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
                        on.narrow(verbs)));
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
                        on.narrow(List.of(Verb.SELECT))));
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
                                on.narrow(List.of(Verb.SELECT))))
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
                        on.narrow(verbs)));
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
                        on.narrow(verbs)));
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
                        on.narrow(List.of(Verb.INSERT))));
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
                            on.narrow(List.of(Verb.UPDATE))));
        }
        if (on.can(Act.TAKE_OVER)) {
            found.add(
                    on.finding(
                            FindingCode.ROW_TAKEN_OVER,
                            on.forUsers(on.can(Act.UPDATE_OTHERS) ? Severity.LOW : Severity.HIGH),
                            List.of(Verb.UPDATE),
                            on.who() + " can make another account's row their own.",
                            on.narrow(List.of(Verb.UPDATE))));
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

        /// Narrows the policies, or takes the rights where there are none.
        String narrow(Collection<Verb> verbs) {
            Map<Policy, Set<Verb>> policies = new LinkedHashMap<>();
            for (Verb verb : verbs) {
                Conditions.permissive(judgement.facts().policiesOf(relation, role, verb))
                        .forEach(policy ->
                                policies.computeIfAbsent(policy, _ -> EnumSet.noneOf(Verb.class))
                                        .add(verb));
            }
            if (judgement.ownsByMembership(role, relation)) {
                return "revoke %s from %s;"
                        .formatted(Quoted.name(relation.owner()), Quoted.name(role));
            }
            if (!relation.kind().hasPolicies() || policies.isEmpty() || !relation.rowSecurity()) {
                return "revoke %s on %s from %s;"
                        .formatted(
                                String.join(", ", verbs.stream().map(Verb::word).toList()),
                                Quoted.name(relation),
                                Narrowing.from(relation, List.of(role)));
            }
            List<String> statements = new ArrayList<>();
            policies.forEach((policy, of) -> statements.add(narrowed(policy, of)));
            // What follows a comment on its line is one too.
            statements.sort(Comparator.comparing(statement -> statement.startsWith("--")));
            return String.join(" ", statements);
        }

        private String narrowed(Policy policy, Set<Verb> verbs) {
            Facts facts = judgement.facts();
            boolean named =
                    Conditions.countsForPublic(policy)
                            || policy.roles().contains(facts.callers().anonymous());
            if (judgement.isAnonymous(role) && named) {
                return Narrowing.withoutAnonymous(facts, relation, policy);
            }
            Optional<String> own =
                    judgement.owners(relation).stream()
                            .findFirst()
                            .filter(_ -> !judgement.isAnonymous(role))
                            .map(name -> Narrowing.isCaller(facts, relation, name));
            return Narrowing.held(relation, policy, own, verbs);
        }
    }

    static Stream<Verb> writes() {
        return Stream.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);
    }
}
