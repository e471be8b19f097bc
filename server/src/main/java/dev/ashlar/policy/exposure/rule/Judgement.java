package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.ForeignKey;
import dev.ashlar.policy.exposure.Facts.Policy;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.RelationKind;
import dev.ashlar.policy.exposure.Facts.RoleFacts;
import dev.ashlar.policy.exposure.Observation;
import dev.ashlar.policy.exposure.Observations;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Verb;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// All that rules look at: what the catalog says and what was seen, and of both what callers can
/// do. Where nothing was seen it follows from grants and policies, as far as it does.
final class Judgement {
    private static final Set<Act> OTHERS =
            EnumSet.of(
                    Act.READ_OTHERS,
                    Act.INSERT_OTHERS,
                    Act.UPDATE_OTHERS,
                    Act.DELETE_OTHERS,
                    Act.TAKE_OVER);

    private static final Set<Act> OWN =
            EnumSet.of(Act.READ_OWN, Act.INSERT_OWN, Act.UPDATE_OWN, Act.DELETE_OWN, Act.GIVE_AWAY);

    private final Facts facts;
    private final Observations seen;
    private final Conditions conditions = new Conditions();
    private final Owners owners;
    private final Map<Long, Boolean> owned = new HashMap<>();
    private final Mentioned mentioned;

    Judgement(Facts facts, Observations seen) {
        this.facts = facts;
        this.seen = seen;
        this.owners = new Owners(facts, conditions);
        this.mentioned = new Mentioned(facts);
    }

    Facts facts() {
        return facts;
    }

    Observations seen() {
        return seen;
    }

    Conditions conditions() {
        return conditions;
    }

    Mentioned mentioned() {
        return mentioned;
    }

    List<String> judged() {
        return facts.callers().judged();
    }

    /// Without or with an account, but no role of the application's own.
    List<String> everybody() {
        return List.of(facts.callers().anonymous(), facts.callers().signedIn());
    }

    boolean isAnonymous(String role) {
        return role.equals(facts.callers().anonymous());
    }

    boolean isSignedIn(String role) {
        return role.equals(facts.callers().signedIn());
    }

    Optional<RoleFacts> role(String name) {
        return Optional.ofNullable(facts.roles().get(name));
    }

    /// Tables that are served by their own name, but for the system's.
    Stream<Relation> tables() {
        return facts.exposed().stream()
                .filter(relation -> relation.kind().hasPolicies())
                .filter(relation -> !system(relation));
    }

    /// Of Ashlar's own, which rules of their own look at.
    static boolean system(Relation relation) {
        return Set.of("storage", "realtime", "auth").contains(relation.schema());
    }

    /// Judged roles with a right by grants.
    List<String> holding(Relation relation, Verb verb) {
        return judged().stream().filter(role -> relation.privileges(role).may(verb)).toList();
    }

    /// An owner's rights, which no REVOKE of them takes from a member.
    boolean ownsByMembership(String role, Relation relation) {
        return !role.equals(relation.owner())
                && role(role)
                        .filter(facts -> facts.inherits().contains(relation.owner()))
                        .isPresent();
    }

    /// By grants alone.
    List<Verb> rights(Relation relation, String role) {
        return Stream.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.DELETE)
                .filter(relation.privileges(role)::may)
                .toList();
    }

    Set<String> owners(Relation relation) {
        return owners.of(relation);
    }

    /// Whether rows belong to accounts.
    boolean owned(Relation relation) {
        Boolean known = owned.get(relation.oid());
        if (known != null) {
            return known;
        }
        boolean found = findOwned(relation);
        owned.put(relation.oid(), found);
        return found;
    }

    private boolean findOwned(Relation relation) {
        // While this is worked out, keys that lead back here tell nothing.
        owned.put(relation.oid(), false);
        List<Act> known =
                seen.of(relation).stream()
                        .filter(each -> each.outcome() != Outcome.UNKNOWN)
                        .map(Observation::act)
                        .toList();
        boolean told = known.stream().anyMatch(act -> OTHERS.contains(act) || OWN.contains(act));
        if (!known.isEmpty() && !told) {
            return false;
        }
        return owners.owned(relation)
                || (!relation.kind().hasPolicies() && told)
                || facts.policiesOf(relation).stream().anyMatch(policy -> bound(policy, relation))
                || (told && facts.foreignKeysOf(relation).stream().anyMatch(this::ofOwned));
    }

    /// A policy that holds rows against the caller by way of other tables.
    private static boolean bound(Policy policy, Relation relation) {
        return Conditions.texts(policy).stream()
                .anyMatch(text ->
                        (Conditions.asksWho(text) || Conditions.callsApplication(text))
                                && Conditions.looksElsewhere(text)
                                && Membership.mentionsOwnColumn(text, relation));
    }

    private boolean ofOwned(ForeignKey key) {
        return facts.find(key.target())
                .filter(target -> target.oid() != key.relation())
                .filter(this::owned)
                .isPresent();
    }

    /// Whether it works, at least on some rows.
    boolean can(Relation relation, String role, Act act) {
        Outcome outcome = outcome(relation, role, act);
        return outcome == Outcome.ALLOWED || outcome == Outcome.SOME;
    }

    boolean canAny(Relation relation, String role, Act... acts) {
        return Stream.of(acts).anyMatch(act -> can(relation, role, act));
    }

    /// Rows that are not the caller's own: somebody else's, or, where rows belong to nobody, any.
    Outcome readsBeyondOwn(Relation relation, String role) {
        Outcome others = outcome(relation, role, Act.READ_OTHERS);
        if (owned(relation)) {
            return others;
        }
        Outcome shared = outcome(relation, role, Act.READ_OWNERLESS);
        return others == Outcome.ALLOWED || shared == Outcome.DENIED ? others : shared;
    }

    Outcome outcome(Relation relation, String role, Act act) {
        return seen.find(relation, role, act)
                .map(Observation::outcome)
                .filter(outcome -> outcome != Outcome.UNKNOWN)
                .orElseGet(() -> written(relation, role, act));
    }

    /// What follows from what is written.
    private Outcome written(Relation relation, String role, Act act) {
        if (!fits(relation, act) || !relation.privileges(role).may(act.verb())) {
            return Outcome.DENIED;
        }
        boolean past =
                role(role).filter(RoleFacts::seesEverything).isPresent()
                        || !relation.rowSecurity()
                        || (relation.owner().equals(role) && !relation.forced());
        if (!relation.kind().hasPolicies()) {
            return relation.kind() == RelationKind.VIEW ? Outcome.UNKNOWN : Outcome.ALLOWED;
        }
        if (past) {
            return Outcome.ALLOWED;
        }
        List<Policy> policies = facts.policiesOf(relation, role, act.verb());
        List<Policy> permissive = Conditions.permissive(policies);
        if (permissive.stream().allMatch(each -> conditions.neverAllows(each, act.verb()))) {
            return Outcome.DENIED;
        }
        boolean restricted = permissive.size() < policies.size();
        boolean open =
                permissive.stream()
                        .anyMatch(each ->
                                isAnonymous(role)
                                        ? conditions.open(each, act.verb())
                                        : conditions.openToUsers(each, act.verb()));
        return open && !restricted ? Outcome.ALLOWED : Outcome.UNKNOWN;
    }

    /// Whether there are such rows at all.
    private boolean fits(Relation relation, Act act) {
        return owners.owned(relation) || (!OTHERS.contains(act) && !OWN.contains(act));
    }
}
