package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.config.ByteSize;
import dev.ashlar.http.tls.TlsConfig;
import dev.ashlar.testing.CertificateForTests;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// TLS as clients meet it, by each engine that can do it.
class TlsIT {
    @TempDir private static Path folder;

    private static CertificateForTests first;
    private static CertificateForTests second;
    private static SSLContext trust;

    @BeforeAll
    static void make() {
        first = CertificateForTests.make(folder, "first", "EC");
        second = CertificateForTests.make(folder, "second", "RSA");
        trust = CertificateForTests.trusting(first, second);
    }

    /// A pair of files of a test's own, which it may change.
    private record Pair(Path certificate, Path key) {
        static Pair of(String name, CertificateForTests pair) throws IOException {
            Pair files = new Pair(folder.resolve(name + ".pem"), folder.resolve(name + ".k"));
            files.take(pair);
            return files;
        }

        void take(CertificateForTests pair) throws IOException {
            Files.copy(pair.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(pair.key(), key, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static TlsConfig tls(Pair files, TlsConfig.Engine engine, String version, int port) {
        return new TlsConfig(
                Optional.of(files.certificate()),
                Optional.of(files.key()),
                version,
                engine,
                Duration.ofMillis(100),
                port,
                Duration.ofDays(1));
    }

    private static RunningServer start(TlsConfig tls) throws Exception {
        return RunningServer.start(
                RunningServer.roomy(
                        tls,
                        new Http2Config(true, false, 100, 200),
                        new LoadConfig(
                                1_000,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(10),
                                new ByteSize(4_096))),
                Router.builder()
                        .filter(SecurityHeaders.forTransport(tls))
                        .mount("/", TlsIT::answer, ProblemRenderer.plain())
                        .build());
    }

    private static Future<HttpResponse> answer(HttpRequest request) {
        return Future.succeededFuture(
                HttpResponse.text(200, request.origin() + " " + request.body().length()));
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(trust).version(version).build();
    }

    private static java.net.http.HttpResponse<String> get(HttpClient client, int port)
            throws Exception {
        return client.send(
                java.net.http.HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/a"))
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource
    void clientsSpeakHttp2OverTls13(TlsConfig.Engine engine) throws Exception {
        TlsConfig tls = tls(Pair.of("one-" + engine, first), engine, "1.2", 0);
        try (RunningServer running = start(tls);
                HttpClient client = client(HttpClient.Version.HTTP_2);
                HttpClient older = client(HttpClient.Version.HTTP_1_1)) {
            var answer = get(client, running.server().port());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(answer.body())
                    .isEqualTo("https://localhost:" + running.server().port() + " 0");
            assertThat(answer.headers().firstValue("strict-transport-security"))
                    .contains("max-age=86400");
            var plain = get(older, running.server().port());
            assertThat(plain.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(plain.body()).isEqualTo(answer.body());
            byte[] large = new byte[3_000_000];
            var sent =
                    client.send(
                            java.net.http.HttpRequest.newBuilder(answer.uri())
                                    .POST(BodyPublishers.ofByteArray(large))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(sent.body()).endsWith(" 3000000");
        }
    }

    private static String negotiate(int port, String version, String... ciphers)
            throws IOException {
        try (SSLSocket socket =
                (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.setEnabledProtocols(new String[] {version});
            if (ciphers.length > 0) {
                socket.setEnabledCipherSuites(ciphers);
            }
            socket.startHandshake();
            return socket.getSession().getCipherSuite();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWeakIsRefused(TlsConfig.Engine engine) throws Exception {
        Pair files = Pair.of("weak-" + engine, second);
        try (RunningServer running = start(tls(files, engine, "1.2", 0))) {
            int port = running.server().port();
            assertThat(negotiate(port, "TLSv1.2")).contains("ECDHE_RSA").contains("GCM");
            assertThat(negotiate(port, "TLSv1.3")).startsWith("TLS_AES");
            assertThatThrownBy(
                            () -> negotiate(port, "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"))
                    .isInstanceOf(SSLException.class);
        }
        try (RunningServer running = start(tls(files, engine, "1.3", 0))) {
            assertThatThrownBy(() -> negotiate(running.server().port(), "TLSv1.2"))
                    .isInstanceOf(SSLException.class);
        }
    }

    private static X509Certificate served(int port) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static boolean comes(int port, CertificateForTests wanted) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!served(port).equals(wanted.own()) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        return served(port).equals(wanted.own());
    }

    @ParameterizedTest
    @EnumSource
    void aNewCertificateServesNewConnectionsAndLeavesTheOpenOnesAlone(TlsConfig.Engine engine)
            throws Exception {
        Pair files = Pair.of("changing-" + engine, first);
        try (RunningServer running = start(tls(files, engine, "1.2", 0));
                HttpClient client = client(HttpClient.Version.HTTP_2);
                HttpClient later = client(HttpClient.Version.HTTP_2)) {
            int port = running.server().port();
            var before = get(client, port).sslSession().orElseThrow();
            assertThat(before.getPeerCertificates()[0]).isEqualTo(first.own());
            // The key alone is of the new pair, as while a tool writes one file after the other.
            Files.copy(second.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
            Thread.sleep(400);
            assertThat(served(port)).isEqualTo(first.own());
            files.take(second);
            assertThat(comes(port, second)).isTrue();
            var same = get(client, port);
            assertThat(same.statusCode()).isEqualTo(200);
            assertThat(same.sslSession().orElseThrow().getPeerCertificates()[0])
                    .isEqualTo(first.own());
            assertThat(get(later, port).version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void withoutAnIntervalItIsLookedAtWhenAskedTo() throws Exception {
        Pair files = Pair.of("asked", first);
        TlsConfig watched = tls(files, TlsConfig.Engine.AUTO, "1.2", 0);
        TlsConfig tls =
                new TlsConfig(
                        watched.certificate(),
                        watched.key(),
                        "1.2",
                        TlsConfig.Engine.AUTO,
                        Duration.ZERO,
                        0,
                        Duration.ZERO);
        try (RunningServer running = start(tls);
                HttpClient client = client(HttpClient.Version.HTTP_2)) {
            files.take(second);
            Thread.sleep(300);
            assertThat(served(running.server().port())).isEqualTo(first.own());
            running.server().reloadCertificate();
            assertThat(comes(running.server().port(), second)).isTrue();
            assertThat(
                            get(client, running.server().port())
                                    .headers()
                                    .firstValue("strict-transport-security"))
                    .isEmpty();
        }
    }

    @Test
    void aPlainPortSendsPeopleOnAndRefusesPrograms() throws Exception {
        int plain = freePort();
        TlsConfig tls = tls(Pair.of("plain", first), TlsConfig.Engine.AUTO, "1.2", plain);
        try (RunningServer running = start(tls)) {
            try (RawClient client = new RawClient(plain)) {
                var moved = client.request("GET", "/a%20b?c=d").read();
                assertThat(moved.status()).isEqualTo(308);
                assertThat(moved.header("location"))
                        .isEqualTo("https://here:" + running.server().port() + "/a%20b?c=d");
                assertThat(client.request("GET", "/", "apikey: k").read().status()).isEqualTo(403);
            }
            try (RawClient client = new RawClient(plain)) {
                var refused = client.request("POST", "/rest/v1/x", "Content-Length: 5").read();
                assertThat(refused.status()).isIn(403, 413);
            }
        }
        assertThatThrownBy(() -> new RawClient(plain).close()).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoTlsIsEndedSoon() throws Exception {
        try (RunningServer running =
                        start(tls(Pair.of("no", first), TlsConfig.Engine.AUTO, "1.2", 0));
                RawClient client = running.client()) {
            client.request("GET", "/");
            byte[] answer = client.rest();
            assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotStartWith("HTTP");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
