/// Accounts, sign-in and sessions: the rules, free of HTTP.
///
/// In: a [Grant] or a sign-up, with the address it came from. Out: a sealed [SignInOutcome] or an
/// account; refusals are [dev.ashlar.problem.AuthProblem]. Everything that belongs to one step
/// (rows, session, refresh token, audit entry) is one transaction.
///
/// Code here blocks and runs on virtual threads, and stands on the packages below it: accounts,
/// sessions, tokens and passwords, each with its own stores. No HTTP type and no wire name may
/// enter.
@NullMarked
package dev.ashlar.auth;

import org.jspecify.annotations.NullMarked;
