package dev.ashlar.auth.session;

import dev.ashlar.auth.account.Account;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.SessionNotFound;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;

/// An account whose access token was presented and whose session still runs. Tokens made by others
/// with our secret may name no session. `level` is `aal2` only if both the token and the session
/// are: a token from before a second factor was given stays what it is.
public record SignedIn(Account account, Optional<Session> session, String level) {

    public Optional<UUID> sessionId() {
        return session.map(Session::id);
    }

    /// To be asked before anything that whoever has only the first factor could take the account
    /// over by: a new password, address, number or factor, an identity less, a passkey more.
    ///
    /// Throws `insufficient_aal` when the account has a second factor that was not given.
    public SignedIn requireAssured() {
        if (account.hasVerifiedFactor()) {
            requireSecondLevel();
        }
        return this;
    }

    /// Throws `insufficient_aal` unless a second factor was given, whatever the account has.
    public SignedIn requireSecondLevel() {
        if (!level.equals(Session.SECOND_LEVEL)) {
            throw new ProblemException(new Refused(ErrorCode.INSUFFICIENT_AAL));
        }
        return this;
    }

    public UUID requireSession() {
        return sessionId().orElseThrow(() -> new ProblemException(new SessionNotFound()));
    }
}
