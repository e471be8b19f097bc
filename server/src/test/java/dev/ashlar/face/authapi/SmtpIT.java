package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Mail that really leaves, to a real server: one that wants a login, one that is down, one that
/// does not know the recipient. STARTTLS is in `auth-mail.test.mjs`, whose server speaks it.
class SmtpIT {
    private static Vertx vertx;
    private static DatabaseForTests database;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    @BeforeEach
    void forget() {
        database.executeAs("supabase_auth_admin", "delete from auth.outbox");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static GreenMail server(int port) {
        GreenMail server =
                new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    private static RunningAuth auth(int port, String... more) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "auth.mail.host=127.0.0.1",
                                "auth.mail.port=" + port,
                                "auth.mail.tls=none",
                                "auth.mail.from=app@x.example",
                                "auth.mail.sender-name=The \u00c4pp"));
        settings.addAll(List.of(more));
        return new RunningAuth(vertx, database, settings.toArray(String[]::new));
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                fail(what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static long waiting() {
        return count("select count(*) from auth.outbox");
    }

    private static long count(String sql) {
        return Long.parseLong(String.valueOf(database.ask(sql)));
    }

    private static String recover(RunningAuth auth) {
        String email = UUID.randomUUID() + "@x.example";
        auth.signUp(email);
        assertThat(auth.call("POST", "/recover", "", "{\"email\":\"" + email + "\"}").status())
                .isEqualTo(200);
        return email;
    }

    @Test
    void mailLeavesAfterTheCommitInBothForms() throws MessagingException, IOException {
        int port = freePort();
        GreenMail server = server(port);
        try (RunningAuth auth = auth(port, "auth.autoconfirm=true")) {
            String email = recover(auth);
            assertThat(server.waitForIncomingEmail(10_000, 1)).isTrue();
            MimeMessage message = server.getReceivedMessages()[0];
            assertThat(message.getAllRecipients()[0].toString()).isEqualTo(email);
            assertThat(message.getSubject()).isEqualTo("Reset your password");
            assertThat(message.getFrom()[0].toString()).contains("<app@x.example>");
            assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            MimeMultipart parts = (MimeMultipart) message.getContent();
            assertThat(parts.getCount()).isEqualTo(2);
            assertThat(parts.getBodyPart(0).getContent().toString()).contains("/verify?token=");
            assertThat(parts.getBodyPart(1).getContent().toString()).contains("<a href=");
            await("the outbox is empty", () -> waiting() == 0);
        } finally {
            server.stop();
        }
    }

    @Test
    void confirmationIsAskedForWhereMailCanBeSent() {
        int port = freePort();
        GreenMail server = server(port);
        try (RunningAuth auth = auth(port)) {
            assertThat(auth.signUp(UUID.randomUUID() + "@x.example").body().members())
                    .doesNotContainKey("access_token");
            assertThat(server.waitForIncomingEmail(10_000, 1)).isTrue();
            assertThat(auth.call("GET", "/inbox", "", "").status()).isEqualTo(404);
        } finally {
            server.stop();
        }
    }

    @Test
    void logsInWhereTheServerWantsIt() throws UserException {
        int port = freePort();
        GreenMail server = server(port);
        server.getManagers().getUserManager().createUser("app@x.example", "mailer", "s3cret-pass");
        server.getManagers().getUserManager().setAuthRequired(true);
        try (RunningAuth auth =
                auth(
                        port,
                        "auth.autoconfirm=true",
                        "auth.mail.user=mailer",
                        "auth.mail.password=s3cret-pass")) {
            recover(auth);
            assertThat(server.waitForIncomingEmail(10_000, 1)).isTrue();
        } finally {
            server.stop();
        }
    }

    @Test
    void mailWaitsForAServerThatIsDown() {
        int port = freePort();
        try (RunningAuth auth = auth(port, "auth.autoconfirm=true")) {
            long start = System.nanoTime();
            recover(auth);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(3));
            await(
                    "one attempt",
                    () -> count("select coalesce(max(attempts), 0) from auth.outbox") >= 1);
            assertThat(waiting()).isEqualTo(1);
            GreenMail server = server(port);
            try {
                auth.pass(Duration.ofSeconds(10));
                assertThat(server.waitForIncomingEmail(15_000, 1)).isTrue();
                await("the outbox is empty", () -> waiting() == 0);
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void mailThatWaitedSurvivesARestartAndIsSentOnceBySeveralNodes() {
        int port = freePort();
        try (RunningAuth auth = auth(port, "auth.autoconfirm=true")) {
            for (int i = 0; i < 5; i++) {
                recover(auth);
            }
        }
        assertThat(waiting()).isEqualTo(5);
        GreenMail server = server(port);
        try (RunningAuth one = auth(port, "auth.autoconfirm=true");
                RunningAuth other = auth(port, "auth.autoconfirm=true")) {
            one.pass(Duration.ofMinutes(5));
            other.pass(Duration.ofMinutes(5));
            await("all are sent", () -> waiting() == 0);
            assertThat(server.getReceivedMessages()).hasSize(5);
        } finally {
            server.stop();
        }
    }

    @Test
    void mailThatIsRefusedForGoodIsGivenUpWithAnAuditRow() throws IOException {
        try (RefusingServer server = new RefusingServer();
                RunningAuth auth = auth(server.port(), "auth.autoconfirm=true")) {
            recover(auth);
            await(
                    "given up",
                    () ->
                            count(
                                            "select count(*) from auth.audit_log_entries where"
                                                    + " payload->>'action' = 'message_abandoned'")
                                    == 1);
            assertThat(waiting()).isZero();
        }
    }

    @Test
    void nothingIsSentWithoutTheTlsThatIsAskedFor() {
        int port = freePort();
        GreenMail server = server(port);
        try (RunningAuth auth = auth(port, "auth.autoconfirm=true", "auth.mail.tls=starttls")) {
            recover(auth);
            await(
                    "one attempt",
                    () -> count("select coalesce(max(attempts), 0) from auth.outbox") >= 1);
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }
}
