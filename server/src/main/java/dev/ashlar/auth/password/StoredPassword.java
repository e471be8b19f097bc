package dev.ashlar.auth.password;

import java.util.Optional;

/// What is kept of a password: a hash with its parameters. Sealed: imported accounts bring other
/// kinds, each to be added here.
public sealed interface StoredPassword permits Argon2idHash {

    /// As stored.
    String text();

    /// Whether the password fits, in constant time; slow on purpose.
    boolean matches(String password);

    /// Empty when the text is of no kind that can be verified.
    static Optional<StoredPassword> parse(String text) {
        return Argon2idHash.parse(text).map(StoredPassword.class::cast);
    }
}
