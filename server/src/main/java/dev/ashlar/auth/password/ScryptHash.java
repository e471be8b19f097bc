package dev.ashlar.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.SCrypt;

/// scrypt (RFC 7914) as other systems left it: `$scrypt$ln=15,r=8,p=1$<salt>$<hash>`. Never made
/// here.
final class ScryptHash implements StoredPassword {
    private static final Pattern FORM =
            Pattern.compile(
                    "\\$scrypt\\$ln=(\\d{1,2}),r=(\\d{1,2}),p=(\\d{1,2})"
                            + "\\$([A-Za-z0-9+/]{11,86})={0,2}\\$([A-Za-z0-9+/]{22,86})={0,2}");

    private final String text;
    private final ScryptCost cost;
    private final byte[] salt;
    private final byte[] hash;

    private ScryptHash(String text, ScryptCost cost, byte[] salt, byte[] hash) {
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
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            byte[] salt = decoder.decode(matcher.group(4));
            byte[] hash = decoder.decode(matcher.group(5));
            return ScryptCost.find(matcher.group(1), matcher.group(2), matcher.group(3))
                    .map(cost -> new ScryptHash(text, cost, salt, hash));
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
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        byte[] other =
                SCrypt.generate(bytes, salt, 1 << cost.logN(), cost.r(), cost.p(), hash.length);
        return MessageDigest.isEqual(hash, other);
    }

    @Override
    public String toString() {
        return "ScryptHash[" + cost + "]";
    }
}
