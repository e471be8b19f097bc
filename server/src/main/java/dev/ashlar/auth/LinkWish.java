package dev.ashlar.auth;

import dev.ashlar.auth.link.CodeChallenge;
import java.util.Optional;

/// How a client wants a link to end: at which address, and with a session or, where it has given a
/// challenge, with a code. The address is as it was sent and not checked yet.
public record LinkWish(Optional<String> redirectTo, Optional<CodeChallenge> challenge) {
    public static final LinkWish NONE = new LinkWish(Optional.empty(), Optional.empty());
}
