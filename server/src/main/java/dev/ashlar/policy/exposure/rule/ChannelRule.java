package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Observation;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Channels that belong to somebody, by an account or a row that they are named after, and let
/// others in. Of those that are shared nothing is said: their names are all that tells.
final class ChannelRule implements Rule {
    @Override
    public void check(Judgement judgement, Consumer<Finding> found) {
        Optional<Relation> channels = judgement.facts().find("realtime", "messages");
        if (channels.isEmpty()) {
            return;
        }
        for (String role : judgement.judged()) {
            boolean anonymous = judgement.isAnonymous(role);
            if (open(judgement, channels.get(), role, Act.READ_OTHERS)) {
                found.accept(
                        finding(
                                anonymous
                                        ? FindingCode.ANONYMOUS_READ
                                        : FindingCode.OTHERS_ROWS_READABLE,
                                channels.get(),
                                role,
                                Verb.SELECT,
                                "join and hear"));
            }
            if (open(judgement, channels.get(), role, Act.INSERT_OTHERS)) {
                found.accept(
                        finding(
                                anonymous
                                        ? FindingCode.ANONYMOUS_WRITE
                                        : FindingCode.INSERT_AS_OTHER,
                                channels.get(),
                                role,
                                Verb.INSERT,
                                "send to"));
            }
        }
    }

    /// Seen, and of each channel that was tried: one that is shared lets some in.
    private static boolean open(Judgement judgement, Relation channels, String role, Act act) {
        return judgement
                .seen()
                .find(channels, role, act)
                .map(Observation::outcome)
                .filter(Outcome.ALLOWED::equals)
                .isPresent();
    }

    private static Finding finding(
            FindingCode code, Relation channels, String role, Verb verb, String does) {
        return new Finding(
                code,
                Severity.LOW,
                channels.label(),
                role,
                List.of(verb),
                List.of(),
                "Role %s can %s private channels of other accounts.".formatted(role, does),
                "alter the policies for %s on %s: compare realtime.topic() with the caller's account or memberships"
                        .formatted(verb.word(), Quoted.name(channels)));
    }
}
