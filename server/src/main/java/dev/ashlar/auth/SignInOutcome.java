package dev.ashlar.auth;

import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.problem.AuthProblem;

/// How an attempt to sign in ended. A refusal is an outcome and not an exception since it may have
/// changed something: a replayed refresh token ends its session, and that must be committed.
public sealed interface SignInOutcome {
    record SignedIn(IssuedSession session) implements SignInOutcome {}

    record Refused(AuthProblem problem) implements SignInOutcome {}
}
