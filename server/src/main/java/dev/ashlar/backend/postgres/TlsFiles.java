package dev.ashlar.backend.postgres;

import java.nio.file.Path;
import java.util.Optional;

/// Files of PEM that TLS to a database goes by, as libpq's parameters of these names.
///
/// @param sslrootcert the certificates of the authorities that are trusted; empty for those that
///   Java trusts
/// @param sslcert our own certificate, and those between it and its authority
/// @param sslkey its key
public record TlsFiles(Optional<Path> sslrootcert, Optional<Path> sslcert, Optional<Path> sslkey) {
    public static final TlsFiles NONE =
            new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

    public TlsFiles {
        if (sslcert.isPresent() != sslkey.isPresent()) {
            throw new IllegalArgumentException(
                    "sslcert and sslkey belong together: name both files");
        }
    }
}
