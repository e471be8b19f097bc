package dev.ashlar.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.ashlar.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// HS256: one secret that signs and verifies, as the UTF-8 bytes of its text.
public final class HmacKey implements TokenKey {
    /// RFC 7518, 3.2: a key at least as long as the hash.
    public static final int MIN_SECRET_BYTES = 32;

    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);
    private final MACSigner signer;
    private final MACVerifier verifier;

    public HmacKey(Secret secret) {
        byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the JWT secret needs at least " + MIN_SECRET_BYTES + " bytes");
        }
        try {
            signer = new MACSigner(bytes);
            verifier = new MACVerifier(bytes);
        } catch (KeyLengthException e) {
            throw new IllegalArgumentException("the JWT secret is too short", e);
        } catch (JOSEException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not available", e);
        }
    }

    @Override
    public String algorithm() {
        return JWSAlgorithm.HS256.getName();
    }

    @Override
    public Optional<String> findId() {
        return Optional.empty();
    }

    @Override
    public boolean verify(byte[] signingInput, byte[] signature) {
        try {
            return verifier.verify(HEADER, signingInput, Base64URL.encode(signature));
        } catch (JOSEException e) {
            throw new IllegalStateException("HMAC-SHA-256 failed", e);
        }
    }

    @Override
    public byte[] sign(byte[] signingInput) {
        try {
            return signer.sign(HEADER, signingInput).decode();
        } catch (JOSEException e) {
            throw new IllegalStateException("HMAC-SHA-256 failed", e);
        }
    }
}
