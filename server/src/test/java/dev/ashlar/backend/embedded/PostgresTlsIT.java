package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import dev.ashlar.backend.postgres.PostgresConfig;
import dev.ashlar.backend.postgres.PostgresDatabase;
import dev.ashlar.backend.postgres.PostgresTls;
import dev.ashlar.backend.postgres.jdbc.ServerVersion;
import dev.ashlar.backend.postgres.wire.Connection;
import dev.ashlar.backend.postgres.wire.Dialer;
import dev.ashlar.backend.postgres.wire.Login;
import dev.ashlar.backend.postgres.wire.Server;
import dev.ashlar.backend.postgres.wire.ServerError;
import dev.ashlar.backend.postgres.wire.SimpleQuery;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Secret;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.CertificateForTests;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that speaks TLS, reached over the network by a login whose password is bound to the
/// channel (RFC 5929, `tls-server-end-point`): a wrong binding is refused by the server.
class PostgresTlsIT {
    @TempDir private Path folder;
    private Scratch scratch;
    private EmbeddedPostgres server;
    private Vertx vertx;
    private int port;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        scratch = Scratch.withCluster();
        server = scratch.start(Scratch.config(port));
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        server.stop();
        scratch.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void whoAsksForTlsGetsIt(String algorithm) throws Exception {
        speakTls(CertificateForTests.make(folder, "database", algorithm));
        assertThat(encrypted(Tls.REQUIRE, Scratch.PASSWORD)).isTrue();
        assertThat(encrypted(Tls.PREFER, Scratch.PASSWORD)).isTrue();
        assertThat(encrypted(Tls.DISABLE, Scratch.PASSWORD)).isFalse();
    }

    @Test
    void whoCannotProveWhoTheyAreIsRefused() throws Exception {
        speakTls(CertificateForTests.make(folder, "database", "EC"));
        assertThatThrownBy(() -> encrypted(Tls.REQUIRE, new Secret("a-wrong-password")))
                .isInstanceOf(ProblemException.class);
        // Nobody whom the JVM trusts has signed it.
        assertThatThrownBy(() -> encrypted(Tls.VERIFY_FULL, Scratch.PASSWORD))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aServerWithoutTlsIsNotSpokenToInTheClear() {
        assertThatThrownBy(() -> encrypted(Tls.REQUIRE, Scratch.PASSWORD))
                .isInstanceOf(ProblemException.class);
        assertThat(encrypted(Tls.PREFER, Scratch.PASSWORD)).isFalse();
    }

    /// A certificate of an authority's, for one of its two names.
    @Test
    void theServerIsWhoItSaysByItsAuthority() throws Exception {
        CertificateForTests authority = CertificateForTests.make(folder, "authority", "EC", "bc:c");
        CertificateForTests own =
                CertificateForTests.make(folder, "database", "EC")
                        .signedBy(authority, "san=dns:localhost");
        speakTls(own);
        String known = "sslrootcert=" + authority.certificate();
        assertThat(reached("localhost", "sslmode=verify-full&" + known)).isTrue();
        assertThat(reached("127.0.0.1", "sslmode=verify-ca&" + known)).isTrue();
        // As libpq: who names an authority wants to be sure of it.
        assertThat(reached("127.0.0.1", "sslmode=require&" + known)).isTrue();
        assertThat(refusal("127.0.0.1", "sslmode=verify-full&" + known))
                .contains("is for localhost, and not for 127.0.0.1", "sslmode=verify-ca");
        CertificateForTests stranger = CertificateForTests.make(folder, "stranger", "EC", "bc:c");
        String unknown = "sslrootcert=" + stranger.certificate();
        for (String mode : List.of("verify-full", "verify-ca", "require")) {
            assertThat(refusal("localhost", "sslmode=" + mode + "&" + unknown))
                    .contains("is from CN=authority", stranger.certificate().toString());
        }
        assertThat(refusal("localhost", "sslmode=verify-full"))
                .contains("CN=authority", "those that Java trusts", "sslrootcert");
        assertThat(refusal("localhost", "sslmode=verify-full&sslrootcert=system"))
                .contains("those that Java trusts");
    }

    @Test
    void aServerThatSignsForItselfIsKnownByItsOwnCertificate() throws Exception {
        CertificateForTests own = CertificateForTests.make(folder, "database", "RSA");
        speakTls(own);
        String known = "sslmode=verify-full&sslrootcert=" + own.certificate();
        assertThat(reached("localhost", known)).isTrue();
        assertThat(reached("127.0.0.1", known)).isTrue();
        assertThat(refusal("localhost", "sslmode=verify-full"))
                .contains("signed by itself", "sslrootcert");
        // The same name, another key.
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        CertificateForTests impostor = CertificateForTests.make(elsewhere, "database", "RSA");
        assertThat(refusal("localhost", "sslmode=verify-ca&sslrootcert=" + impostor.certificate()))
                .contains("signed by itself", impostor.certificate().toString());
    }

    @Test
    void weShowACertificateOfOurOwn() throws Exception {
        CertificateForTests authority = CertificateForTests.make(folder, "authority", "EC", "bc:c");
        CertificateForTests client =
                CertificateForTests.make(folder, EmbeddedPostgres.SUPERUSER, "EC")
                        .signedBy(authority, "ku=digitalSignature");
        Files.setPosixFilePermissions(client.key(), PosixFilePermissions.fromString("rw-------"));
        speakTls(CertificateForTests.make(folder, "database", "EC"));
        write(authority.certificate(), "authority.crt");
        Path hba = folder.resolve("pg_hba.conf");
        Files.writeString(
                hba,
                """
                local all all scram-sha-256
                hostssl all all all scram-sha-256 clientcert=verify-full
                """);
        write(hba, "pg_hba.conf");
        Scratch.execute(server, "alter system set ssl_ca_file = 'authority.crt'");
        Scratch.execute(server, "select pg_reload_conf()");
        String shown = "&sslcert=" + client.certificate() + "&sslkey=" + client.key();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end && !isRefused("sslmode=require")) {
            Thread.sleep(20);
        }
        assertThat(refusal("127.0.0.1", "sslmode=require")).contains("certificate");
        assertThat(reached("127.0.0.1", "sslmode=require" + shown)).isTrue();
    }

    /// The key by which anybody could cancel goes the way that the session goes.
    @Test
    void aStatementIsCancelledThroughTls() throws Exception {
        speakTls(CertificateForTests.make(folder, "database", "EC"));
        Dialer dialer =
                new Dialer(
                        vertx,
                        new Server(
                                SocketAddress.inetSocketAddress(port, "127.0.0.1"),
                                Server.Encryption.IF_OFFERED,
                                new ClientSSLOptions()
                                        .setTrustAll(true)
                                        .setHostnameVerificationAlgorithm("")),
                        new Login(
                                EmbeddedPostgres.SUPERUSER, Scratch.PASSWORD, "postgres", Map.of()),
                        Duration.ofSeconds(10),
                        1 << 20);
        ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
        Promise<Connection> opened = Promise.promise();
        Future<Void> never = Promise.<Void>promise().future();
        context.runOnContext(_ -> dialer.connect(context, never).onComplete(opened));
        Connection session = get(opened.future());
        Promise<Void> slept = Promise.promise();
        Promise<Void> cancelled = Promise.promise();
        context.runOnContext(_ -> session.send(new SimpleQuery("select pg_sleep(30)", slept)));
        Thread.sleep(300);
        context.runOnContext(_ -> dialer.cancel(session, never).onComplete(cancelled));
        get(cancelled.future());
        assertThatThrownBy(() -> get(slept.future()))
                .hasCauseInstanceOf(ServerError.class)
                .hasMessageContaining("cancel");
        session.close();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private PostgresAddress address(String host, String options) {
        return PostgresAddress.parse(
                "postgres://%s:%s@%s:%d/postgres?%s"
                        .formatted(
                                EmbeddedPostgres.SUPERUSER,
                                Scratch.PASSWORD.reveal(),
                                host,
                                port,
                                options));
    }

    /// By the migrations' driver, and by ours.
    private boolean reached(String host, String options) throws IOException {
        PostgresAddress address = address(host, options);
        return ServerVersion.major(address) > 0 && encrypted(address);
    }

    private boolean isRefused(String options) {
        try {
            return !reached("127.0.0.1", options);
        } catch (IOException | ProblemException e) {
            return true;
        }
    }

    /// What both say; to what ours says belongs what the server says.
    private String refusal(String host, String options) {
        PostgresAddress address = address(host, options);
        String driver = message(() -> ServerVersion.major(address));
        ThrowingCallable ours = () -> encrypted(address);
        Throwable failure = Assertions.catchThrowable(ours);
        assertThat(failure).isInstanceOf(ProblemException.class);
        PostgresTls.findRefusal(failure).ifPresent(said -> assertThat(said).isEqualTo(driver));
        assertThat(PostgresTls.findRefusal(failure).isPresent())
                .isEqualTo(driver.startsWith("the server's certificate"));
        return driver;
    }

    private static String message(ThrowingCallable asked) {
        return String.valueOf(Assertions.catchThrowable(asked).getMessage());
    }

    private boolean encrypted(Tls tls, Secret password) {
        return encrypted(
                new PostgresAddress(
                        "127.0.0.1", port, "postgres", EmbeddedPostgres.SUPERUSER, password, tls));
    }

    private boolean encrypted(PostgresAddress address) {
        PostgresDatabase database = PostgresDatabase.open(vertx, address, config());
        try {
            List<SqlRow> rows =
                    database.transaction(transaction ->
                            transaction.query(
                                    SqlText.of(
                                            "select ssl from pg_stat_ssl where pid ="
                                                    + " pg_backend_pid()")));
            return rows.getFirst().requireBoolean("ssl");
        } finally {
            database.close();
        }
    }

    /// The files are written by the server, to which they must belong.
    private void speakTls(CertificateForTests certificate) throws IOException, SQLException {
        write(certificate.certificate(), "server.crt");
        write(certificate.key(), "server.key");
        Scratch.execute(server, "alter system set ssl = on");
        Scratch.execute(server, "select pg_reload_conf()");
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!encryptedByNow()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the server does not speak TLS");
            }
        }
    }

    private boolean encryptedByNow() {
        return encrypted(Tls.PREFER, Scratch.PASSWORD);
    }

    private void write(Path file, String name) throws IOException, SQLException {
        Scratch.execute(
                server,
                "copy (select unnest(string_to_array('"
                        + Files.readString(file).strip()
                        + "', E'\\n'))) to program 'umask 077; cat > "
                        + name
                        + "'");
    }

    private static PostgresConfig config() {
        return new PostgresConfig(
                Optional.empty(),
                2,
                2,
                2,
                2,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                new ByteSize(1 << 20),
                List.of("public"),
                true,
                32);
    }
}
