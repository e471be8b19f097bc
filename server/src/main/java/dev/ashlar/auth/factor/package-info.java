/// Proofs of a person beyond the password: one-time codes of an authenticator app, security keys,
/// codes by text, recovery codes.
///
/// In: an account whose session already stands, or an answer of an authenticator. Out: a factor
/// enrolled, or a session raised to the second level of assurance. Challenges, used time steps and
/// signature counters are kept in the database and change in one transaction with what they allow.
///
/// No HTTP type and no wire name may enter.
@NullMarked
package dev.ashlar.auth.factor;

import org.jspecify.annotations.NullMarked;
