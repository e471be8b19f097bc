package dev.ashlar.auth.password;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What is kept of a password: a hash with its parameters. Sealed: Argon2id is what we make, the
/// others came with accounts from other systems.
public sealed interface StoredPassword
        permits Argon2idHash, BcryptHash, ScryptHash, FirebaseScryptHash {

    /// Longer than any that is understood.
    int MAX_CHARS = 1_000;

    /// As stored.
    String text();

    /// Whether the password fits, in constant time; slow on purpose.
    boolean matches(String password);

    /// Whether it is what we would make today. Any other is replaced when its password is next
    /// known, at a sign-in.
    default boolean isCurrent() {
        return false;
    }

    /// One that costs as much as those which begin like this, and fits nothing that anybody knows.
    /// Empty when there can be none.
    static Optional<StoredPassword> sample(String form) {
        String salt = "aaaaaaaaaaaaaaaaaaaaaa";
        String hash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        return Stream.of(
                        form + "$" + salt + hash.substring(0, 31),
                        form + "$" + salt + "$" + hash,
                        form + ",sk=" + hash + "=$" + salt + "==$" + hash + "=")
                .flatMap(text -> parse(text).stream())
                .findFirst();
    }

    /// Empty when the text is of no kind that can be verified, or would cost more than one sign-in
    /// may.
    static Optional<StoredPassword> parse(String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        return Stream.<Function<String, Optional<StoredPassword>>>of(
                        given -> Argon2idHash.parse(given).map(StoredPassword.class::cast),
                        BcryptHash::parse,
                        ScryptHash::parse,
                        FirebaseScryptHash::parse)
                .flatMap(kind -> kind.apply(text).stream())
                .findFirst();
    }
}
