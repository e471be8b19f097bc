package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mail over TLS from the start (RFC 8314), to a server whose certificate is one of our own.
class SmtpTlsIT {
    private static final String STORE_PASSWORD = "for-tests";

    @TempDir private static Path folder;

    private static Vertx vertx;
    private static DatabaseForTests database;
    private static GreenMail server;
    private static int port;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
        String store = folder.resolve("server.p12").toString();
        keytool(
                "-genkeypair",
                "-alias",
                "mail",
                "-keystore",
                store,
                "-storepass",
                STORE_PASSWORD,
                "-storetype",
                "PKCS12",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2");
        keytool(
                "-exportcert",
                "-alias",
                "mail",
                "-keystore",
                store,
                "-storepass",
                STORE_PASSWORD,
                "-rfc",
                "-file",
                folder.resolve("server.pem").toString());
        System.setProperty("greenmail.tls.keystore.file", store);
        System.setProperty("greenmail.tls.keystore.password", STORE_PASSWORD);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
        vertx.close();
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    private static RunningAuth auth(String host, String... more) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "auth.autoconfirm=true",
                                "auth.mail.host=" + host,
                                "auth.mail.port=" + port,
                                "auth.mail.tls=implicit"));
        settings.addAll(List.of(more));
        return new RunningAuth(vertx, database, settings.toArray(String[]::new));
    }

    private static void recover(RunningAuth auth) {
        String email = UUID.randomUUID() + "@x.example";
        auth.signUp(email);
        auth.call("POST", "/recover", "", "{\"email\":\"" + email + "\"}");
    }

    private static void awaitAttempt() throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(15));
        while (!"1".equals(database.ask("select max(attempts) from auth.outbox"))
                && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        Thread.sleep(500);
    }

    @Test
    void onlyACertificateThatIsTrustedAndGoodForTheNameGetsMail() throws InterruptedException {
        String authorities = "auth.mail.authorities=" + folder.resolve("server.pem");
        try (RunningAuth unknown = auth("localhost")) {
            recover(unknown);
            awaitAttempt();
            assertThat(server.getReceivedMessages()).isEmpty();
        }
        database.executeAs("supabase_auth_admin", "delete from auth.outbox");
        try (RunningAuth wrongName = auth("127.0.0.1", authorities)) {
            recover(wrongName);
            awaitAttempt();
            assertThat(server.getReceivedMessages()).isEmpty();
        }
        database.executeAs("supabase_auth_admin", "delete from auth.outbox");
        try (RunningAuth trusted = auth("localhost", authorities)) {
            recover(trusted);
            assertThat(server.waitForIncomingEmail(15_000, 1)).isTrue();
        }
    }
}
