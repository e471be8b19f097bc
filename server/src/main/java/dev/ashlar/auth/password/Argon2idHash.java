package dev.ashlar.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2 (RFC 9106) in the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`.
///
/// New hashes are Argon2id with 19 MiB, two passes and one lane (OWASP Password Storage Cheat
/// Sheet); Argon2i and Argon2d come from other systems.
public final class Argon2idHash implements StoredPassword {
    static final int MEMORY_KIB = 19 * 1024;
    static final int PASSES = 2;
    static final int LANES = 1;
    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;

    /// An imported hash may not ask for more than this: one sign-in must not cost seconds, nor a
    /// heap of the default size. RFC 9106 recommends 64 MiB where memory is scarce.
    private static final int MAX_MEMORY_KIB = 64 * 1024;

    private static final int MAX_PASSES = 16;
    private static final int MAX_LANES = 16;

    private static final Pattern FORM =
            Pattern.compile(
                    "\\$argon2(id|i|d)\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private final Variant variant;
    private final int memoryKib;
    private final int passes;
    private final int lanes;
    private final byte[] salt;
    private final byte[] hash;

    /// The three of RFC 9106, 3.1.
    enum Variant {
        ID("id", Argon2Parameters.ARGON2_id),
        I("i", Argon2Parameters.ARGON2_i),
        D("d", Argon2Parameters.ARGON2_d);

        private final String word;
        private final int number;

        Variant(String word, int number) {
            this.word = word;
            this.number = number;
        }

        static Variant of(String word) {
            return switch (word) {
                case "i" -> I;
                case "d" -> D;
                default -> ID;
            };
        }
    }

    private Argon2idHash(
            Variant variant, int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
        this.variant = variant;
        this.memoryKib = memoryKib;
        this.passes = passes;
        this.lanes = lanes;
        this.salt = salt;
        this.hash = hash;
    }

    static Argon2idHash of(String password, byte[] salt) {
        byte[] hash = compute(Variant.ID, password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        return new Argon2idHash(Variant.ID, MEMORY_KIB, PASSES, LANES, salt.clone(), hash);
    }

    /// Random bytes, which are the hash of no password that anybody knows: comparing with it costs
    /// what it costs with any other, and making it costs nothing.
    static Argon2idHash ofNobody(SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        byte[] hash = new byte[HASH_BYTES];
        random.nextBytes(salt);
        random.nextBytes(hash);
        return new Argon2idHash(Variant.ID, MEMORY_KIB, PASSES, LANES, salt, hash);
    }

    static Optional<Argon2idHash> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int memory = Integer.parseInt(matcher.group(2));
        int passes = Integer.parseInt(matcher.group(3));
        int lanes = Integer.parseInt(matcher.group(4));
        boolean sensible =
                lanes >= 1
                        && lanes <= MAX_LANES
                        && passes >= 1
                        && passes <= MAX_PASSES
                        && memory >= 8 * lanes
                        && memory <= MAX_MEMORY_KIB;
        if (!sensible) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            return Optional.of(
                    new Argon2idHash(
                            Variant.of(matcher.group(1)),
                            memory,
                            passes,
                            lanes,
                            decoder.decode(matcher.group(5)),
                            decoder.decode(matcher.group(6))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public String text() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2"
                + variant.word
                + "$v=19$m="
                + memoryKib
                + ",t="
                + passes
                + ",p="
                + lanes
                + "$"
                + encoder.encodeToString(salt)
                + "$"
                + encoder.encodeToString(hash);
    }

    @Override
    public boolean matches(String password) {
        byte[] other = compute(variant, password, salt, memoryKib, passes, lanes, hash.length);
        return MessageDigest.isEqual(hash, other);
    }

    @Override
    public boolean isCurrent() {
        return variant == Variant.ID
                && memoryKib == MEMORY_KIB
                && passes == PASSES
                && lanes == LANES
                && salt.length >= SALT_BYTES
                && hash.length >= HASH_BYTES;
    }

    @Override
    public String toString() {
        return "Argon2" + variant.word + "[m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "]";
    }

    private static byte[] compute(
            Variant variant,
            String password,
            byte[] salt,
            int memoryKib,
            int passes,
            int lanes,
            int length) {
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        if (variant == Variant.ID && NativeArgon2.takes(memoryKib, lanes, salt, length)) {
            Optional<byte[]> hash =
                    NativeArgon2.find()
                            .flatMap(
                                    sodium -> sodium.hash(secret, salt, memoryKib, passes, length));
            if (hash.isPresent()) {
                return hash.get();
            }
        }
        return inJava(variant, secret, salt, memoryKib, passes, lanes, length);
    }

    static byte[] inJava(
            Variant variant,
            byte[] password,
            byte[] salt,
            int memoryKib,
            int passes,
            int lanes,
            int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(variant.number)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memoryKib)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password, hash);
        return hash;
    }
}
