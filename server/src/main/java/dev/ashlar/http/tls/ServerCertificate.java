package dev.ashlar.http.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A certificate with its chain, and the key that belongs to it: read, and tried on each other.
///
/// @param chain the certificates as the file has them, in PEM
/// @param key the private key as PKCS #8, in PEM
/// @param subject whom the certificate is for
/// @param expires when it ends
public record ServerCertificate(String chain, String key, String subject, Instant expires) {
    private static final byte[] TRIAL = "ashlar".getBytes(StandardCharsets.US_ASCII);

    /// Reads both files.
    ///
    /// @throws UnusableCertificate when they are not a pair that can serve
    public static ServerCertificate load(TlsConfig config) {
        Pem chain = Pem.read(config.certificate().orElseThrow(), "http.tls.certificate");
        Pem key = Pem.read(config.key().orElseThrow(), "http.tls.key");
        X509Certificate own = first(chain);
        PrivateKey secret = privateKey(key);
        requirePair(chain, own, key, secret);
        return new ServerCertificate(
                chain.text(),
                pem(secret),
                own.getSubjectX500Principal().getName(),
                own.getNotAfter().toInstant());
    }

    /// Not the key, which a record would print.
    @Override
    public String toString() {
        return "certificate for " + subject + ", good until " + expires;
    }

    private static X509Certificate first(Pem file) {
        List<Pem.Block> certificates =
                file.blocks().stream().filter(b -> b.label().equals("CERTIFICATE")).toList();
        if (certificates.isEmpty()) {
            throw new UnusableCertificate(
                    file.named() + " holds no certificate in PEM form.",
                    "It has to have a block -----BEGIN CERTIFICATE-----; one in DER form becomes"
                            + " that by: openssl x509 -inform der -in "
                            + file.file()
                            + " -out certificate.pem");
        }
        try {
            List<X509Certificate> read = new ArrayList<>();
            for (Pem.Block block : certificates) {
                read.add(parsed(block));
            }
            return read.getFirst();
        } catch (CertificateException e) {
            throw new UnusableCertificate(
                    file.named() + " is damaged: " + e.getMessage() + ".",
                    "Copy it again, whole.",
                    e);
        }
    }

    private static X509Certificate parsed(Pem.Block block) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(block.content().getBytes()));
    }

    private static PrivateKey privateKey(Pem file) {
        for (Pem.Block block : file.blocks()) {
            if (block.label().equals("ENCRYPTED PRIVATE KEY")) {
                throw new UnusableCertificate(
                        "The key in " + file.named() + " is encrypted.",
                        "Nobody is there to type its password; write it without one: openssl pkey"
                                + " -in "
                                + file.file()
                                + " -out key.pem");
            }
            if (block.label().endsWith("PRIVATE KEY")) {
                return privateKey(file, block);
            }
        }
        throw new UnusableCertificate(
                file.named() + " holds no private key in PEM form.",
                "It has to have a block -----BEGIN PRIVATE KEY-----.");
    }

    private static PrivateKey privateKey(Pem file, Pem.Block block) {
        try {
            PrivateKeyInfo info = pkcs8(block);
            boolean elliptic =
                    info.getPrivateKeyAlgorithm()
                            .getAlgorithm()
                            .equals(X9ObjectIdentifiers.id_ecPublicKey);
            return KeyFactory.getInstance(elliptic ? "EC" : "RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableCertificate(
                    "The key in " + file.named() + " is damaged or of an unusual kind.",
                    "RSA and EC keys are taken; openssl pkey -noout -text -in "
                            + file.file()
                            + " says what it is.",
                    e);
        }
    }

    /// The older forms of OpenSSL, too (RFC 8017 appendix A.1.2, RFC 5915).
    private static PrivateKeyInfo pkcs8(Pem.Block block) throws IOException {
        return switch (block.label()) {
            case "RSA PRIVATE KEY" ->
                    new PrivateKeyInfo(
                            new AlgorithmIdentifier(
                                    PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                            RSAPrivateKey.getInstance(block.content().getBytes()));
            case "EC PRIVATE KEY" -> {
                ECPrivateKey key = ECPrivateKey.getInstance(block.content().getBytes());
                yield new PrivateKeyInfo(
                        new AlgorithmIdentifier(
                                X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                        key);
            }
            default -> PrivateKeyInfo.getInstance(block.content().getBytes());
        };
    }

    private static void requirePair(Pem chain, X509Certificate own, Pem file, PrivateKey secret) {
        boolean pair = false;
        try {
            String suffix = secret.getAlgorithm().equals("EC") ? "ECDSA" : "RSA";
            Signature signature = Signature.getInstance("SHA256with" + suffix);
            signature.initSign(secret);
            signature.update(TRIAL);
            byte[] signed = signature.sign();
            signature.initVerify(own.getPublicKey());
            signature.update(TRIAL);
            pair = signature.verify(signed);
        } catch (GeneralSecurityException _) {
            // Such as an EC key with an RSA certificate.
        }
        if (!pair) {
            throw new UnusableCertificate(
                    "The key in %s does not belong to the certificate in %s."
                            .formatted(file.named(), chain.named()),
                    "These two print the same for a pair: openssl pkey -pubout -in %s; openssl x509"
                                    .formatted(file.file())
                            + " -noout -pubkey -in %s; the server's own certificate comes first in its file."
                                    .formatted(chain.file()));
        }
    }

    private static String pem(PrivateKey key) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(
                        "private key".toUpperCase(Locale.ROOT),
                        Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(key.getEncoded()));
    }
}
