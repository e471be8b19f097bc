package dev.ashlar.backend.postgres;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Judges the server's certificate as Java does, and says of a refusal what it means and what to
/// do.
final class ServerTrust extends X509ExtendedTrustManager {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final X509ExtendedTrustManager judge;
    private final String authorities;
    private final String host;

    private static final String UNKNOWN = "unable to find valid certification path";

    /// `authorities` is whom the judge trusts, for people.
    ServerTrust(X509ExtendedTrustManager judge, String authorities, String host) {
        this.judge = judge;
        this.authorities = authorities;
        this.host = host;
    }

    /// What a refusal means.
    static final class Untrusted extends CertificateException {
        private static final long serialVersionUID = 1L;

        Untrusted(String meaning, CertificateException cause) {
            super(meaning, cause);
        }
    }

    private interface Judgement {
        void pass() throws CertificateException;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        judged(chain, type, () -> judge.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        judged(chain, type, () -> judge.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        judged(chain, type, () -> judge.checkServerTrusted(chain, type));
    }

    private void judged(X509Certificate[] chain, String type, Judgement judgement)
            throws CertificateException {
        try {
            judgement.pass();
            // Java does not look at the dates of one that is trusted itself.
            chain[0].checkValidity();
        } catch (CertificateException e) {
            throw new Untrusted(meaning(chain, type, e), e);
        }
    }

    private String meaning(X509Certificate[] chain, String type, CertificateException refusal) {
        X509Certificate own = chain[0];
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            return "the server's certificate was good until "
                    + own.getNotAfter().toInstant()
                    + ": give the server a new one";
        } catch (CertificateNotYetValidException e) {
            return "the server's certificate is good from "
                    + own.getNotBefore().toInstant()
                    + " on: one of the two clocks is wrong";
        }
        if (isTrusted(chain, type)) {
            return "the server's certificate is for "
                    + names(own)
                    + ", and not for "
                    + host
                    + ": write the name that it is for as the host, or sslmode=verify-ca, which"
                    + " takes any name";
        }
        if (own.getSubjectX500Principal().equals(own.getIssuerX500Principal())) {
            return "the server's certificate is signed by itself, and not among "
                    + authorities
                    + ": get it from the server's owner and name its file in sslrootcert";
        }
        String issuer = chain[chain.length - 1].getIssuerX500Principal().getName();
        String reason = String.valueOf(refusal.getMessage());
        return reason.contains(UNKNOWN)
                ? "the server's certificate is from "
                        + issuer
                        + ", who is not among "
                        + authorities
                        + ": name the file with the certificate of that authority in sslrootcert"
                : "the server's certificate is not believed: " + reason;
    }

    private boolean isTrusted(X509Certificate[] chain, String type) {
        try {
            judge.checkServerTrusted(chain, type);
            return true;
        } catch (CertificateException _) {
            return false;
        }
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                return names.stream()
                        .filter(name ->
                                name.getFirst().equals(DNS_NAME)
                                        || name.getFirst().equals(IP_ADDRESS))
                        .map(name -> String.valueOf(name.get(1)))
                        .collect(Collectors.joining(", "));
            }
        } catch (CertificateParsingException _) {
            // Then its own name has to do.
        }
        return certificate.getSubjectX500Principal().getName();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        judge.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
