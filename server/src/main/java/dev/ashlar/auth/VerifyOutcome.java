package dev.ashlar.auth;

import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.problem.AuthProblem;

/// What a code or link led to. A refusal is an outcome and not an exception since it has changed
/// something: wrong codes are counted, and that must be committed.
public sealed interface VerifyOutcome {
    record SignedIn(IssuedSession session) implements VerifyOutcome {}

    /// A PKCE flow goes on with the code.
    record WithCode(String code) implements VerifyOutcome {
        @Override
        public String toString() {
            return "WithCode[]";
        }
    }

    /// One of two addresses has agreed to a change; the other is still to be asked.
    record HalfDone() implements VerifyOutcome {}

    record Refused(AuthProblem problem) implements VerifyOutcome {}
}
