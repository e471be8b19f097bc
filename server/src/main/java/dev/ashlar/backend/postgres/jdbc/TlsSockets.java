package dev.ashlar.backend.postgres.jdbc;

import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import dev.ashlar.backend.postgres.PostgresTls;
import dev.ashlar.backend.postgres.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.postgresql.PGProperty;
import org.postgresql.ssl.WrappedFactory;

/// Has pgjdbc, which makes it by its name, go by the same files in the same way as the connections
/// of the data path.
public final class TlsSockets extends WrappedFactory {
    private final boolean named;

    public TlsSockets(Properties connection) throws GeneralSecurityException {
        Tls tls =
                switch (String.valueOf(PGProperty.SSL_MODE.getOrDefault(connection))) {
                    case "verify-full" -> Tls.VERIFY_FULL;
                    case "verify-ca" -> Tls.VERIFY_CA;
                    default -> Tls.REQUIRE;
                };
        named = tls == Tls.VERIFY_FULL;
        PostgresTls read =
                PostgresTls.of(
                        tls,
                        new TlsFiles(
                                file(PGProperty.SSL_ROOT_CERT, connection),
                                file(PGProperty.SSL_CERT, connection),
                                file(PGProperty.SSL_KEY, connection)),
                        String.valueOf(PGProperty.PG_HOST.getOrDefault(connection)));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                read.identity().stream().toArray(KeyManager[]::new),
                new TrustManager[] {read.trust().<TrustManager>map(t -> t).orElse(new Anybody())},
                null);
        factory = context.getSocketFactory();
    }

    private static Optional<Path> file(PGProperty property, Properties connection) {
        return Optional.ofNullable(property.getOrDefault(connection)).map(Path::of);
    }

    /// What pgjdbc calls, on the socket that has asked for TLS.
    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
            throws IOException {
        Socket encrypted = super.createSocket(socket, host, port, autoClose);
        if (named && encrypted instanceof SSLSocket judging) {
            SSLParameters parameters = judging.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            judging.setSSLParameters(parameters);
        }
        return encrypted;
    }

    /// As `sslmode=require` has it.
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
