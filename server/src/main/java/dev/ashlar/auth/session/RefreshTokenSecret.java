package dev.ashlar.auth.session;

import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes refresh tokens: 256 bits as 43 characters. The first of a session is random; each later
/// one is HMAC-SHA256 of the one before it, under a key of the server.
///
/// So a token that was used a moment ago leads to the same successor again: a lost reply is
/// repeated and two tabs stay on one line, although only hashes are stored. Without the key the
/// successor of a known token is as random as any.
public final class RefreshTokenSecret {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "ashlar refresh token successor";
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    /// The key is derived from the secret that access tokens are signed with, and is not that
    /// secret.
    public RefreshTokenSecret(Secret secret) {
        byte[] root = secret.reveal().getBytes(StandardCharsets.UTF_8);
        key = new SecretKeySpec(hmac(new SecretKeySpec(root, ALGORITHM), PURPOSE), ALGORITHM);
    }

    public String first() {
        return OneTimeSecret.next();
    }

    public String successor(String token) {
        return BASE64URL.encodeToString(hmac(key, token));
    }

    /// What is stored of a token.
    public static String hash(String token) {
        return OneTimeSecret.hash(token);
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
