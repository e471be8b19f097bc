package dev.ashlar.auth.factor;

import dev.ashlar.auth.factor.RecoveryCodeStore.Status;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlTransaction;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Codes on paper for who has lost every other second factor: 16 characters, 80 bits, each good
/// once; only hashes are kept. The caller holds the account's lock.
public final class RecoveryCodes {
    /// Without those that look alike: I, O, 0 and 1.
    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private static final int LENGTH = 16;
    private static final int MAX_TYPED_CHARS = 64;
    private static final Pattern ORNAMENT = Pattern.compile("[ -]");

    private final RecoveryCodeStore store = new RecoveryCodeStore();
    private final SecureRandom random = new SecureRandom();
    private final SecretBox box;
    private final int size;

    /// `size` is how many codes are in a set.
    public RecoveryCodes(SecretBox box, int size) {
        this.box = box;
        this.size = size;
    }

    public Optional<Status> find(SqlTransaction tx, UUID account) {
        return store.find(tx, account);
    }

    /// A new set, to be shown this once; the one of before is worth nothing then.
    public List<String> replace(
            SqlTransaction tx, UUID account, @Nullable String name, Instant now) {
        store.delete(tx, account);
        List<String> codes = Stream.generate(this::next).distinct().limit(size).toList();
        store.insert(
                tx,
                account,
                UUID.randomUUID(),
                name,
                codes.stream().map(code -> hash(account, code)).toList(),
                now);
        return codes;
    }

    /// Whether it is one of the account's that was not used; it is used up by this. People type
    /// them in groups and in small letters.
    public boolean use(SqlTransaction tx, UUID account, String typed, Instant now) {
        if (typed.length() > MAX_TYPED_CHARS) {
            return false;
        }
        String code = ORNAMENT.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
        return store.use(tx, account, hash(account, code), now);
    }

    private String next() {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    private String hash(UUID account, String code) {
        return box.fingerprint(code, "auth.mfa_recovery_codes " + account);
    }
}
