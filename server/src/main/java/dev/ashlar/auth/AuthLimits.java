package dev.ashlar.auth;

import dev.ashlar.limit.TokenBuckets;
import java.time.InstantSource;

/// How often one address may try. The limit for an account counts per address too: one that counted
/// all addresses together would let anybody lock anybody out.
final class AuthLimits {
    private final TokenBuckets signIns;
    private final TokenBuckets accountSignIns;
    private final TokenBuckets signUps;
    private final TokenBuckets refreshes;

    AuthLimits(AuthConfig config, InstantSource clock) {
        signIns = new TokenBuckets(config.signInsPerMinute(), clock);
        accountSignIns = new TokenBuckets(config.accountSignInsPerMinute(), clock);
        signUps = new TokenBuckets(config.signUpsPerMinute(), clock);
        refreshes = new TokenBuckets(config.refreshesPerMinute(), clock);
    }

    void signIn(Visitor visitor, EmailAddress email) {
        signIns.take(visitor.network());
        accountSignIns.take(visitor.network() + ' ' + email.text());
    }

    /// Costs up to three hashes, and tells whether a password is the present one: as good as a
    /// sign-in.
    void passwordChange(Visitor visitor) {
        signIns.take(visitor.network());
    }

    void signUp(Visitor visitor) {
        signUps.take(visitor.network());
    }

    void refresh(Visitor visitor) {
        refreshes.take(visitor.network());
    }
}
