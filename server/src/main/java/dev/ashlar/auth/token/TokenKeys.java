package dev.ashlar.auth.token;

import dev.ashlar.config.Secret;
import java.util.List;
import java.util.Optional;

/// The keys of one moment: which one signs, which ones verify. The signing key is among the
/// verifying ones; where others sign there is none.
public record TokenKeys(
        Optional<TokenSigningKey> findSigning, List<TokenKey> verifying, Unnamed unnamed) {
    /// Which tokens a key without an id may verify.
    public enum Unnamed {
        /// All whose id names none of the other keys: tokens of a shared secret carry all sorts of
        /// ids. A token without one is then the shared secret's alone.
        ANY_TOKEN,
        /// Those that name no key either (PostgREST's reference, "kid verification").
        TOKENS_WITHOUT_ID
    }

    public TokenKeys {
        verifying = List.copyOf(verifying);
        if (findSigning.isPresent() && !verifying.contains(findSigning.get())) {
            throw new IllegalArgumentException("the signing key must verify too");
        }
    }

    /// A single shared secret.
    public static TokenKeys of(Secret secret) {
        HmacKey key = new HmacKey(secret);
        return of(key, List.of(key));
    }

    /// Pairs of ours beside the shared secret, whichever of them signs.
    public static TokenKeys of(TokenSigningKey signing, List<TokenKey> all) {
        return new TokenKeys(Optional.of(signing), all, Unnamed.ANY_TOKEN);
    }

    /// What an operator configures: a secret as text, a JSON Web Key or a set of them.
    ///
    /// @throws IllegalArgumentException when it is none of these, in words that do not show it
    public static TokenKeys parse(Secret configured) {
        return of(JsonWebKeys.parse(configured, JsonWebKeys.Encoding.TEXT));
    }

    /// The same, a bare secret written in Base64.
    public static TokenKeys parseBase64(Secret configured) {
        return of(JsonWebKeys.parse(configured, JsonWebKeys.Encoding.BASE64));
    }

    private static TokenKeys of(List<TokenKey> keys) {
        return new TokenKeys(Optional.empty(), keys, Unnamed.TOKENS_WITHOUT_ID);
    }

    /// The key that signs, where we do.
    public TokenSigningKey signing() {
        return findSigning.orElseThrow(() -> new IllegalStateException("others sign here"));
    }

    /// The keys that a token with this `kid`, or without one, may be signed with.
    List<TokenKey> candidates(Optional<String> id) {
        List<TokenKey> named = verifying.stream().filter(key -> fits(key.findId(), id)).toList();
        return named.isEmpty() && unnamed == Unnamed.ANY_TOKEN
                ? verifying.stream().filter(key -> key.findId().isEmpty()).toList()
                : named;
    }

    private boolean fits(Optional<String> key, Optional<String> token) {
        return key.equals(token) || (token.isEmpty() && unnamed == Unnamed.TOKENS_WITHOUT_ID);
    }

    /// Whether only we can sign with it: beside the shared secret, all keys with an id are ours.
    boolean isOurPair(TokenKey key) {
        return unnamed == Unnamed.ANY_TOKEN && key.findId().isPresent();
    }

    /// Whether a token with this id was signed by a key that is unknown here.
    boolean knows(String id) {
        return verifying.stream().anyMatch(key -> key.findId().equals(Optional.of(id)));
    }
}
