package dev.ashlar.auth.link;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A PKCE flow under way: a client has given its challenge and waits for a code. `account` is known
/// from the start for links in mail, and at the end for foreign providers. `method` is what the
/// session will say it was begun by, such as `magiclink`; `provider` is `email` or a foreign one,
/// whose tokens wait sealed for the client. `sessionEnd` is when the session has to end at the
/// latest, where the provider has said so.
public record FlowState(
        UUID id,
        Optional<UUID> account,
        CodeChallenge challenge,
        String provider,
        String method,
        Instant createdAt,
        Optional<Instant> codeIssuedAt,
        Optional<String> sealedTokens,
        Optional<Instant> sessionEnd) {}
