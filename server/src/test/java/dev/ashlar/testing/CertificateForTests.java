package dev.ashlar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for localhost, signed by itself, as two PEM files, and clients that know it.
public record CertificateForTests(
        Path certificate, Path key, PrivateKey secret, X509Certificate own) {
    private static final String PASSWORD = "for-tests";

    /// `algorithm` is `EC` or `RSA`; the files are named by `name`.
    public static CertificateForTests make(Path folder, String name, String algorithm) {
        return make(folder, name, algorithm, "san=dns:localhost,ip:127.0.0.1");
    }

    /// `extension` as keytool takes it: for whom it is, or `bc:c` for an authority.
    public static CertificateForTests make(
            Path folder, String name, String algorithm, String extension) {
        try {
            Path store = folder.resolve(name + ".p12");
            Files.deleteIfExists(store);
            keytool(
                    List.of(
                            "-genkeypair",
                            "-alias",
                            "own",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD,
                            "-storetype",
                            "PKCS12",
                            "-keyalg",
                            algorithm,
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            extension,
                            "-validity",
                            "20"));
            KeyStore read = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                read.load(in, PASSWORD.toCharArray());
            }
            PrivateKey secret = (PrivateKey) read.getKey("own", PASSWORD.toCharArray());
            X509Certificate own = (X509Certificate) read.getCertificate("own");
            Path certificate = folder.resolve(name + ".crt");
            Path key = folder.resolve(name + ".key");
            Files.writeString(certificate, pem("CERTIFICATE", own.getEncoded()));
            Files.writeString(key, pem("PRIVATE KEY", secret.getEncoded()));
            return new CertificateForTests(certificate, key, secret, own);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The same key with a certificate that an authority has signed.
    public CertificateForTests signedBy(CertificateForTests authority, String extension) {
        try {
            String name = name(certificate);
            Path request = certificate.resolveSibling(name + ".csr");
            keytool(
                    List.of(
                            "-certreq",
                            "-alias",
                            "own",
                            "-keystore",
                            store(this),
                            "-storepass",
                            PASSWORD,
                            "-file",
                            request.toString()));
            Path signed = certificate.resolveSibling(name + "-signed.crt");
            keytool(
                    List.of(
                            "-gencert",
                            "-alias",
                            "own",
                            "-keystore",
                            store(authority),
                            "-storepass",
                            PASSWORD,
                            "-infile",
                            request.toString(),
                            "-outfile",
                            signed.toString(),
                            "-ext",
                            extension,
                            "-validity",
                            "20",
                            "-rfc"));
            X509Certificate own = read(signed);
            Files.writeString(signed, pem("CERTIFICATE", own.getEncoded()));
            return new CertificateForTests(signed, key, secret, own);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("\\.crt$", "");
    }

    private static String store(CertificateForTests of) {
        return of.certificate.resolveSibling(name(of.certificate) + ".p12").toString();
    }

    /// The size of an elliptic key.
    public int bits() {
        return ((ECPrivateKey) secret).getParams().getOrder().bitLength();
    }

    public static String pem(String label, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(
                        label,
                        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(content));
    }

    /// For clients that believe these and no other.
    public static SSLContext trusting(CertificateForTests... known) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (CertificateForTests one : known) {
                store.setCertificateEntry(one.own().getSubjectX500Principal().getName(), one.own());
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
