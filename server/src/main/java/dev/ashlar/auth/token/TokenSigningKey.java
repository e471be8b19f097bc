package dev.ashlar.auth.token;

/// A key that signs too: a shared secret, or a pair of which we have the private half.
public sealed interface TokenSigningKey extends TokenKey permits HmacKey, SigningPair {

    /// The signature, as bytes.
    byte[] sign(byte[] signingInput);
}
