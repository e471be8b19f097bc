package dev.ashlar.auth.token;

import dev.ashlar.config.Secret;
import java.util.List;
import java.util.Optional;

/// The keys of one moment: which one signs, which ones verify. The signing key is among the
/// verifying ones.
public record TokenKeys(TokenKey signing, List<TokenKey> verifying) {
    public TokenKeys {
        verifying = List.copyOf(verifying);
        if (!verifying.contains(signing)) {
            throw new IllegalArgumentException("the signing key must verify too");
        }
    }

    /// A single shared secret.
    public static TokenKeys of(Secret secret) {
        HmacKey key = new HmacKey(secret);
        return new TokenKeys(key, List.of(key));
    }

    /// The keys that a token with this `kid` may be signed with: a key without an id answers to
    /// any, since tokens of a shared secret carry all sorts of ids.
    List<TokenKey> candidates(Optional<String> id) {
        return verifying.stream()
                .filter(key -> key.findId().isEmpty() || key.findId().equals(id) || id.isEmpty())
                .toList();
    }
}
