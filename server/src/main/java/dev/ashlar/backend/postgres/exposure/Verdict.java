package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Facts.Trigger;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Verb;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What an attempt says about what its caller may do.
///
/// @param reason may be empty
record Verdict(Outcome outcome, String reason) {
    static final Verdict ALLOWED = new Verdict(Outcome.ALLOWED, "");
    static final Verdict NOT_GRANTED = denied("not granted");
    static final Verdict HIDDEN = denied("no policy lets the row through");

    /// Routines of the server that refuse a value before policies are asked.
    private static final Set<String> BEFORE_POLICIES =
            Set.of(
                    "ExecFindPartition",
                    "ExecPartitionCheckEmitError",
                    "ExecEvalConstraintCheck",
                    "ExecEvalConstraintNotNull",
                    "domain_check_input");

    /// What PL/pgSQL's RAISE is in the server.
    private static final String RAISE = "exec_stmt_raise";

    static final String UNFIT = "no value was found that fits: ";

    static Verdict denied(String reason) {
        return new Verdict(Outcome.DENIED, reason);
    }

    static Verdict unknown(String reason) {
        return new Verdict(Outcome.UNKNOWN, reason);
    }

    static Verdict of(Attempt attempt, Facts facts, Relation relation, Verb verb) {
        return switch (attempt) {
            case Attempt.Done done -> done.lastCount() > 0 ? ALLOWED : HIDDEN;
            case Attempt.Failed failed -> refused(failed, facts, relation, verb);
        };
    }

    static Verdict refused(Attempt.Failed failed, Facts facts, Relation relation, Verb verb) {
        return switch (failed.state()) {
            case "42501" -> forbidden(failed, facts, relation, verb);
            case "57014" -> unknown("it took too long");
            case "55P03", "40P01" -> unknown("locked by somebody else");
            case "23502" -> missing(failed, relation);
            case "44000" -> denied("the view's check refuses the row");
            default -> other(failed, facts, relation, verb);
        };
    }

    private static Verdict other(Attempt.Failed failed, Facts facts, Relation relation, Verb verb) {
        boolean raised =
                byTrigger(failed, facts, relation, verb)
                        && (!failed.integrity() || failed.routine().equals(RAISE));
        if (raised) {
            return raised(failed);
        }
        return failed.integrity() ? broken(failed) : failing(failed);
    }

    private static Verdict forbidden(
            Attempt.Failed failed, Facts facts, Relation relation, Verb verb) {
        if (failed.routine().equals("ExecWithCheckOptions")) {
            return denied("a policy refuses the row");
        }
        if (byTrigger(failed, facts, relation, verb)) {
            return raised(failed);
        }
        if (!relation.kind().hasPolicies()) {
            return denied(failed.message());
        }
        // Whatever its language, the message names the object; rights on the relation itself were
        // looked up before, so it is one that a policy or a view needs.
        boolean itself =
                failed.message()
                        .matches(
                                "(?s).*\\b"
                                        + java.util.regex.Pattern.quote(relation.name())
                                        + "\\b.*");
        return itself ? denied(failed.message()) : failing(failed);
    }

    private static Verdict missing(Attempt.Failed failed, Relation relation) {
        return failed.column().isEmpty() || relation.find(failed.column()).isEmpty()
                ? broken(failed)
                : denied("column %s is required and may not be written".formatted(failed.column()));
    }

    /// Constraints are looked at after policies: it would have worked with another value.
    private static Verdict broken(Attempt.Failed failed) {
        return BEFORE_POLICIES.contains(failed.routine())
                ? unknown(UNFIT + failed.message())
                : new Verdict(Outcome.ALLOWED, "");
    }

    private static Verdict raised(Attempt.Failed failed) {
        return denied("a trigger refuses: " + failed.message());
    }

    private static Verdict failing(Attempt.Failed failed) {
        return unknown("policy fails: " + failed.message());
    }

    /// The context names functions without their schemas where `search_path` finds them.
    private static boolean byTrigger(
            Attempt.Failed failed, Facts facts, Relation relation, Verb verb) {
        return facts.triggersOf(relation).stream()
                .filter(Trigger::enabled)
                .filter(trigger -> trigger.events().contains(verb))
                .map(trigger ->
                        trigger.function().substring(trigger.function().lastIndexOf('.') + 1))
                .anyMatch(name -> failed.where().contains(name));
    }

    /// What several rows of the same kind say together.
    static Verdict together(List<Verdict> verdicts) {
        Set<Outcome> outcomes =
                java.util.EnumSet.copyOf(verdicts.stream().map(Verdict::outcome).toList());
        boolean some = outcomes.contains(Outcome.ALLOWED) || outcomes.contains(Outcome.SOME);
        Comparator<Verdict> telling = Comparator.comparing(verdict -> verdict.reason().isEmpty());
        Outcome outcome =
                some
                        ? outcomes.size() == 1 ? outcomes.iterator().next() : Outcome.SOME
                        : outcomes.contains(Outcome.UNKNOWN) ? Outcome.UNKNOWN : Outcome.DENIED;
        String reason =
                verdicts.stream()
                        .filter(verdict -> some || verdict.outcome() == outcome)
                        .min(telling)
                        .map(Verdict::reason)
                        .orElse("");
        return new Verdict(outcome, reason);
    }
}
