package dev.ashlar.auth.password;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/// The passwords that attackers try first, from leaks: 42,692 of them, without asking anybody over
/// the network.
///
/// From the password list of `@zxcvbn-ts/language-common` (MIT), in lower case and from six
/// characters on; `server/src/test/js/leaked-passwords.mjs` makes the file. It holds six bytes of
/// SHA-256 of each, sorted: one password in six thousand million is taken for one of them.
final class LeakedPasswords {
    private static final String RESOURCE = "leaked-passwords.bin";
    private static final int BYTES = 6;

    private final byte[] prefixes;

    private LeakedPasswords(byte[] prefixes) {
        this.prefixes = prefixes;
    }

    static LeakedPasswords load() {
        try (InputStream in = LeakedPasswords.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return new LeakedPasswords(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return prefixes.length / BYTES;
    }

    /// In any case: `Password1` is tried as soon as `password1`.
    boolean contains(String password) {
        byte[] wanted = digest(password.toLowerCase(Locale.ROOT));
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int at = middle * BYTES;
            int order = Arrays.compareUnsigned(prefixes, at, at + BYTES, wanted, 0, BYTES);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
