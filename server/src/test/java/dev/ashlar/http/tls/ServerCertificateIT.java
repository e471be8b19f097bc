package dev.ashlar.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.testing.CertificateForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What owners get wrong with certificates, and what they are told.
class ServerCertificateIT {
    @TempDir private static Path folder;

    private static CertificateForTests elliptic;
    private static CertificateForTests rsa;

    @BeforeAll
    static void make() {
        elliptic = CertificateForTests.make(folder, "elliptic", "EC");
        rsa = CertificateForTests.make(folder, "rsa", "RSA");
    }

    private static TlsConfig config(Path certificate, Path key) {
        return new TlsConfig(
                Optional.of(certificate),
                Optional.of(key),
                "1.2",
                TlsConfig.Engine.AUTO,
                Duration.ZERO,
                0,
                Duration.ZERO);
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void refused(Path certificate, Path key, String message, String advice) {
        assertThatThrownBy(() -> ServerCertificate.load(config(certificate, key)))
                .isInstanceOfSatisfying(
                        UnusableCertificate.class,
                        e -> {
                            assertThat(e).hasMessageContaining(message);
                            assertThat(e.advice()).contains(advice);
                        });
    }

    @Test
    void pairsAreRead() {
        for (CertificateForTests pair : List.of(elliptic, rsa)) {
            ServerCertificate read = ServerCertificate.load(config(pair.certificate(), pair.key()));
            assertThat(read.expires()).isEqualTo(pair.own().getNotAfter().toInstant());
            assertThat(read.toString()).contains(read.subject()).doesNotContain("PRIVATE");
        }
    }

    @Test
    void theOlderFormsOfKeysAreRead() throws IOException {
        byte[] inner =
                PrivateKeyInfo.getInstance(rsa.secret().getEncoded())
                        .parsePrivateKey()
                        .toASN1Primitive()
                        .getEncoded();
        Path pkcs1 = file("pkcs1.key", CertificateForTests.pem("RSA PRIVATE KEY", inner));
        assertThat(ServerCertificate.load(config(rsa.certificate(), pkcs1)).key())
                .isEqualTo(ServerCertificate.load(config(rsa.certificate(), rsa.key())).key());

        PrivateKeyInfo info = PrivateKeyInfo.getInstance(elliptic.secret().getEncoded());
        ECPrivateKey whole =
                new ECPrivateKey(
                        elliptic.bits(),
                        ECPrivateKey.getInstance(info.parsePrivateKey()).getKey(),
                        info.getPrivateKeyAlgorithm().getParameters());
        Path sec1 =
                file(
                        "sec1.key",
                        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n"
                                + "-----END EC PARAMETERS-----\n"
                                + CertificateForTests.pem("EC PRIVATE KEY", whole.getEncoded()));
        assertThat(ServerCertificate.load(config(elliptic.certificate(), sec1)).subject())
                .isEqualTo("CN=elliptic");
    }

    @Test
    void whatIsMissingIsNamed() {
        refused(
                folder.resolve("none.pem"),
                rsa.key(),
                "none.pem (http.tls.certificate) does not exist",
                "PEM");
        refused(rsa.certificate(), folder, "(http.tls.key) is not a file", "PEM");
    }

    @Test
    void aKeyOfAnotherCertificateIsNoticed() {
        refused(elliptic.certificate(), rsa.key(), "does not belong", "openssl pkey -pubout");
        CertificateForTests other = CertificateForTests.make(folder, "other", "EC");
        refused(elliptic.certificate(), other.key(), "does not belong", "openssl x509");
    }

    @Test
    void whatIsNoPemIsNoticed() throws IOException {
        Path der = folder.resolve("own.der");
        Files.write(der, rsa.secret().getEncoded());
        refused(der, rsa.key(), "holds no certificate", "-inform der");
        refused(rsa.certificate(), rsa.certificate(), "holds no private key", "BEGIN PRIVATE KEY");
        Path torn = file("torn.key", CertificateForTests.pem("PRIVATE KEY", new byte[] {48, 9}));
        refused(rsa.certificate(), torn, "damaged", "openssl pkey");
        Path tornToo = file("torn.crt", CertificateForTests.pem("CERTIFICATE", new byte[] {48, 9}));
        refused(tornToo, rsa.key(), "is damaged", "again");
    }

    @Test
    void anEncryptedKeyIsNoticed() throws IOException {
        String newer = CertificateForTests.pem("ENCRYPTED PRIVATE KEY", new byte[9]);
        refused(rsa.certificate(), file("new.key", newer), "is encrypted", "openssl pkey -in");
        String older =
                """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF

                AAAA
                -----END RSA PRIVATE KEY-----
                """;
        refused(rsa.certificate(), file("old.key", older), "is encrypted", "openssl pkey -in");
    }

    @Test
    void halfAPairIsNoSetting() {
        assertThatThrownBy(() ->
                        new TlsConfig(
                                Optional.of(rsa.certificate()),
                                Optional.empty(),
                                "1.2",
                                TlsConfig.Engine.AUTO,
                                Duration.ZERO,
                                0,
                                Duration.ZERO))
                .hasMessageContaining("belong together");
    }
}
