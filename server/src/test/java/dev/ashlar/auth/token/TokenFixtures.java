package dev.ashlar.auth.token;

import com.nimbusds.jose.util.Base64URL;
import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens written by hand, so that they can be wrong in any way; independent of [TokenSigner].
final class TokenFixtures {
    static final String SECRET_TEXT = "a-secret-for-tests-with-more-than-32-bytes";
    static final Secret SECRET = new Secret(SECRET_TEXT);
    static final long NOW = 1_800_000_000L;
    static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private TokenFixtures() {}

    static String token(String header, String payload) {
        return token(header, payload, SECRET_TEXT, "HmacSHA256");
    }

    static String token(String header, String payload, String secret, String algorithm) {
        return sign(Base64URL.encode(header) + "." + Base64URL.encode(payload), secret, algorithm);
    }

    static String token(String header, byte[] payload) {
        return sign(
                Base64URL.encode(header) + "." + Base64URL.encode(payload),
                SECRET_TEXT,
                "HmacSHA256");
    }

    static String sign(String input, String secret, String algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return input
                    + "."
                    + Base64URL.encode(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static TokenVerifier verifier(TokenRules rules) {
        return verifier(rules, InstantSource.fixed(Instant.ofEpochSecond(NOW)));
    }

    static TokenVerifier verifier(TokenRules rules, InstantSource clock) {
        return new TokenVerifier(TokenKeys.of(SECRET), rules, new ByteSize(1 << 20), clock);
    }
}
