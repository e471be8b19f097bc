package dev.ashlar.http.tls;

import dev.ashlar.observe.Log;
import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// What is told to the server about TLS.
public final class TlsOptions {
    private static final Log LOG = Log.of(TlsOptions.class);

    /// All with forward secrecy and authenticated encryption, hence none that HTTP/2 forbids (RFC
    /// 9113 appendix A). Mozilla's list "intermediate" without DHE.
    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsOptions() {}

    /// Adds TLS to the options of a server. `patience` is what a handshake may take.
    public static void add(
            HttpServerOptions options,
            TlsConfig config,
            ServerCertificate certificate,
            Duration patience) {
        options.setSsl(true)
                .setSslEngineOptions(engine(config.engine()))
                .setKeyCertOptions(pair(certificate))
                .setEnabledSecureTransportProtocols(versions(config))
                .setSslHandshakeTimeout(patience.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        CIPHERS.forEach(options::addEnabledCipherSuite);
    }

    /// The same for a server that runs, by [io.vertx.core.http.HttpServer#updateSSLOptions].
    public static ServerSSLOptions newer(HttpServerOptions present, ServerCertificate certificate) {
        ServerSSLOptions options = present.getSslOptions().copy();
        options.setKeyCertOptions(pair(certificate));
        return options;
    }

    /// What does the cryptography here, for people.
    public static String engineName(TlsConfig config) {
        return engine(config.engine()) instanceof OpenSSLEngineOptions ? "BoringSSL" : "the JDK";
    }

    private static SSLEngineOptions engine(TlsConfig.Engine wanted) {
        boolean loadable = OpenSsl.isAvailable();
        if (wanted == TlsConfig.Engine.BORINGSSL && !loadable) {
            throw new UnusableCertificate(
                    "BoringSSL cannot be loaded here (http.tls.engine).",
                    "Set http.tls.engine to auto: the JDK then does the cryptography.",
                    OpenSsl.unavailabilityCause());
        }
        if (wanted == TlsConfig.Engine.AUTO && !loadable) {
            LOG.debug("TLS by the JDK: {}", String.valueOf(OpenSsl.unavailabilityCause()));
        }
        return wanted == TlsConfig.Engine.JDK || !loadable
                ? new JdkSSLEngineOptions()
                : new OpenSSLEngineOptions();
    }

    private static PemKeyCertOptions pair(ServerCertificate certificate) {
        return new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(certificate.chain()))
                .setKeyValue(Buffer.buffer(certificate.key()));
    }

    private static Set<String> versions(TlsConfig config) {
        Set<String> versions = new LinkedHashSet<>();
        if (config.minVersion().equals("1.2")) {
            versions.add("TLSv1.2");
        }
        versions.add("TLSv1.3");
        return versions;
    }
}
