package dev.ashlar.auth.context;

import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.limit.TokenBuckets;
import java.time.InstantSource;

/// How often one address may try. The limit for an account counts per address too: one that counted
/// all addresses together would let anybody lock anybody out.
public final class AuthLimits {
    private final TokenBuckets signIns;
    private final TokenBuckets accountSignIns;
    private final TokenBuckets signUps;
    private final TokenBuckets refreshes;
    private final TokenBuckets messages;
    private final TokenBuckets codes;
    private final TokenBuckets passkeys;
    private final TokenBuckets captchas;

    public AuthLimits(AuthConfig config, InstantSource clock) {
        signIns = new TokenBuckets(config.signInsPerMinute(), clock);
        accountSignIns = new TokenBuckets(config.accountSignInsPerMinute(), clock);
        signUps = new TokenBuckets(config.signUpsPerMinute(), clock);
        refreshes = new TokenBuckets(config.refreshesPerMinute(), clock);
        messages = new TokenBuckets(config.signUpsPerMinute(), clock);
        codes = new TokenBuckets(config.signInsPerMinute(), clock);
        passkeys = new TokenBuckets(config.signInsPerMinute(), clock);
        captchas = new TokenBuckets(config.signInsPerMinute() + config.signUpsPerMinute(), clock);
    }

    public void signIn(Visitor visitor, EmailAddress email) {
        signIn(visitor, email.text());
    }

    /// `name` is what the account is found by.
    public void signIn(Visitor visitor, String name) {
        signIns.take(visitor.network());
        accountSignIns.take(visitor.network() + ' ' + name);
    }

    /// Mail and texts that somebody has sent; how many one address may get is
    /// `auth.mail.frequency`.
    public void message(Visitor visitor) {
        messages.take(visitor.network());
    }

    /// Codes and links that somebody presents.
    public void code(Visitor visitor) {
        codes.take(visitor.network());
    }

    /// Challenges for passkeys, each of which is a row until it expires.
    public void passkey(Visitor visitor) {
        passkeys.take(visitor.network());
    }

    /// Captchas to be verified, for sign-ins, sign-ups and messages alike.
    public void captcha(Visitor visitor) {
        captchas.take(visitor.network());
    }

    /// Costs up to three hashes, and tells whether a password is the present one: as good as a
    /// sign-in.
    public void passwordChange(Visitor visitor) {
        signIns.take(visitor.network());
    }

    public void signUp(Visitor visitor) {
        signUps.take(visitor.network());
    }

    public void refresh(Visitor visitor) {
        refreshes.take(visitor.network());
    }
}
