/// Tests of policies: rows, a caller, and what that caller can do with them.
///
/// In: what `ops.policy` read from files ([PolicySuite]); out: what came of running them
/// ([TestOutcome], [MutantOutcome]). Running is `backend.postgres.policy`'s; nothing here asks a
/// database or knows a file.
@NullMarked
package dev.ashlar.policy.trial;

import org.jspecify.annotations.NullMarked;
