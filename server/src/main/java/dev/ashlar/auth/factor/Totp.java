package dev.ashlar.auth.factor;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Time-based one-time codes (RFC 6238 over RFC 4226) in the one form that every authenticator app
/// knows: SHA-1, six digits, 30 seconds.
final class Totp {
    static final int DIGITS = 6;
    static final int STEP_SECONDS = 30;

    /// RFC 4226, 4: 160 bits are recommended.
    private static final int SECRET_BYTES = 20;

    /// A code is still taken one step later or earlier: clocks differ and typing takes time (RFC
    /// 6238, 5.2).
    private static final int TOLERANCE_STEPS = 1;

    private Totp() {}

    /// In base32.
    static String newSecret(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return Base32.encode(secret);
    }

    /// The time step that the code belongs to. Only steps behind `lastUsed` count: a code that was
    /// seen once, over somebody's shoulder or on the wire, is good for nothing (RFC 6238, 5.2).
    static OptionalLong matchingStep(String secret, String code, Instant now, long lastUsed) {
        byte[] key = Base32.decode(secret);
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        OptionalLong found = OptionalLong.empty();
        // All steps are computed, whichever fits.
        for (long step = current - TOLERANCE_STEPS; step <= current + TOLERANCE_STEPS; step++) {
            byte[] expected = code(key, step, DIGITS).getBytes(StandardCharsets.UTF_8);
            if (MessageDigest.isEqual(expected, given) && step > lastUsed) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /// RFC 4226, 5.3.
    static String code(byte[] key, long step, int digits) {
        byte[] hash;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-1 is not available", e);
        }
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
        String text = Long.toString(number % Math.powExact(10L, digits));
        return "0".repeat(digits - text.length()) + text;
    }

    /// What a QR code holds for the app ("Key URI Format" of Google Authenticator's wiki).
    static String uri(String issuer, String account, String secret) {
        return "otpauth://totp/"
                + encode(issuer)
                + ":"
                + encode(account)
                + "?algorithm=SHA1&digits="
                + DIGITS
                + "&issuer="
                + encode(issuer)
                + "&period="
                + STEP_SECONDS
                + "&secret="
                + secret;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
