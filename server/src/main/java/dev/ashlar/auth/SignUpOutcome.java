package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.session.IssuedSession;

/// How a sign-up ended: with a session, or with an account that waits for its confirmation (also
/// made up, when the address is taken and nobody may learn that).
public sealed interface SignUpOutcome {
    record SignedIn(IssuedSession session) implements SignUpOutcome {}

    record AwaitsConfirmation(Account account) implements SignUpOutcome {}
}
