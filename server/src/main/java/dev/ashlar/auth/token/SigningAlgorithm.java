package dev.ashlar.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Set;

/// What access tokens may be signed with (RFC 7518, 3.1; RFC 8037). `HS256` is the server's secret
/// itself: it has no pair, no id and no rotation.
public enum SigningAlgorithm {
    ES256,
    RS256,
    /// Named as in the header of a token.
    EdDSA,
    HS256;

    private static final int RSA_BITS = 2_048;
    private static final int EDWARDS_BYTES = 32;

    /// A fresh pair, whose id is its thumbprint (RFC 7638): the same on every node, told apart
    /// without counting.
    ///
    /// @throws IllegalStateException for HS256, which has none
    public SigningPair freshPair() {
        try {
            JWK pair =
                    switch (this) {
                        case ES256 -> new ECKeyGenerator(Curve.P_256).generate();
                        case RS256 -> new RSAKeyGenerator(RSA_BITS).generate();
                        case EdDSA -> edwards();
                        case HS256 -> throw new IllegalStateException("a shared secret is no pair");
                    };
            return SigningPair.of(named(pair), name());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("no key of " + name() + " can be made", e);
        }
    }

    private static JWK edwards() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        // The point is the end of its X.509 form (RFC 8410, 4).
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - EDWARDS_BYTES, encoded.length);
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point))
                .d(Base64URL.encode(seed))
                .build();
    }

    private JWK named(JWK pair) throws JOSEException {
        String id = pair.computeThumbprint().toString();
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name());
        Set<KeyOperation> signs = Set.of(KeyOperation.SIGN, KeyOperation.VERIFY);
        return switch (pair) {
            case ECKey key ->
                    new ECKey.Builder(key)
                            .keyID(id)
                            .algorithm(algorithm)
                            .keyUse(KeyUse.SIGNATURE)
                            .keyOperations(signs)
                            .build();
            case RSAKey key ->
                    new RSAKey.Builder(key)
                            .keyID(id)
                            .algorithm(algorithm)
                            .keyUse(KeyUse.SIGNATURE)
                            .keyOperations(signs)
                            .build();
            case OctetKeyPair key ->
                    new OctetKeyPair.Builder(key)
                            .keyID(id)
                            .algorithm(algorithm)
                            .keyUse(KeyUse.SIGNATURE)
                            .keyOperations(signs)
                            .build();
            default -> throw new IllegalStateException("no pair");
        };
    }
}
