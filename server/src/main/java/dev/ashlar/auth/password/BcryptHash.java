package dev.ashlar.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.BCrypt;

/// bcrypt as other systems left it: `$2a$10$` and 53 characters (also `2b` and `2y`, which differ
/// only in bugs of old implementations). Never made here.
///
/// Whatever follows the 72nd byte of a password counts nothing, as wherever it was made.
final class BcryptHash implements StoredPassword {
    private static final Pattern FORM =
            Pattern.compile("\\$(2[aby])\\$(\\d\\d)\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");

    /// Each step doubles the work: at 14 one comparison takes about a second.
    private static final int MAX_COST = 14;

    private static final int MIN_COST = 4;
    private static final int MAX_BYTES = 72;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 23;
    private static final String ALPHABET =
            "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final String text;
    private final int cost;
    private final byte[] salt;
    private final byte[] hash;

    private BcryptHash(String text, int cost, byte[] salt, byte[] hash) {
        this.text = text;
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    static Optional<StoredPassword> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int cost = Integer.parseInt(matcher.group(2));
        return cost < MIN_COST || cost > MAX_COST
                ? Optional.empty()
                : Optional.of(
                        new BcryptHash(
                                text,
                                cost,
                                decode(matcher.group(3), SALT_BYTES),
                                decode(matcher.group(4), HASH_BYTES)));
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean matches(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        // Ended by NUL, as far as there is room.
        byte[] key = Arrays.copyOf(bytes, Math.min(bytes.length + 1, MAX_BYTES));
        byte[] other = BCrypt.generate(key, salt, cost, false);
        return MessageDigest.isEqual(hash, Arrays.copyOf(other, HASH_BYTES));
    }

    @Override
    public String toString() {
        return "BcryptHash[cost=" + cost + "]";
    }

    /// bcrypt has a base64 of its own.
    private static byte[] decode(String text, int length) {
        byte[] bytes = new byte[length];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < text.length() && at < length; i++) {
            buffer = (buffer << 6) | ALPHABET.indexOf(text.charAt(i));
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (buffer >>> bits);
            }
        }
        return bytes;
    }
}
