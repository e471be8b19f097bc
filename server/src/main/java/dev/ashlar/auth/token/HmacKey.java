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

/// HS256 and kin: one secret that signs and verifies, as the UTF-8 bytes of its text.
public final class HmacKey implements TokenSigningKey {
    /// RFC 7518, 3.2: a key at least as long as the hash.
    public static final int MIN_SECRET_BYTES = 32;

    private final JWSHeader header;
    private final MACSigner signer;
    private final MACVerifier verifier;

    private final Optional<String> id;

    public HmacKey(Secret secret) {
        this(secret.reveal().getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    HmacKey(byte[] bytes, Optional<String> id) {
        this(bytes, id, JWSAlgorithm.HS256);
    }

    HmacKey(byte[] bytes, Optional<String> id, JWSAlgorithm algorithm) {
        this.id = id;
        this.header = new JWSHeader(algorithm);
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
            throw new IllegalStateException("HMAC is not available", e);
        }
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
        } catch (JOSEException e) {
            throw new IllegalStateException("HMAC failed", e);
        }
    }

    @Override
    public byte[] sign(byte[] signingInput) {
        try {
            return signer.sign(header, signingInput).decode();
        } catch (JOSEException e) {
            throw new IllegalStateException("HMAC failed", e);
        }
    }
}
