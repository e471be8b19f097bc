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
import java.security.Provider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The public half of a pair (RS256 and kin, ES256 and kin), which verifies what somebody else
/// signs.
public final class PublicKey implements TokenKey {
    private final JWSHeader header;
    private final JWSVerifier verifier;
    private final Optional<String> id;
    private final Making making;
    private volatile @Nullable JWSVerifier nativeVerifier;

    /// A verifier of its own for each provider of signatures.
    private interface Making {
        JWSVerifier make() throws JOSEException;
    }

    private PublicKey(JWSAlgorithm algorithm, Making making, @Nullable String id)
            throws JOSEException {
        this.header = new JWSHeader(algorithm);
        this.verifier = making.make();
        this.making = making;
        this.id = Optional.ofNullable(id);
    }

    static PublicKey of(RSAKey key, JWSAlgorithm algorithm) throws JOSEException {
        return new PublicKey(algorithm, () -> new RSASSAVerifier(key), key.getKeyID());
    }

    static PublicKey of(ECKey key, JWSAlgorithm algorithm) throws JOSEException {
        return new PublicKey(algorithm, () -> new ECDSAVerifier(key), key.getKeyID());
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
            return verifier().verify(header, signingInput, Base64URL.encode(signature));
        } catch (JOSEException _) {
            // A signature of another length or form than the algorithm's.
            return false;
        }
    }

    private JWSVerifier verifier() throws JOSEException {
        JWSVerifier made = nativeVerifier;
        if (made != null) {
            return made;
        }
        Optional<Provider> provider = NativeSignatures.find();
        if (provider.isEmpty()) {
            return verifier;
        }
        JWSVerifier fresh = making.make();
        fresh.getJCAContext().setProvider(provider.get());
        nativeVerifier = fresh;
        return fresh;
    }
}
