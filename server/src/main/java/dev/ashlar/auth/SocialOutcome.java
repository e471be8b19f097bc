package dev.ashlar.auth;

import dev.ashlar.auth.link.RedirectTarget;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.ErrorCode;

/// How a visit at a foreign provider ended, and where the browser goes with it.
public sealed interface SocialOutcome {
    RedirectTarget target();

    /// The implicit flow: the session stands in the address.
    record SignedIn(RedirectTarget target, IssuedSession session) implements SocialOutcome {}

    /// A PKCE flow goes on with the code.
    record WithCode(RedirectTarget target, String code) implements SocialOutcome {
        @Override
        public String toString() {
            return "WithCode[]";
        }
    }

    /// Nothing came of it, for a reason that the provider, or what it sent, has given. `error` is a
    /// word of OAuth.
    record Failed(
            RedirectTarget target, FlowKind flow, String error, ErrorCode code, String description)
            implements SocialOutcome {}

    /// The account may not be signed in to.
    record Refused(RedirectTarget target, FlowKind flow, AuthProblem problem)
            implements SocialOutcome {}

    /// Where a client looks for what came of it.
    enum FlowKind {
        PKCE,
        IMPLICIT
    }
}
