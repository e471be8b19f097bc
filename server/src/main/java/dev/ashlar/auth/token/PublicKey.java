package dev.ashlar.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.util.Optional;

/// The public half of a pair (RS256 and kin, ES256 and kin), which verifies what somebody else
/// signs.
public final class PublicKey implements TokenKey {
    private final JWSHeader header;
    private final JWSVerifier verifier;
    private final Optional<String> id;

    private PublicKey(JWSAlgorithm algorithm, JWSVerifier verifier, Optional<String> id) {
        this.header = new JWSHeader(algorithm);
        this.verifier = verifier;
        this.id = id;
    }

    static PublicKey of(RSAKey key, JWSAlgorithm algorithm) throws JOSEException {
        return new PublicKey(
                algorithm, new RSASSAVerifier(key), Optional.ofNullable(key.getKeyID()));
    }

    static PublicKey of(ECKey key, JWSAlgorithm algorithm) throws JOSEException {
        return new PublicKey(
                algorithm, new ECDSAVerifier(key), Optional.ofNullable(key.getKeyID()));
    }

    @Override
    public String algorithm() {
        return header.getAlgorithm().getName();
    }

    @Override
    public Optional<String> findId() {
        return id;
    }

    @Override
    public boolean verify(byte[] signingInput, byte[] signature) {
        try {
            return verifier.verify(header, signingInput, Base64URL.encode(signature));
        } catch (JOSEException _) {
            // A signature of another length or form than the algorithm's.
            return false;
        }
    }
}
