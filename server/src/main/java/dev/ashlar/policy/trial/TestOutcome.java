package dev.ashlar.policy.trial;

import java.time.Duration;
import java.util.List;

/// @param faults what came otherwise than expected, a text each; empty when the test passes
public record TestOutcome(
        String file, PolicySuite.PolicyTest test, List<String> faults, Duration took) {
    public boolean passed() {
        return faults.isEmpty();
    }
}
