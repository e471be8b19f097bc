/// How often something may happen, on all nodes together: token buckets in the database, behind a
/// sieve of each node's own; and from where accounts have signed in before.
///
/// In: what is counted, by whom. Out: nothing, or a
/// [dev.ashlar.problem.LimitProblem.TooManyRequests] that says when to come back. Which limits
/// there are is the business of `auth.context`.
///
/// A database that cannot be asked refuses nobody here.
@NullMarked
package dev.ashlar.auth.throttle;

import org.jspecify.annotations.NullMarked;
