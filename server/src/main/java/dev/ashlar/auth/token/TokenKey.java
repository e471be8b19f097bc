package dev.ashlar.auth.token;

import java.util.Optional;

/// One key that tokens may be signed with, bound to one algorithm. Sealed: each kind of key decides
/// by itself what it accepts, so that a public key can never be used as a shared secret.
public sealed interface TokenKey permits PublicKey, EdwardsKey, TokenSigningKey {

    /// The `alg` (RFC 7518) that a token under this key must name.
    String algorithm();

    /// `kid`, if the key has one.
    Optional<String> findId();

    /// Whether the signature fits, in constant time.
    boolean verify(byte[] signingInput, byte[] signature);
}
