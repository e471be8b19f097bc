/// What people do about policies: have them tested, explained and made fast.
///
/// In: YAML text ([SuiteReader]), a [dev.ashlar.policy.trial.LabReport], facts and explanations of
/// `backend.postgres.exposure`; out: words for a terminal, JSON, JUnit's XML and migrations.
/// Nothing here asks a database, and nothing knows HTTP or a command line.
@NullMarked
package dev.ashlar.ops.policy;

import org.jspecify.annotations.NullMarked;
