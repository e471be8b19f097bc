/// Runs tests of policies on databases, and the same with mistakes put into the policies.
///
/// In: [dev.ashlar.policy.trial.PolicySuite]s and addresses of databases that may be used for it;
/// out: a [dev.ashlar.policy.trial.LabReport]. Everything happens in transactions that are rolled
/// back. Callers are set as the data path sets them: role and claims for the transaction.
@NullMarked
package dev.ashlar.backend.postgres.policy;

import org.jspecify.annotations.NullMarked;
