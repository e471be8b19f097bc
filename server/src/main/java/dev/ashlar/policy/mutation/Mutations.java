package dev.ashlar.policy.mutation;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Facts.Privileges;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the mutants of policies. Those that plainly change nothing are left out: rights that
/// nobody was granted, verbs that another policy opens just as wide.
public final class Mutations {
    private static final List<Verb> VERBS =
            List.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.DELETE);

    private final Facts facts;

    public Mutations(Facts facts) {
        this.facts = facts;
    }

    /// All mutants of all policies of a relation.
    public List<Mutation> of(Relation relation) {
        List<Mutation> mutations = new ArrayList<>();
        for (Policy policy : facts.policiesOf(relation)) {
            conditions(relation, policy, mutations);
            widened(relation, policy, mutations);
        }
        // Two ways to the same mistake are one.
        Map<String, Mutation> distinct = new LinkedHashMap<>();
        for (Mutation each : mutations) {
            distinct.putIfAbsent(each.policy().oid() + " " + each.instead(), each);
        }
        return List.copyOf(distinct.values());
    }

    private void conditions(Relation relation, Policy policy, List<Mutation> mutations) {
        String verbs = tries(policy);
        for (String using : policy.using().stream().toList()) {
            for (ConditionMutations.Change change :
                    ConditionMutations.of(using, relation, policy.permissive())) {
                mutations.add(
                        instead(
                                withUsing(policy, change.text()),
                                policy,
                                change.description(),
                                "try to " + verbs + " a row " + change.hint()));
            }
        }
        for (String check : policy.check().stream().toList()) {
            for (ConditionMutations.Change change :
                    ConditionMutations.of(check, relation, policy.permissive())) {
                mutations.add(
                        instead(
                                withCheck(policy, Optional.of(change.text())),
                                policy,
                                "in WITH CHECK: " + change.description(),
                                "write a row " + change.hint()));
            }
        }
        if (policy.using().isPresent()
                && policy.check().isPresent()
                && !policy.check().equals(policy.using())) {
            mutations.add(
                    instead(
                            withCheck(policy, Optional.empty()),
                            policy,
                            "WITH CHECK dropped",
                            "write a row that only WITH CHECK refuses"));
        }
    }

    private void widened(Relation relation, Policy policy, List<Mutation> mutations) {
        if (!policy.permissive()) {
            mutations.add(
                    instead(
                            with(policy, policy.command(), true, policy.roles()),
                            policy,
                            "RESTRICTIVE made PERMISSIVE",
                            "try to " + tries(policy) + " a row that only this policy allows"));
        }
        mutations.add(
                new Mutation(
                        policy,
                        Optional.empty(),
                        "the policy dropped",
                        policy.permissive()
                                ? tries(policy) + " a row that only this policy allows"
                                : "try to " + tries(policy) + " a row that this policy refuses"));
        if (!policy.roles().contains(Facts.PUBLIC) && othersMay(relation, policy)) {
            mutations.add(
                    instead(
                            with(
                                    policy,
                                    policy.command(),
                                    policy.permissive(),
                                    List.of(Facts.PUBLIC)),
                            policy,
                            "TO " + String.join(", ", policy.roles()) + " widened to PUBLIC",
                            "try to " + tries(policy) + " as another role"));
        }
        Set<Verb> more = opened(relation, policy);
        if (policy.using().isPresent() && !more.isEmpty()) {
            mutations.add(
                    instead(
                            with(policy, PolicyCommand.ALL, policy.permissive(), policy.roles()),
                            policy,
                            "FOR " + policy.command() + " widened to ALL",
                            "try to " + words(more) + " a row that this policy shows"));
        }
    }

    private static Mutation instead(Policy mutant, Policy policy, String description, String hint) {
        return new Mutation(policy, Optional.of(mutant), description, hint);
    }

    /// Whether a caller's role that the policy is not for holds the rights that it is about.
    private boolean othersMay(Relation relation, Policy policy) {
        return facts.callers().judged().stream()
                .filter(role -> !isFor(policy, role))
                .map(relation::privileges)
                .anyMatch(privileges -> mayAny(privileges, policy));
    }

    private static boolean mayAny(Privileges privileges, Policy policy) {
        return VERBS.stream()
                .anyMatch(verb -> policy.command().covers(verb) && privileges.may(verb));
    }

    private boolean isFor(Policy policy, String role) {
        Facts.RoleFacts held = facts.roles().get(role);
        return policy.roles().contains(role)
                || (held != null && policy.roles().stream().anyMatch(held.inherits()::contains));
    }

    /// The verbs that FOR ALL would add: callers hold the rights, and no other policy allows the
    /// same by the same condition.
    private Set<Verb> opened(Relation relation, Policy policy) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        for (Verb verb : VERBS) {
            boolean granted =
                    facts.callers().judged().stream()
                            .filter(role ->
                                    policy.roles().contains(Facts.PUBLIC) || isFor(policy, role))
                            .anyMatch(role -> relation.privileges(role).may(verb));
            if (!policy.command().covers(verb)
                    && granted
                    && !isAllowedElsewhere(relation, policy, verb)) {
                verbs.add(verb);
            }
        }
        return verbs;
    }

    private boolean isAllowedElsewhere(Relation relation, Policy policy, Verb verb) {
        return policy.permissive()
                && facts.policiesOf(relation).stream()
                        .filter(other -> other.oid() != policy.oid() && other.permissive())
                        .filter(other -> other.command().covers(verb))
                        .filter(other ->
                                other.roles().contains(Facts.PUBLIC)
                                        || other.roles().containsAll(policy.roles()))
                        .anyMatch(other ->
                                verb == Verb.INSERT
                                        ? written(other).equals(written(policy))
                                        : other.using().equals(policy.using())
                                                && (verb != Verb.UPDATE
                                                        || written(other).equals(written(policy))));
    }

    private static Optional<String> written(Policy policy) {
        return policy.check().or(policy::using);
    }

    private static String tries(Policy policy) {
        return switch (policy.command()) {
            case ALL -> "read or write";
            case SELECT -> "read";
            case INSERT -> "insert";
            case UPDATE -> "update (without `where`)";
            case DELETE -> "delete (without `where`)";
        };
    }

    private static String words(Set<Verb> verbs) {
        return String.join(" or ", verbs.stream().map(Verb::word).toList());
    }

    private static Policy withUsing(Policy policy, String using) {
        return new Policy(
                policy.oid(),
                policy.relation(),
                policy.name(),
                policy.command(),
                policy.permissive(),
                policy.roles(),
                Optional.of(using),
                policy.check());
    }

    private static Policy withCheck(Policy policy, Optional<String> check) {
        return new Policy(
                policy.oid(),
                policy.relation(),
                policy.name(),
                policy.command(),
                policy.permissive(),
                policy.roles(),
                policy.using(),
                check);
    }

    private static Policy with(
            Policy policy, PolicyCommand command, boolean permissive, List<String> roles) {
        return new Policy(
                policy.oid(),
                policy.relation(),
                policy.name(),
                command,
                permissive,
                roles,
                policy.using(),
                policy.check());
    }
}
