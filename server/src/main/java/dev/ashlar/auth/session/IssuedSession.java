package dev.ashlar.auth.session;

import dev.ashlar.auth.account.Account;
import java.time.Duration;
import java.time.Instant;

/// What a client gets when it is signed in.
public record IssuedSession(
        String accessToken,
        Duration lifetime,
        Instant expiresAt,
        String refreshToken,
        Account account) {
    @Override
    public String toString() {
        return "IssuedSession[" + account.id() + "]";
    }
}
