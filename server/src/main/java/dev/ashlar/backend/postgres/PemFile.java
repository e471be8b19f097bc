package dev.ashlar.backend.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of certificates or with a key (RFC 7468). What is wrong with it is an
/// [IllegalArgumentException] that says what to do.
///
/// @param option what it was named by, for people
record PemFile(String option, Path file) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final long LARGEST = 1 << 20;

    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(text());
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                certificates.add(certificate(decoded(block.group(2))));
            }
        }
        if (certificates.isEmpty()) {
            throw refused(
                    "holds no certificate in PEM (-----BEGIN CERTIFICATE-----); of the binary form:"
                            + " openssl x509 -inform der -in "
                            + file);
        }
        return certificates;
    }

    PrivateKey key() {
        requirePrivate();
        String label = "";
        Matcher block = BLOCK.matcher(text());
        while (block.find()) {
            label = block.group(1);
            if (label.equals("PRIVATE KEY")) {
                return key(decoded(block.group(2)));
            }
        }
        throw refused(
                (label.endsWith("PRIVATE KEY")
                                ? "holds a key in another form or under a password"
                                : "holds no key in PEM (-----BEGIN PRIVATE KEY-----)")
                        + "; write it anew: openssl pkcs8 -topk8 -nocrypt -in "
                        + file);
    }

    /// As libpq asks for it.
    private void requirePrivate() {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw refused("can be read by everybody: chmod 600 " + file);
            }
        } catch (IOException | UnsupportedOperationException _) {
            // Reading it says what is wrong, or there are no such permissions here.
        }
    }

    private String text() {
        try {
            if (Files.isDirectory(file)) {
                throw refused("is a folder, not a file");
            }
            if (Files.size(file) > LARGEST) {
                throw refused("is larger than 1 MB, and no file of PEM");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw refused("does not exist (looked up from " + Path.of("").toAbsolutePath() + ")");
        } catch (AccessDeniedException e) {
            throw refused("may not be read by the user that the server runs as");
        } catch (IOException e) {
            throw refused("cannot be read: " + e.getMessage());
        }
    }

    private byte[] decoded(String lines) {
        try {
            return Base64.getMimeDecoder().decode(lines);
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private X509Certificate certificate(byte[] content) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw damaged();
        }
    }

    private PrivateKey key(byte[] content) {
        for (String algorithm : List.of("EC", "RSA", "EdDSA", "RSASSA-PSS")) {
            Optional<PrivateKey> key = findKey(algorithm, content);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw damaged();
    }

    private static Optional<PrivateKey> findKey(String algorithm, byte[] content) {
        try {
            return Optional.of(
                    KeyFactory.getInstance(algorithm)
                            .generatePrivate(new PKCS8EncodedKeySpec(content)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no " + algorithm, e);
        }
    }

    private IllegalArgumentException damaged() {
        return refused("is damaged: copy it again, whole");
    }

    /// Of several files together.
    IllegalArgumentException unusable(GeneralSecurityException reason) {
        return refused("cannot be used: " + reason.getMessage());
    }

    IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException(option + " " + file + " " + reason);
    }
}
