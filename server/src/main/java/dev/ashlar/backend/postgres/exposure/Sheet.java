package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Observation;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Unprobed;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Set;

/// Where a probe of one relation as one caller writes down what it saw.
final class Sheet {
    private final Relation relation;
    private final String role;
    private final List<Observation> observations;
    private final Set<Unprobed> unprobed;

    Sheet(Relation relation, String role, List<Observation> observations, Set<Unprobed> unprobed) {
        this.relation = relation;
        this.role = role;
        this.observations = observations;
        this.unprobed = unprobed;
    }

    void put(Act act, Verdict verdict) {
        observations.add(
                new Observation(relation.oid(), role, act, verdict.outcome(), verdict.reason()));
        if (verdict.outcome() == Outcome.UNKNOWN) {
            unprobed.add(new Unprobed(relation.label(), role, act.verb().word(), verdict.reason()));
        }
    }

    void unprobed(Verb verb, List<Act> acts, String reason) {
        acts.forEach(act -> put(act, Verdict.unknown(reason)));
        if (acts.isEmpty()) {
            unprobed.add(new Unprobed(relation.label(), role, verb.word(), reason));
        }
    }
}
