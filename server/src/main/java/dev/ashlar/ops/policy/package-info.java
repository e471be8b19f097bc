/// Files of policy tests, and what is told of a run.
///
/// In: YAML text ([SuiteReader]) and a [dev.ashlar.policy.trial.LabReport]; out: a
/// [dev.ashlar.policy.trial.PolicySuite], and the report for a terminal ([LabText]), a program
/// ([LabJson]) and CI ([JUnitXml]). Nothing here asks a database, and nothing knows a command line.
@NullMarked
package dev.ashlar.ops.policy;

import org.jspecify.annotations.NullMarked;
