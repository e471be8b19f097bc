package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import dev.ashlar.testing.CertificateForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that cannot be used are named, with what to do.
class PostgresTlsTest {
    @TempDir private static Path folder;
    private static CertificateForTests ours;
    private static CertificateForTests rsa;

    @BeforeAll
    static void make() throws IOException {
        ours = CertificateForTests.make(folder, "ours", "EC");
        rsa = CertificateForTests.make(folder, "rsa", "RSA");
        for (CertificateForTests one : new CertificateForTests[] {ours, rsa}) {
            Files.setPosixFilePermissions(one.key(), PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void filesThatAreRight() {
        PostgresTls read = read(Optional.of(ours.certificate()), ours.certificate(), ours.key());
        assertThat(read.trust()).isPresent();
        assertThat(read.identity()).isPresent();
        assertThat(read(Optional.empty(), rsa.certificate(), rsa.key()).identity()).isPresent();
    }

    @Test
    void authoritiesThatCannotBeRead() throws Exception {
        refuses(folder.resolve("none.crt"), "sslrootcert", "none.crt does not exist");
        refuses(folder, "is a folder");
        refuses(ours.key(), "holds no certificate");
        refuses(file("text.crt", "hello"), "holds no certificate", "-----BEGIN CERTIFICATE-----");
        refuses(
                file("torn.crt", CertificateForTests.pem("CERTIFICATE", new byte[] {1, 2, 3})),
                "is damaged");
        Path binary = folder.resolve("binary.crt");
        Files.write(binary, encoded());
        refuses(binary, "openssl x509 -inform der -in " + binary);
    }

    private static byte[] encoded() {
        try {
            return ours.own().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void keysThatCannotBeUsed() throws IOException {
        refusesKey(folder.resolve("none.key"), "sslkey", "does not exist");
        refusesKey(rsa.key(), "is of RSA", "of EC");
        refusesKey(ours.certificate(), "holds no key");
        for (String label : new String[] {"RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
            refusesKey(
                    file("other.key", CertificateForTests.pem(label, new byte[] {1})),
                    "openssl pkcs8 -topk8 -nocrypt");
        }
        refusesKey(
                file("torn.key", CertificateForTests.pem("PRIVATE KEY", new byte[] {1})),
                "is damaged");
        Path open = file("open.key", Files.readString(ours.key()));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        refusesKey(open, "chmod 600 " + open);
    }

    private static Path file(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static PostgresTls read(Optional<Path> root, Path certificate, Path key) {
        return PostgresTls.of(
                Tls.VERIFY_FULL,
                new TlsFiles(root, Optional.of(certificate), Optional.of(key)),
                "localhost");
    }

    private static void refuses(Path root, String... words) {
        TlsFiles files = new TlsFiles(Optional.of(root), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> PostgresTls.of(Tls.VERIFY_CA, files, "localhost"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(words);
    }

    private static void refusesKey(Path key, String... words) throws IOException {
        if (Files.exists(key) && !key.endsWith("open.key")) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
        assertThatThrownBy(() -> read(Optional.empty(), ours.certificate(), key))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(words);
    }
}
