package dev.ashlar.auth.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What proves to a webhook who is calling (Standard Webhooks 1.0, "Signature scheme"):
/// HMAC-SHA-256 over id, time and body, one signature for each key that may be the receiver's.
public record WebhookSignature(String id, String timestamp, String body) {
    private static final String ALGORITHM = "HmacSHA256";

    public static Key key(byte[] secret) {
        return new SecretKeySpec(secret, ALGORITHM);
    }

    /// The value of the header `webhook-signature`.
    public String under(List<Key> keys) {
        return keys.stream().map(key -> "v1," + hmac(key)).collect(Collectors.joining(" "));
    }

    private String hmac(Key key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            String signed = id + "." + timestamp + "." + body;
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC failed", e);
        }
    }
}
