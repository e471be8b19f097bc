package dev.ashlar.auth.token;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// One key of each kind, and what signs with them: the JDK alone, so that the code under test is
/// not its own witness.
final class KeyKinds {
    static final byte[] SECRET =
            "a secret of sixty-four bytes, so that HS512 may use it as well!!"
                    .getBytes(StandardCharsets.US_ASCII);
    static final KeyPair RSA = pair("RSA", null);
    static final KeyPair EC = pair("EC", new ECGenParameterSpec("secp256r1"));
    static final KeyPair EDWARDS = pair("Ed25519", null);

    private KeyKinds() {}

    static KeyPair pair(String algorithm, @Nullable AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (parameters != null) {
                generator.initialize(parameters);
            } else if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static JWK secret(String id, String algorithm) {
        return new OctetSequenceKey.Builder(SECRET).keyID(id).algorithm(named(algorithm)).build();
    }

    static JWK rsa(String id, String algorithm) {
        return new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                .keyID(id)
                .algorithm(named(algorithm))
                .build();
    }

    static JWK ec(String id) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic()).keyID(id).build();
    }

    static JWK edwards(String id) {
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point(EDWARDS)))
                .keyID(id)
                .build();
    }

    private static com.nimbusds.jose.@Nullable Algorithm named(String algorithm) {
        return algorithm.isEmpty() ? null : new com.nimbusds.jose.Algorithm(algorithm);
    }

    /// The last 32 bytes of the key's DER are its point (RFC 8410, 4).
    static byte[] point(KeyPair pair) {
        byte[] der = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(der, der.length - 32, der.length);
    }

    static TokenVerifier verifier(JWK... keys) {
        String set =
                Arrays.stream(keys)
                        .map(JWK::toJSONString)
                        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        return new TokenVerifier(
                TokenKeys.parse(new Secret(set)),
                TokenRules.DEFAULT,
                new ByteSize(1 << 20),
                InstantSource.fixed(Instant.ofEpochSecond(TokenFixtures.NOW)));
    }

    static JWKSet all() {
        return new JWKSet(List.of(secret("s", "HS512"), rsa("r", "RS256"), ec("e"), edwards("d")));
    }

    static String hmac(String header, String claims, byte[] secret, String algorithm) {
        String input = input(header, claims);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return input + "." + Base64URL.encode(mac.doFinal(bytes(input)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(String header, String claims, Key key, String algorithm) {
        String input = input(header, claims);
        return input + "." + Base64URL.encode(signature(input, key, algorithm));
    }

    static byte[] signature(String input, Key key, String algorithm) {
        try {
            Signature signer = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                signer.setParameter(
                        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signer.initSign((PrivateKey) key);
            signer.update(bytes(input));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String input(String header, String claims) {
        return Base64URL.encode(header) + "." + Base64URL.encode(claims);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
