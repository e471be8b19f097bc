package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import dev.ashlar.backend.postgres.PostgresConfig;
import dev.ashlar.backend.postgres.PostgresDatabase;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Secret;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.CertificateForTests;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

    private boolean encrypted(Tls tls, Secret password) {
        PostgresAddress address =
                new PostgresAddress(
                        "127.0.0.1", port, "postgres", EmbeddedPostgres.SUPERUSER, password, tls);
        PostgresDatabase database = PostgresDatabase.open(vertx, address, config());
        List<SqlRow> rows =
                database.transaction(transaction ->
                        transaction.query(
                                SqlText.of(
                                        "select ssl from pg_stat_ssl where pid ="
                                                + " pg_backend_pid()")));
        return rows.getFirst().requireBoolean("ssl");
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
