package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.auth.token.CallerResolver;
import dev.ashlar.auth.token.TokenRules;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.config.ByteSize;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.identity.Role;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How many sessions there may be, who sees and ends them, and when access ends with them.
class SessionRulesIT {
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
    void oneSessionAtATimeWhereTheSettingSaysSo() throws InterruptedException {
        try (RunningAuth auth = auth("auth.single-session=true")) {
            Answer first = auth.signUp("single@example.com");
            Answer second = auth.signIn("single@example.com", "correct horse");
            assertError(auth.refresh(first.text("refresh_token")), 400, "refresh_token_not_found");
            assertThat(auth.refresh(second.text("refresh_token")).status()).isEqualTo(200);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> auth.signIn("single@example.com", "correct horse")));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(
                            database.ask(
                                    "select count(*) from auth.sessions s join auth.users u on u.id"
                                            + " = s.user_id where u.email = 'single@example.com'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void ownersSeeAndEndTheirSessions() {
        try (RunningAuth auth = auth()) {
            auth.signUp("owner@example.com");
            Answer here = auth.signIn("owner@example.com", "correct horse");
            String token = here.text("access_token");
            List<JsonObject> sessions = sessions(auth.call("GET", "/user/sessions", token, ""));
            assertThat(sessions).hasSize(2);
            assertThat(sessions.get(0).members().get("current")).hasToString("TRUE");
            assertThat(sessions.get(0).findText("user_agent")).contains("test");
            String other = sessions.get(1).findText("id").orElseThrow();
            assertThat(auth.call("DELETE", "/user/sessions/" + other, token, "").status())
                    .isEqualTo(204);
            assertThat(sessions(auth.call("GET", "/user/sessions", token, ""))).hasSize(1);

            Answer stranger = auth.signUp("stranger@example.com");
            String mine = sessions.get(0).findText("id").orElseThrow();
            assertError(
                    auth.call(
                            "DELETE", "/user/sessions/" + mine, stranger.text("access_token"), ""),
                    403,
                    "session_not_found");
            assertError(
                    auth.call("DELETE", "/user/sessions/x", token, ""), 403, "session_not_found");
            String path =
                    "/admin/users/"
                            + here.object("user").findText("id").orElseThrow()
                            + "/sessions";
            assertThat(sessions(auth.call("GET", path, auth.serviceKey(), ""))).hasSize(1);
            assertError(auth.call("GET", path, token, ""), 403, "not_admin");
            assertThat(auth.call("DELETE", path + "/" + mine, auth.serviceKey(), "").status())
                    .isEqualTo(204);
            assertError(auth.call("GET", "/user", token, ""), 403, "session_not_found");
        }
    }

    /// On another node too, which hears of it.
    @Test
    void accessToDataEndsAtOnceWhereTheSettingSaysSo() {
        try (RunningAuth one = auth("auth.revocation=immediate");
                RunningAuth two = auth("auth.revocation=immediate")) {
            CallerResolver data = data(two);
            Answer session = one.signUp("gone@example.com");
            String id = session.object("user").findText("id").orElseThrow();
            Answer other = one.signIn("gone@example.com", "correct horse");
            two.domain().upkeep().reload();
            assertGood(data, session);
            assertGood(data, other);

            one.call("POST", "/logout?scope=local", session.text("access_token"), "");
            two.domain().upkeep().reload();
            assertEnded(data, session);
            assertGood(data, other);

            ban(one, id, "24h");
            two.domain().upkeep().reload();
            assertEnded(data, other);

            ban(one, id, "none");
            two.pass(Duration.ofSeconds(2));
            one.pass(Duration.ofSeconds(2));
            Answer back = one.signIn("gone@example.com", "correct horse");
            two.domain().upkeep().reload();
            assertGood(data, back);
            assertEnded(data, other);

            one.call("DELETE", "/admin/users/" + id, one.serviceKey(), "{}");
            two.domain().upkeep().reload();
            assertEnded(data, back);
        }
    }

    @Test
    void withoutTheSettingATokenIsGoodUntilItExpires() {
        try (RunningAuth auth = auth()) {
            Answer session = auth.signUp("late@example.com");
            auth.call("POST", "/logout", session.text("access_token"), "");
            auth.domain().upkeep().reload();
            assertGood(data(auth), session);
        }
    }

    @Test
    void whatIsOverIsThrownAway() {
        DatabaseForTests own = PostgresForTests.fresh();
        try (RunningAuth auth = new RunningAuth(vertx, own, "auth.session-inactivity=1h")) {
            String token = auth.signUp("dead@example.com").text("refresh_token");
            auth.refresh(token);
            auth.domain().upkeep().sweep();
            assertThat(own.ask("select count(*) from auth.sessions")).isEqualTo("1");
            assertThat(own.ask("select count(*) from auth.refresh_tokens")).isEqualTo("2");
            auth.pass(Duration.ofHours(2));
            auth.domain().upkeep().sweep();
            assertThat(own.ask("select count(*) from auth.sessions")).isEqualTo("0");
            assertThat(own.ask("select count(*) from auth.refresh_tokens")).isEqualTo("0");
            assertThat(own.ask("select count(*) from auth.revocations")).isEqualTo("1");
            auth.pass(Duration.ofHours(3));
            auth.domain().upkeep().sweep();
            assertThat(own.ask("select count(*) from auth.revocations")).isEqualTo("0");
        }
    }

    private static void ban(RunningAuth auth, String id, String duration) {
        auth.call(
                "PUT",
                "/admin/users/" + id,
                auth.serviceKey(),
                "{\"ban_duration\":\"" + duration + "\"}");
    }

    private static CallerResolver data(RunningAuth auth) {
        TokenVerifier verifier =
                auth.domain()
                        .following(
                                new TokenVerifier(
                                        auth.domain().keys().keys(),
                                        TokenRules.DEFAULT,
                                        new ByteSize(1 << 20),
                                        auth::now));
        return new CallerResolver(verifier, Role.ANON, auth.domain().revocations()::covers);
    }

    private static void assertGood(CallerResolver data, Answer session) {
        assertThat(resolve(data, session)).isEqualTo("authenticated");
    }

    private static void assertEnded(CallerResolver data, Answer session) {
        assertThatThrownBy(() -> resolve(data, session)).isInstanceOf(ProblemException.class);
    }

    private static String resolve(CallerResolver data, Answer session) {
        return data.resolve(Optional.of("Bearer " + session.text("access_token")), Optional.empty())
                .role()
                .name();
    }

    private static List<JsonObject> sessions(Answer answer) {
        return ((JsonArray) answer.body().find("sessions").orElseThrow())
                .elements().stream().map(row -> (JsonObject) row).toList();
    }

    private static RunningAuth auth(String... settings) {
        return new RunningAuth(vertx, database, settings);
    }
}
