package dev.ashlar.auth.session;

import dev.ashlar.auth.account.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a client gets when it is signed in.
public record IssuedSession(
        String accessToken,
        Duration lifetime,
        Instant expiresAt,
        String refreshToken,
        Account account,
        Optional<ProviderTokens> provider) {

    /// One that no foreign provider had a part in.
    public IssuedSession(
            String accessToken,
            Duration lifetime,
            Instant expiresAt,
            String refreshToken,
            Account account) {
        this(accessToken, lifetime, expiresAt, refreshToken, account, Optional.empty());
    }

    public IssuedSession with(Optional<ProviderTokens> tokens) {
        return new IssuedSession(accessToken, lifetime, expiresAt, refreshToken, account, tokens);
    }

    @Override
    public String toString() {
        return "IssuedSession[" + account.id() + "]";
    }
}
