/// What a database lets whom do: what its catalog says ([Facts]), what was seen when it was tried
/// ([Observation]), and what follows from both ([Finding], [Cell]).
///
/// In: facts and observations, which `backend.postgres.exposure` gathers; out: an [ExposureReport].
/// Nothing here asks a database or knows a file.
@NullMarked
package dev.ashlar.policy.exposure;

import org.jspecify.annotations.NullMarked;
