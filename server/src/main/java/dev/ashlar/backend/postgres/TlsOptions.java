package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the options of an address say about TLS, in the words of libpq (manual, "SSL Support").
final class TlsOptions {
    private static final String ROOT = "sslrootcert";

    /// Instead of a file: the authorities that the system trusts.
    private static final String SYSTEM = "system";

    private TlsOptions() {}

    /// What names an authority wants the server to be judged by it: a mode that would not do so is
    /// raised or refused.
    static Tls mode(Map<String, String> options) {
        String word = options.getOrDefault("sslmode", "prefer").toLowerCase(Locale.ROOT);
        Tls mode =
                switch (word) {
                    case "disable" -> Tls.DISABLE;
                    case "allow", "prefer" -> Tls.PREFER;
                    case "require" -> Tls.REQUIRE;
                    case "verify-ca" -> Tls.VERIFY_CA;
                    case "verify-full" -> Tls.VERIFY_FULL;
                    default ->
                            throw new IllegalArgumentException(
                                    "sslmode is disable, prefer, require, verify-ca or"
                                            + " verify-full");
                };
        String root = options.getOrDefault(ROOT, "");
        if (root.equals(SYSTEM) && mode != Tls.VERIFY_FULL) {
            throw new IllegalArgumentException(
                    "sslrootcert=system wants sslmode=verify-full: anybody can have a certificate"
                            + " of these authorities, for a name of their own");
        }
        if (root.isEmpty() && mode == Tls.VERIFY_CA) {
            throw new IllegalArgumentException(
                    "sslmode=verify-ca wants sslrootcert=FILE, the certificate of the authority;"
                            + " by the authorities that Java trusts, only sslmode=verify-full"
                            + " tells one server from another");
        }
        if (!root.isEmpty() && mode == Tls.PREFER) {
            throw new IllegalArgumentException(
                    "sslrootcert does nothing with sslmode="
                            + word
                            + ": write sslmode=verify-full");
        }
        return !root.isEmpty() && mode == Tls.REQUIRE ? Tls.VERIFY_CA : mode;
    }

    static TlsFiles files(Map<String, String> options) {
        return new TlsFiles(
                file(options, ROOT).filter(root -> !root.toString().equals(SYSTEM)),
                file(options, "sslcert"),
                file(options, "sslkey"));
    }

    private static Optional<Path> file(Map<String, String> options, String name) {
        try {
            return Optional.ofNullable(options.get(name))
                    .filter(path -> !path.isEmpty())
                    .map(Path::of);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(name + " is no path of a file", null);
        }
    }
}
