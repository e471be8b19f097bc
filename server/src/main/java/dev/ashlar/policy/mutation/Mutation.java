package dev.ashlar.policy.mutation;

import dev.ashlar.policy.exposure.Facts.Policy;
import java.util.Optional;

/// One mistake in one policy.
///
/// @param policy as it is
/// @param instead as the mistake has it; empty when the policy is gone
/// @param description what was changed, in words
/// @param hint which test would notice
public record Mutation(Policy policy, Optional<Policy> instead, String description, String hint) {}
