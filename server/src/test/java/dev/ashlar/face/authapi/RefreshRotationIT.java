package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Refresh tokens under lost replies, second tabs, theft and races.
class RefreshRotationIT {
    private static final Duration WINDOW = Duration.ofSeconds(10);

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

    @Test
    void eachRefreshGivesTheNextTokenOfOneSession() {
        try (RunningAuth auth = auth()) {
            Answer first = auth.signUp("line@example.com");
            Answer second = auth.refresh(first.text("refresh_token"));
            Answer third = auth.refresh(second.text("refresh_token"));
            assertThat(third.status()).isEqualTo(200);
            assertThat(
                            Set.of(
                                    first.text("refresh_token"),
                                    second.text("refresh_token"),
                                    third.text("refresh_token")))
                    .hasSize(3);
            assertThat(AuthIT.claims(third.text("access_token")).findText("session_id"))
                    .isEqualTo(AuthIT.claims(first.text("access_token")).findText("session_id"));
            assertThat(third.object("user").findText("email")).contains("line@example.com");
        }
    }

    @Test
    void aLostReplyIsRepeatedWithinTheWindow() {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("lost@example.com").text("refresh_token");
            String next = auth.refresh(token).text("refresh_token");
            auth.pass(WINDOW.minusSeconds(1));
            assertThat(auth.refresh(token).text("refresh_token")).isEqualTo(next);
            assertThat(live("lost@example.com")).isEqualTo("1");
        }
    }

    /// The other tab may be two steps behind.
    @Test
    void aTabThatLagsBehindIsLedToTheActiveToken() {
        try (RunningAuth auth = auth()) {
            String first = auth.signUp("lag@example.com").text("refresh_token");
            String second = auth.refresh(first).text("refresh_token");
            String third = auth.refresh(second).text("refresh_token");
            assertThat(auth.refresh(first).text("refresh_token")).isEqualTo(third);
            assertThat(auth.refresh(third).status()).isEqualTo(200);
        }
    }

    @Test
    void beyondTheWindowAReplayEndsTheSession() {
        try (RunningAuth auth = auth()) {
            Answer session = auth.signUp("stolen@example.com");
            String token = session.text("refresh_token");
            Answer thief = auth.refresh(token);
            auth.pass(WINDOW.plusSeconds(1));
            assertError(auth.refresh(token), 400, "refresh_token_already_used");
            assertThat(live("stolen@example.com")).isEqualTo("0");
            assertError(
                    auth.refresh(thief.text("refresh_token")), 400, "refresh_token_already_used");
            assertError(
                    auth.call("GET", "/user", thief.text("access_token"), ""),
                    403,
                    "session_not_found");
            assertThat(auth.signIn("stolen@example.com", "correct horse").status()).isEqualTo(200);
            assertThat(
                            database.ask(
                                    "select count(*) from auth.audit_log_entries where"
                                            + " payload->>'action' = 'token_revoked' and"
                                            + " payload->>'actor_username' = 'stolen@example.com'"))
                    .isEqualTo("2");
        }
    }

    /// Fifty at once, in rounds: whoever wins, all are led to one token, and there is one live
    /// line.
    @Test
    void racesNeverForkTheLine() throws InterruptedException {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("race@example.com").text("refresh_token");
            for (int round = 0; round < 3; round++) {
                List<Answer> answers = race(auth, Collections.nCopies(50, token));
                assertThat(answers).hasSize(50).allMatch(answer -> answer.status() == 200);
                Set<String> successors = new TreeSet<>();
                answers.forEach(answer -> successors.add(answer.text("refresh_token")));
                assertThat(successors).hasSize(1).doesNotContain(token);
                assertThat(live("race@example.com")).isEqualTo("1");
                token = successors.iterator().next();
            }
        }
    }

    /// Thief and owner replay different old tokens beyond the window while the newest is refreshed:
    /// nothing of the session survives.
    @Test
    void racesBeyondTheWindowLeaveNothingAlive() throws InterruptedException {
        try (RunningAuth auth = auth()) {
            String first = auth.signUp("storm@example.com").text("refresh_token");
            String second = auth.refresh(first).text("refresh_token");
            auth.pass(WINDOW.plusSeconds(1));
            String third = auth.refresh(second).text("refresh_token");
            auth.pass(WINDOW.plusSeconds(1));
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                tokens.addAll(List.of(first, second, third));
            }
            List<Answer> answers = race(auth, tokens);
            assertThat(answers).anyMatch(answer -> answer.status() == 400);
            assertThat(live("storm@example.com")).isEqualTo("0");
            for (String token : List.of(first, second, third)) {
                assertError(auth.refresh(token), 400, "refresh_token_already_used");
            }
        }
    }

    @Test
    void sessionsEndWithTheirTime() {
        try (RunningAuth auth = auth("auth.session-timebox=2h", "auth.session-inactivity=90m")) {
            String token = auth.signUp("time@example.com").text("refresh_token");
            auth.pass(Duration.ofMinutes(80));
            token = auth.refresh(token).text("refresh_token");
            auth.pass(Duration.ofMinutes(41));
            assertError(auth.refresh(token), 400, "session_expired");
            assertError(auth.refresh(token), 400, "refresh_token_not_found");
            String idle = auth.signIn("time@example.com", "correct horse").text("refresh_token");
            auth.pass(Duration.ofMinutes(91));
            assertError(auth.refresh(idle), 400, "session_expired");
        }
    }

    @Test
    void withoutWindowATokenIsGoodOnce() {
        try (RunningAuth auth = auth("auth.refresh-reuse-window=0s")) {
            String token = auth.signUp("once@example.com").text("refresh_token");
            auth.refresh(token);
            assertError(auth.refresh(token), 400, "refresh_token_already_used");
        }
    }

    @Test
    void accessTokensEndOnTime() {
        try (RunningAuth auth = auth()) {
            Answer session = auth.signUp("end@example.com");
            auth.pass(Duration.ofMinutes(61));
            assertError(
                    auth.call("GET", "/user", session.text("access_token"), ""), 403, "bad_jwt");
            Answer next = auth.refresh(session.text("refresh_token"));
            assertThat(auth.call("GET", "/user", next.text("access_token"), "").status())
                    .isEqualTo(200);
        }
    }

    private static RunningAuth auth(String... settings) {
        return new RunningAuth(vertx, database, settings);
    }

    /// How many refresh tokens of the account would be accepted.
    private static String live(String email) {
        String count =
                database.ask(
                        "select count(*) from auth.refresh_tokens t join auth.users u"
                                + " on u.id::text = t.user_id where not t.revoked and u.email = '"
                                + email
                                + "'");
        return count == null ? "" : count;
    }

    private static List<Answer> race(RunningAuth auth, List<String> tokens)
            throws InterruptedException {
        List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (String token : tokens) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                await(start);
                                answers.add(auth.refresh(token));
                            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return answers;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
