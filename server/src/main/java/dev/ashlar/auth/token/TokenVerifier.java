package dev.ashlar.auth.token;

import dev.ashlar.config.ByteSize;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.problem.AuthProblem.TokenFault;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Turns the text of a token into a [Caller], or throws a [TokenInvalid].
///
/// Tokens that passed are remembered by their whole text, so that the next request with the same
/// one costs a look-up. A remembered token is checked against the clock each time, and belongs to
/// the keys it was verified with: new keys start with an empty memory. Tokens that failed are not
/// remembered. Safe for use from any thread; never blocks.
public final class TokenVerifier {
    private final ClaimsCheck check;
    private final InstantSource clock;
    private final TokenMemory memory;
    private volatile Snapshot snapshot;
    private volatile Runnable onUnknownKey = () -> {};

    public TokenVerifier(
            TokenKeys keys, TokenRules rules, ByteSize cacheSize, InstantSource clock) {
        this(keys, rules, TokenMemory.ofSize(cacheSize), clock);
    }

    public TokenVerifier(
            TokenKeys keys, TokenRules rules, TokenMemory memory, InstantSource clock) {
        this.check = new ClaimsCheck(rules);
        this.clock = clock;
        this.memory = memory;
        this.snapshot = new Snapshot(keys, memory.empty());
    }

    /// From now on only these keys verify.
    public void useKeys(TokenKeys keys) {
        snapshot = new Snapshot(keys, memory.empty());
    }

    /// Told when a token names a key that is not here: another node may have made it. Must not
    /// block.
    public void onUnknownKey(Runnable told) {
        onUnknownKey = told;
    }

    public Caller verify(String token) {
        // Read once: a token verified with old keys can then only land in the old memory.
        Snapshot current = snapshot;
        VerifiedToken known = current.verified.find(token);
        long now = Math.floorDiv(clock.millis(), 1000L);
        if (known != null && known.holdsAt(now)) {
            return known.caller();
        }
        VerifiedToken verified = check(token, current.keys, now);
        current.verified.put(token, verified);
        return verified.caller();
    }

    /// For tests: how many tokens are remembered.
    long remembered() {
        return snapshot.verified.size();
    }

    private VerifiedToken check(String text, TokenKeys keys, long now) {
        CompactToken token = CompactToken.parse(text);
        if (token.keyId().isPresent() && !keys.knows(token.keyId().get())) {
            onUnknownKey.run();
        }
        List<TokenKey> candidates = keys.candidates(token.keyId());
        refuseIf(candidates.isEmpty(), TokenFault.UNKNOWN_KEY);
        List<TokenKey> fitting =
                candidates.stream()
                        .filter(key -> key.algorithm().equals(token.algorithm()))
                        .toList();
        if (fitting.isEmpty()) {
            throw new ProblemException(
                    new TokenInvalid(TokenFault.ALGORITHM_NOT_ALLOWED, token.algorithm()));
        }
        Optional<TokenKey> signing = fitting.stream().filter(token::isSignedBy).findFirst();
        refuseIf(signing.isEmpty(), TokenFault.BAD_SIGNATURE);
        // Claims are read only now: parsing text that anybody can send costs more than a hash.
        Claims claims = token.claims();
        refuseIf(keys.isOurPair(signing.get()) && isIdToken(claims), TokenFault.BAD_CLAIMS);
        return check.check(claims, now);
    }

    /// An ID token tells a client who somebody is and opens nothing. Ours are signed by the same
    /// pairs as access tokens; they hold the hash of one (OpenID Connect Core, 3.1.3.6) and, unlike
    /// these, name no session.
    private static boolean isIdToken(Claims claims) {
        return claims.values().find("at_hash").isPresent() && claims.findSessionId().isEmpty();
    }

    private static void refuseIf(boolean refused, TokenFault fault) {
        if (refused) {
            throw new ProblemException(new TokenInvalid(fault));
        }
    }

    private record Snapshot(TokenKeys keys, TokenMemory.Remembered verified) {}
}
