package dev.ashlar.auth.token;

import dev.ashlar.identity.Role;
import java.util.Optional;

/// What is asked of the claims of a token whose signature fits.
///
/// `audience`: if present, a token that names audiences must name this one. `roleClaim`: where the
/// role stands. `anonymous`: the role of a token that names none; without one such a token is
/// refused.
public record TokenRules(
        Optional<String> audience,
        RoleClaimPath roleClaim,
        Optional<Role> anonymous,
        Expiry expiry) {
    /// How far the clock of an issuer may be from ours (PostgREST, "JWT claims validation"). It
    /// holds for `nbf` and `iat`, and for `exp` as [Expiry] says.
    static final long SKEW_SECONDS = 30;

    /// When a token ends.
    public enum Expiry {
        /// At its `exp`: we made it, by our own clock.
        EXACT,
        /// [#SKEW_SECONDS] after it.
        SKEWED
    }

    public TokenRules(Optional<String> audience, RoleClaimPath roleClaim, Role anonymous) {
        this(audience, roleClaim, Optional.of(anonymous), Expiry.EXACT);
    }

    /// The same for tokens that others make.
    public TokenRules skewed() {
        return new TokenRules(audience, roleClaim, anonymous, Expiry.SKEWED);
    }

    /// The same with another role, or none, for tokens that name none.
    public TokenRules withAnonymous(Optional<Role> role) {
        return new TokenRules(audience, roleClaim, role, expiry);
    }

    /// No audience, the claim `role`, the role `anon`.
    public static final TokenRules DEFAULT =
            new TokenRules(Optional.empty(), RoleClaimPath.parse("role"), Role.ANON);
}
