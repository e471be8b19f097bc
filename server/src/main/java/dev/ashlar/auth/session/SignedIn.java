package dev.ashlar.auth.session;

import dev.ashlar.auth.account.Account;
import java.util.Optional;
import java.util.UUID;

/// An account whose access token was presented and whose session still runs. Tokens made by others
/// with our secret may name no session.
public record SignedIn(Account account, Optional<Session> session) {
    public Optional<UUID> sessionId() {
        return session.map(Session::id);
    }
}
