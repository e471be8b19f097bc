package dev.ashlar.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.Optional;

/// A pair of ours: the private half signs, the public half is told to the world and verifies.
public final class SigningPair implements TokenSigningKey {
    private final TokenKey verifying;
    private final PrivateKey key;
    private final String signature;
    private final JWK jwk;

    private SigningPair(TokenKey verifying, PrivateKey key, String signature, JWK jwk) {
        this.verifying = verifying;
        this.key = key;
        this.signature = signature;
        this.jwk = jwk;
    }

    /// The pair that [#privateJwk] wrote.
    ///
    /// @throws IllegalArgumentException when the text is none, in words that do not show it
    public static SigningPair parse(String privateJwk) {
        try {
            JWK jwk = JWK.parse(privateJwk);
            return of(jwk, jwk.getAlgorithm().getName());
        } catch (ParseException | JOSEException | GeneralSecurityException _) {
            throw new IllegalArgumentException("the signing key cannot be read");
        }
    }

    static SigningPair of(JWK jwk, String algorithm)
            throws JOSEException, GeneralSecurityException {
        TokenKey verifying = PublicKeys.parse(jwk.toPublicJWK().toJSONString());
        return switch (jwk) {
            // The JWS form of the two numbers (RFC 7518, 3.4), not the one of X.509.
            case ECKey ec ->
                    new SigningPair(
                            verifying, ec.toECPrivateKey(), "SHA256withECDSAinP1363Format", jwk);
            case RSAKey rsa ->
                    new SigningPair(verifying, rsa.toRSAPrivateKey(), "SHA256withRSA", jwk);
            case OctetKeyPair edwards ->
                    new SigningPair(
                            verifying,
                            KeyFactory.getInstance("Ed25519")
                                    .generatePrivate(
                                            new EdECPrivateKeySpec(
                                                    NamedParameterSpec.ED25519,
                                                    edwards.getDecodedD())),
                            "Ed25519",
                            jwk);
            default -> throw new JOSEException("no pair of " + algorithm);
        };
    }

    public String id() {
        return jwk.getKeyID();
    }

    /// What clients verify with, without anything private (RFC 7517).
    public String publicJwk() {
        return PublicKeys.text(jwk);
    }

    /// For storage, sealed: it holds the private half.
    public String privateJwk() {
        return jwk.toJSONString();
    }

    @Override
    public String algorithm() {
        return verifying.algorithm();
    }

    @Override
    public Optional<String> findId() {
        return verifying.findId();
    }

    @Override
    public boolean verify(byte[] signingInput, byte[] signature) {
        return verifying.verify(signingInput, signature);
    }

    @Override
    public byte[] sign(byte[] signingInput) {
        try {
            Signature signer = NativeSignatures.open(signature);
            signer.initSign(key);
            signer.update(signingInput);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failed", e);
        }
    }

    @Override
    public String toString() {
        return "SigningPair[" + id() + "]";
    }
}
