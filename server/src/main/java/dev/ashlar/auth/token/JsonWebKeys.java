package dev.ashlar.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ashlar.config.Secret;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Reads the keys that tokens are verified with from what an operator configures: a secret as text
/// or Base64, a JSON Web Key, or a set of them (RFC 7517).
final class JsonWebKeys {
    private static final List<JWSAlgorithm> RSA =
            List.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512);

    private static final List<JWSAlgorithm> EDWARDS =
            List.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private record Hmac(JWSAlgorithm algorithm, int bytes) {}

    private static final List<Hmac> HMAC =
            List.of(
                    new Hmac(JWSAlgorithm.HS256, 32),
                    new Hmac(JWSAlgorithm.HS384, 48),
                    new Hmac(JWSAlgorithm.HS512, 64));

    private JsonWebKeys() {}

    /// Whether a secret is the bytes of its text, or written in Base64.
    enum Encoding {
        TEXT,
        BASE64
    }

    /// @throws IllegalArgumentException when nothing usable is there; the message never shows it
    static List<TokenKey> parse(Secret configured, Encoding encoding) {
        String text = configured.reveal().strip();
        if (text.startsWith("{")) {
            return ofJson(text);
        }
        return List.of(
                encoding == Encoding.TEXT
                        ? new HmacKey(configured)
                        : new HmacKey(decoded(text), Optional.empty()));
    }

    private static byte[] decoded(String text) {
        try {
            String standard = text.replace('-', '+').replace('_', '/').replaceAll("[\\s=.]", "");
            return Base64.getDecoder().decode(standard);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("the JWT secret is not Base64");
        }
    }

    private static List<TokenKey> ofJson(String text) {
        try {
            List<JWK> keys =
                    text.contains("\"keys\"")
                            ? JWKSet.parse(text).getKeys()
                            : List.of(JWK.parse(text));
            List<TokenKey> usable = new ArrayList<>();
            for (JWK key : keys) {
                if (!KeyUse.ENCRYPTION.equals(key.getKeyUse())) {
                    usable.addAll(keysOf(key));
                }
            }
            if (usable.isEmpty()) {
                throw new IllegalArgumentException(
                        "the JSON Web Key Set has no key for signatures");
            }
            return List.copyOf(usable);
        } catch (ParseException | JOSEException _) {
            throw new IllegalArgumentException(
                    "the JWT secret is not a JSON Web Key or a set of them");
        }
    }

    /// One for each algorithm that the key may be used with: its own when it names one.
    private static List<TokenKey> keysOf(JWK key) throws JOSEException {
        List<TokenKey> keys = new ArrayList<>();
        switch (key) {
            case OctetSequenceKey secret -> keys.addAll(ofSecret(secret));
            case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) -> {
                for (JWSAlgorithm algorithm : EDWARDS) {
                    if (fits(key, algorithm)) {
                        keys.add(EdwardsKey.of(pair, algorithm.getName()));
                    }
                }
            }
            case RSAKey rsa -> {
                for (JWSAlgorithm algorithm : RSA) {
                    if (fits(key, algorithm)) {
                        keys.add(PublicKey.of(rsa.toPublicJWK(), algorithm));
                    }
                }
            }
            case ECKey ec -> {
                for (JWSAlgorithm algorithm : ofCurve(ec)) {
                    if (fits(key, algorithm)) {
                        keys.add(PublicKey.of(ec.toPublicJWK(), algorithm));
                    }
                }
            }
            default -> {}
        }
        return keys;
    }

    /// A secret that names no algorithm serves those whose hash is no longer than it (RFC 7518,
    /// 3.2).
    private static List<TokenKey> ofSecret(OctetSequenceKey secret) {
        byte[] bytes = secret.toByteArray();
        List<TokenKey> keys = new ArrayList<>();
        for (Hmac hmac : HMAC) {
            boolean named = hmac.algorithm().equals(secret.getAlgorithm());
            boolean free = secret.getAlgorithm() == null && bytes.length >= hmac.bytes();
            if (named || free) {
                keys.add(
                        new HmacKey(
                                bytes, Optional.ofNullable(secret.getKeyID()), hmac.algorithm()));
            }
        }
        if (secret.getAlgorithm() == null && keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "the JWT secret needs at least " + HmacKey.MIN_SECRET_BYTES + " bytes");
        }
        return keys;
    }

    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        return key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
    }

    private static List<JWSAlgorithm> ofCurve(ECKey key) {
        return switch (key.getCurve().getName()) {
            case "P-256" -> List.of(JWSAlgorithm.ES256);
            case "P-384" -> List.of(JWSAlgorithm.ES384);
            case "P-521" -> List.of(JWSAlgorithm.ES512);
            default -> List.of();
        };
    }
}
