package dev.ashlar.auth.provider;

import dev.ashlar.auth.session.AuthenticationMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a code stands for (RFC 6749, 4.1.2): who has agreed to what, and how sure we were of them.
public record AuthorizationCode(
        UUID clientId,
        UUID accountId,
        String redirectUri,
        String scope,
        Optional<String> nonce,
        Optional<String> resource,
        String challenge,
        String level,
        List<AuthenticationMethod> methods,
        Instant expiresAt) {
    public AuthorizationCode {
        methods = List.copyOf(methods);
    }

    @Override
    public String toString() {
        return "AuthorizationCode[" + clientId + "]";
    }
}
