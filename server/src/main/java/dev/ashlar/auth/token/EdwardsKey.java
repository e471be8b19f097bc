package dev.ashlar.auth.token;

import com.nimbusds.jose.jwk.OctetKeyPair;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/// The public half of an Ed25519 pair (RFC 8037); the algorithm goes by two names, `EdDSA` and,
/// since RFC 9864, `Ed25519`.
public final class EdwardsKey implements TokenKey {
    private static final int BYTES = 32;

    private final String algorithm;
    private final java.security.PublicKey key;
    private final Optional<String> id;

    private EdwardsKey(String algorithm, java.security.PublicKey key, Optional<String> id) {
        this.algorithm = algorithm;
        this.key = key;
        this.id = id;
    }

    /// @throws IllegalArgumentException when the key's coordinate is no point
    static EdwardsKey of(OctetKeyPair pair, String algorithm) {
        byte[] coordinate = pair.getX().decode();
        if (coordinate.length != BYTES) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
        }
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            java.security.PublicKey key =
                    factory.generatePublic(
                            new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(coordinate)));
            return new EdwardsKey(algorithm, key, Optional.ofNullable(pair.getKeyID()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the Ed25519 key cannot be used", e);
        }
    }

    /// Little-endian; the highest bit is the sign of the other coordinate (RFC 8032, 5.1.2).
    private static EdECPoint point(byte[] littleEndian) {
        byte[] bigEndian = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bigEndian[i] = littleEndian[BYTES - 1 - i];
        }
        boolean odd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        return new EdECPoint(odd, new BigInteger(1, bigEndian));
    }

    @Override
    public String algorithm() {
        return algorithm;
    }

    @Override
    public Optional<String> findId() {
        return id;
    }

    @Override
    public boolean verify(byte[] signingInput, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(signingInput);
            return verifier.verify(signature);
        } catch (SignatureException _) {
            // A signature of another length or form than the algorithm's.
            return false;
        } catch (InvalidKeyException _) {
            // The point is not on the curve, which the JDK looks at only now.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is not available", e);
        }
    }
}
