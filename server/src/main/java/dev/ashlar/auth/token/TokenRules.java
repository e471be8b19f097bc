package dev.ashlar.auth.token;

import dev.ashlar.identity.Role;
import java.util.Optional;

/// What is asked of the claims of a token whose signature fits.
///
/// `audience`: if present, a token that names audiences must name this one. `roleClaim`: where the
/// role stands. `anonymous`: the role of a token that names none, and of no token at all.
public record TokenRules(Optional<String> audience, RoleClaimPath roleClaim, Role anonymous) {
    /// How far ahead of ours the clock of an issuer may run (PostgREST, "JWT claims validation").
    /// It holds for `nbf` and `iat`; a token is never accepted past its `exp`.
    static final long SKEW_SECONDS = 30;

    /// No audience, the claim `role`, the role `anon`.
    public static final TokenRules DEFAULT =
            new TokenRules(Optional.empty(), RoleClaimPath.parse("role"), Role.ANON);
}
