package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/// What an address says about TLS, with the files read: whom to trust, and what to show.
public final class PostgresTls {
    private static final char[] NO_PASSWORD = {};

    private final Optional<X509ExtendedTrustManager> trust;
    private final Optional<X509KeyManager> identity;

    private PostgresTls(
            Optional<X509ExtendedTrustManager> trust, Optional<X509KeyManager> identity) {
        this.trust = trust;
        this.identity = identity;
    }

    /// @throws IllegalArgumentException when a file cannot be used; says which, and what to do
    public static PostgresTls of(PostgresAddress address) {
        if (address.usesSocket() || address.tls() == Tls.DISABLE) {
            return new PostgresTls(Optional.empty(), Optional.empty());
        }
        return of(address.tls(), address.tlsFiles(), address.host());
    }

    /// `host` is whom the certificate has to be for.
    public static PostgresTls of(Tls tls, TlsFiles files, String host) {
        Optional<PemFile> authorities =
                files.sslrootcert().map(file -> new PemFile("sslrootcert", file));
        return new PostgresTls(
                tls.verifies()
                        ? Optional.of(
                                new ServerTrust(
                                        judge(authorities),
                                        authorities
                                                .map(file -> "those in sslrootcert " + file.file())
                                                .orElse("those that Java trusts"),
                                        host))
                        : Optional.empty(),
                files.sslcert()
                        .flatMap(certificate ->
                                files.sslkey()
                                        .map(key ->
                                                identity(
                                                        new PemFile("sslcert", certificate),
                                                        new PemFile("sslkey", key)))));
    }

    /// Empty where any certificate will do.
    public Optional<X509ExtendedTrustManager> trust() {
        return trust;
    }

    /// Our own certificate.
    public Optional<X509KeyManager> identity() {
        return identity;
    }

    /// What the refusal of a certificate means, if one is behind the failure.
    public static Optional<String> findRefusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerTrust.Untrusted untrusted) {
                return Optional.ofNullable(untrusted.getMessage());
            }
        }
        return Optional.empty();
    }

    private static X509ExtendedTrustManager judge(Optional<PemFile> authorities) {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            // Without a key store of its own, the factory trusts what the JVM trusts.
            factory.init(authorities.isPresent() ? trusted(authorities.get()) : null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager judge) {
                    return judge;
                }
            }
            throw new IllegalStateException("the JDK judges no certificates");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the trusted certificates cannot be read", e);
        }
    }

    private static @Nullable KeyStore trusted(PemFile authorities) throws GeneralSecurityException {
        KeyStore store = emptyStore();
        for (X509Certificate certificate : authorities.certificates()) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        return store;
    }

    private static X509KeyManager identity(PemFile certificate, PemFile key) {
        List<X509Certificate> chain = certificate.certificates();
        PrivateKey secret = key.key();
        String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
        if (!secret.getAlgorithm().equals(algorithm)) {
            throw key.refused(
                    "is of "
                            + secret.getAlgorithm()
                            + ", and the certificate in sslcert of "
                            + algorithm
                            + ": the two do not belong together");
        }
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("own", secret, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return (X509KeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException e) {
            throw key.unusable(e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new CertificateException(e);
        }
        return store;
    }
}
