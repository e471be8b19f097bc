package dev.ashlar.policy.exposure.rule;

import dev.ashlar.policy.exposure.Finding;
import java.util.function.Consumer;

/// Looks for one group of mistakes. Follow-ups of somebody else's finding are told as well:
/// [FollowUps] sorts them out.
interface Rule {
    void check(Judgement judgement, Consumer<Finding> found);
}
