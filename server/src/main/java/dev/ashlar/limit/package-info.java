/// How often something may happen: token buckets, held in memory.
///
/// In: a key such as an address. Out: nothing, or a
/// [dev.ashlar.problem.LimitProblem.TooManyRequests] that says when to come back. The number of
/// keys is bounded.
///
/// Which limits there are and what their keys mean is the business of whoever asks.
@NullMarked
package dev.ashlar.limit;

import org.jspecify.annotations.NullMarked;
