package dev.ashlar.auth.password;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/// Firebase's own use of scrypt: what scrypt makes of the password is the key with which the
/// project's signer key is encrypted (AES-256 in counter mode from zero), and that is kept.
///
/// `$fbscrypt$v=1,n=14,r=8,p=1,ss=<salt separator>,sk=<signer key>$<salt>$<hash>`, all in base64;
/// the parameters are those that the Firebase console shows under "Password hash parameters".
final class FirebaseScryptHash implements StoredPassword {
    private static final Pattern FORM =
            Pattern.compile(
                    "\\$fbscrypt\\$v=1,n=(\\d{1,2}),r=(\\d{1,2}),p=(\\d{1,2})"
                            + "(?:,ss=([A-Za-z0-9+/]{1,86}={0,2}))?,sk=([A-Za-z0-9+/]{20,172}={0,2})"
                            + "\\$([A-Za-z0-9+/]{1,86}={0,2})\\$([A-Za-z0-9+/]{20,172}={0,2})");
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;

    private final String text;
    private final ScryptCost cost;
    private final byte[] saltAndSeparator;
    private final byte[] signerKey;
    private final byte[] hash;

    private FirebaseScryptHash(
            String text, ScryptCost cost, byte[] saltAndSeparator, byte[] signerKey, byte[] hash) {
        this.text = text;
        this.cost = cost;
        this.saltAndSeparator = saltAndSeparator;
        this.signerKey = signerKey;
        this.hash = hash;
    }

    static Optional<StoredPassword> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            byte[] separator =
                    matcher.group(4) == null ? new byte[0] : decoder.decode(matcher.group(4));
            byte[] signerKey = decoder.decode(matcher.group(5));
            byte[] salt = decoder.decode(matcher.group(6));
            byte[] hash = decoder.decode(matcher.group(7));
            byte[] all =
                    ByteBuffer.allocate(salt.length + separator.length)
                            .put(salt)
                            .put(separator)
                            .array();
            return ScryptCost.find(matcher.group(1), matcher.group(2), matcher.group(3))
                    .map(cost -> new FirebaseScryptHash(text, cost, all, signerKey, hash));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean matches(String password) {
        byte[] key =
                SCrypt.generate(
                        password.getBytes(StandardCharsets.UTF_8),
                        saltAndSeparator,
                        1 << cost.logN(),
                        cost.r(),
                        cost.p(),
                        KEY_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new IvParameterSpec(new byte[BLOCK_BYTES]));
            return MessageDigest.isEqual(hash, cipher.doFinal(signerKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in counter mode failed", e);
        }
    }

    @Override
    public String toString() {
        return "FirebaseScryptHash[" + cost + "]";
    }
}
