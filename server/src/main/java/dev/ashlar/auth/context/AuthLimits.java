package dev.ashlar.auth.context;

import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.LimitsConfig;
import dev.ashlar.auth.throttle.Bucket;
import dev.ashlar.auth.throttle.KnownNetworks;
import dev.ashlar.auth.throttle.Throttle;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// How often somebody may try: by address, at one account, and everybody together. Whoever comes
/// too soon waits; nobody is locked out. Attempts at an account count per address, and from
/// addresses that are new to it also together; an owner who comes from where they came before has
/// nothing to do with what strangers do.
///
/// All but [#newcomer] block, and are to be asked outside of transactions.
public final class AuthLimits {
    private static final String SIGN_IN = "sign-in";

    private final AuthConfig config;
    private final LimitsConfig all;
    private final Throttle throttle;
    private final KnownNetworks known;

    public AuthLimits(AuthConfig config, Throttle throttle, KnownNetworks known) {
        this.config = config;
        this.all = config.limits();
        this.throttle = throttle;
        this.known = known;
    }

    public void signIn(Visitor visitor, EmailAddress email) {
        signIn(visitor, email.text());
    }

    /// `name` is what the account is found by.
    public void signIn(Visitor visitor, String name) {
        Optional<String> network = Optional.of(known.key(visitor, SIGN_IN + ' ' + name));
        List<Bucket> buckets = new ArrayList<>();
        buckets.add(Bucket.of(SIGN_IN, config.signInsPerMinute(), visitor.network()));
        buckets.add(
                Bucket.of(
                        "sign-in account",
                        config.accountSignInsPerMinute(),
                        visitor.network() + ' ' + name));
        buckets.add(
                Bucket.of("sign-in strangers", all.accountStrangersPerMinute(), name)
                        .unless(network));
        everybody(SIGN_IN, all.signInsPerMinute())
                .map(bucket -> bucket.unless(network))
                .ifPresent(buckets::add);
        throttle.take(buckets);
    }

    /// The account was signed in under this name from where the visitor is.
    public void signedIn(
            SqlTransaction tx, Visitor visitor, String name, UUID account, Instant now) {
        known.note(tx, known.key(visitor, SIGN_IN + ' ' + name), account, now);
    }

    /// Mail and texts that somebody has sent; how many one address may get is
    /// `auth.mail.frequency`.
    public void message(Visitor visitor) {
        take(visitor, "message", config.signUpsPerMinute(), all.messagesPerMinute());
    }

    /// Codes and links that somebody presents.
    public void code(Visitor visitor) {
        take(visitor, "code", config.signInsPerMinute(), all.codesPerMinute());
    }

    /// Challenges for passkeys, each of which is a row until it expires.
    public void passkey(Visitor visitor) {
        take(visitor, "passkey", config.signInsPerMinute(), all.codesPerMinute());
    }

    /// Sign-ins with a wallet, each a signature to be checked and perhaps a new account.
    public void wallet(Visitor visitor) {
        take(visitor, "wallet", config.web3().signInsPerMinute(), all.signInsPerMinute());
    }

    /// Captchas to be verified, for sign-ins, sign-ups and messages alike.
    public void captcha(Visitor visitor) {
        int perMinute = config.signInsPerMinute() + config.signUpsPerMinute();
        take(visitor, "captcha", perMinute, Optional.empty());
    }

    /// Costs up to three hashes, and tells whether a password is the present one: as good as a
    /// sign-in.
    public void passwordChange(Visitor visitor) {
        take(visitor, SIGN_IN, config.signInsPerMinute(), Optional.empty());
    }

    public void signUp(Visitor visitor) {
        take(visitor, "sign-up", config.signUpsPerMinute(), all.signUpsPerMinute());
    }

    /// A sign-up by a message: that itself was counted already, by the same number. Never blocks.
    public void newcomer(Visitor visitor) {
        throttle.sieve(Bucket.of("sign-up", config.signUpsPerMinute(), visitor.network()));
    }

    public void refresh(Visitor visitor) {
        take(visitor, "refresh", config.refreshesPerMinute(), all.refreshesPerMinute());
    }

    /// For what has a limit of its own.
    public void other(Visitor visitor, String kind, int perMinute) {
        take(visitor, kind, perMinute, Optional.empty());
    }

    public KnownNetworks known() {
        return known;
    }

    /// Throws away what says nothing any more; answers how many rows. Blocks.
    public long sweep() {
        return throttle.sweep();
    }

    private void take(Visitor visitor, String kind, int perMinute, Optional<Integer> together) {
        List<Bucket> buckets = new ArrayList<>();
        buckets.add(Bucket.of(kind, perMinute, visitor.network()));
        everybody(kind, together).ifPresent(buckets::add);
        throttle.take(buckets);
    }

    private static Optional<Bucket> everybody(String kind, Optional<Integer> perMinute) {
        return perMinute.map(limit -> Bucket.of("all " + kind, limit, ""));
    }
}
