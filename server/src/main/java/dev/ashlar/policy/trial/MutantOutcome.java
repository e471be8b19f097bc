package dev.ashlar.policy.trial;

import dev.ashlar.policy.mutation.Mutation;

/// @param table label of the policy's relation
/// @param note the test that noticed, the reason why it is equivalent, or why it is not valid
public record MutantOutcome(String table, Mutation mutation, Verdict verdict, String note) {
    public enum Verdict {
        /// A test noticed.
        CAUGHT,
        SURVIVED,
        /// Declared to be as good as the policy.
        EQUIVALENT,
        /// PostgreSQL refuses such a policy.
        INVALID
    }
}
