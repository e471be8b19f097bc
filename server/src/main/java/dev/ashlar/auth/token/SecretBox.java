package dev.ashlar.auth.token;

import dev.ashlar.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Keeps what must be read again, such as the secret of a second factor or of a foreign provider,
/// so that the database alone does not give it away: AES-256-GCM (NIST SP 800-38D) under a key that
/// follows from the server's secret by HKDF (RFC 5869).
///
/// Each value is bound to its purpose, a text that names the row and column it belongs to: copied
/// into another row it does not open. Changing the server's secret closes every box for good.
public final class SecretBox {
    private static final String VERSION = "v1.";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey sealing;
    private final SecretKey fingerprinting;

    public SecretBox(Secret serverSecret) {
        byte[] secret = serverSecret.reveal().getBytes(StandardCharsets.UTF_8);
        sealing = derive(secret, "ashlar secret box", "AES");
        fingerprinting = derive(secret, "ashlar fingerprint", "HmacSHA256");
    }

    /// Text that only [#findOpened] with the same purpose turns back.
    public String seal(String plain, String purpose) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, purpose)
                            .doFinal(plain.getBytes(StandardCharsets.UTF_8));
            byte[] all =
                    ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
            return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    /// What was sealed; empty when the text was sealed for something else or under another secret,
    /// or was changed.
    public Optional<String> findOpened(String sealed, String purpose) {
        Optional<byte[]> bytes = findBytes(sealed);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(bytes.get(), NONCE_BYTES);
        try {
            byte[] plain =
                    cipher(Cipher.DECRYPT_MODE, nonce, purpose)
                            .doFinal(bytes.get(), NONCE_BYTES, bytes.get().length - NONCE_BYTES);
            return Optional.of(new String(plain, StandardCharsets.UTF_8));
        } catch (AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    /// HMAC-SHA-256 in hex, for short codes: they are compared and never read again, and a plain
    /// hash of six digits is found out by trying a million.
    public String fingerprint(String text, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fingerprinting);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC failed", e);
        }
    }

    @Override
    public String toString() {
        return "SecretBox[]";
    }

    private static Optional<byte[]> findBytes(String sealed) {
        if (!sealed.startsWith(VERSION)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(VERSION.length()));
            return bytes.length < NONCE_BYTES + TAG_BITS / 8
                    ? Optional.empty()
                    : Optional.of(bytes);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKey derive(byte[] secret, String purpose, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret)
                                    .thenExpand(
                                            purpose.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF is not available", e);
        }
    }
}
