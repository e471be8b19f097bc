package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Limits that two nodes on one database share, and whom they slow down.
class LimitsIT {
    private static final String PASSWORD = "correct horse";
    private static final String HOME = "192.0.2.7";
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    private static RunningAuth node(DatabaseForTests database, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addFirst("auth.limits.shared=true");
        return new RunningAuth(vertx, database, all.toArray(String[]::new));
    }

    private static Answer from(
            String address, RunningAuth on, String path, String token, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Supabase-Api-Version", "2024-01-01");
        headers.put(SentRequest.ADDRESS, address);

        if (!token.isEmpty()) {
            headers.put("Authorization", "Bearer " + token);
        }
        return on.call(new SentRequest("POST", "/auth/v1" + path, headers, body));
    }

    private static Answer signIn(String address, RunningAuth on, String email, String password) {
        return from(
                address,
                on,
                "/token?grant_type=password",
                "",
                RunningAuth.credentials(email, password));
    }

    private static long wait(Answer refused) {
        assertThat(refused.status()).isEqualTo(429);
        return Long.parseLong(String.valueOf(refused.headers().get("Retry-After")));
    }

    @Test
    void twoNodesLetNoMoreThroughThanOne() {
        DatabaseForTests database = PostgresForTests.fresh();
        String limit = "auth.account-sign-ins-per-minute=6";
        try (RunningAuth one = node(database, limit);
                RunningAuth two = node(database, limit)) {
            AtomicInteger next = new AtomicInteger();
            List<Answer> answers =
                    Race.of(
                            40,
                            () ->
                                    signIn(
                                            HOME,
                                            next.getAndIncrement() % 2 == 0 ? one : two,
                                            "raced@example.com",
                                            "wrong"));
            assertThat(answers).filteredOn(answer -> answer.status() == 400).hasSize(6);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 429)
                    .hasSize(34)
                    .allMatch(answer -> wait(answer) >= 1 && wait(answer) <= 11);
            assertError(
                    signIn(HOME, two, "raced@example.com", "wrong"),
                    429,
                    "over_request_rate_limit");
            assertError(
                    signIn(HOME, two, "other@example.com", "wrong"), 400, "invalid_credentials");
            assertThat(database.ask("select string_agg(b::text, '') from auth.rate_limits b"))
                    .doesNotContain("192.0.2.7")
                    .doesNotContain("example.com");
        }
    }

    /// The moment that is told is the moment from which it works.
    @Test
    void whoeverWaitsAsToldIsServed() throws InterruptedException {
        DatabaseForTests database = PostgresForTests.fresh();
        String limit = "auth.limits.refreshes-per-minute=30";
        try (RunningAuth one = node(database, limit);
                RunningAuth two = node(database, limit)) {
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < 33; i++) {
                answers.add(
                        from(
                                "198.51.100." + i,
                                i % 2 == 0 ? one : two,
                                "/token?grant_type=refresh_token",
                                "",
                                "{\"refresh_token\":\"x\"}"));
            }
            assertThat(answers).filteredOn(answer -> answer.status() == 400).hasSizeBetween(30, 32);
            Answer last = answers.getLast();
            assertThat(wait(last)).isBetween(1L, 3L);
            Thread.sleep(Duration.ofSeconds(wait(last)));
            assertError(
                    from(
                            "198.51.100.99",
                            two,
                            "/token?grant_type=refresh_token",
                            "",
                            "{\"refresh_token\":\"x\"}"),
                    400,
                    "refresh_token_not_found");
        }
    }

    @Test
    void strangersDoNotLockTheOwnerOut() {
        DatabaseForTests database = PostgresForTests.fresh();
        String[] limits = {
            "auth.limits.account-strangers-per-minute=5", "auth.limits.sign-ins-per-minute=30"
        };
        try (RunningAuth one = node(database, limits);
                RunningAuth two = node(database, limits)) {
            one.signUp("owner@example.com");
            assertThat(signIn(HOME, one, "owner@example.com", PASSWORD).status()).isEqualTo(200);
            List<Answer> tries = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                tries.add(
                        signIn(
                                "198.51.100." + i,
                                i % 2 == 0 ? one : two,
                                "owner@example.com",
                                "guess " + i));
            }
            assertThat(tries).filteredOn(answer -> answer.status() == 400).hasSizeBetween(3, 5);
            assertThat(wait(signIn("203.0.113.9", one, "owner@example.com", PASSWORD)))
                    .as("the owner waits where they never were before")
                    .isBetween(1L, 13L);
            assertThat(signIn(HOME, two, "owner@example.com", PASSWORD).status())
                    .as("and not where they were")
                    .isEqualTo(200);
            assertError(
                    signIn("203.0.113.9", two, "nobody@example.com", PASSWORD),
                    400,
                    "invalid_credentials");
            tries.clear();
            for (int i = 0; i < 40; i++) {
                tries.add(signIn("203.0.113." + i, one, "many" + i + "@example.com", "wrong"));
            }
            assertThat(tries)
                    .as("what was refused has used nothing up for everybody else")
                    .filteredOn(answer -> answer.status() == 400)
                    .hasSizeBetween(18, 30);
            assertThat(signIn(HOME, one, "owner@example.com", PASSWORD).status())
                    .as("nor does everybody together stop the owner")
                    .isEqualTo(200);
            assertThat(database.ask("select string_agg(n::text, '') from auth.known_networks n"))
                    .doesNotContain("192.0.2.7")
                    .doesNotContain("example.com");
        }
    }

    @Test
    void aNetworkOfVersionSixIsOneAddress() {
        DatabaseForTests database = PostgresForTests.fresh();
        String limit = "auth.sign-ins-per-minute=4";
        try (RunningAuth one = node(database, limit);
                RunningAuth two = node(database, limit)) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                statuses.add(
                        signIn(
                                        "2001:db8:1:2::" + i,
                                        i % 2 == 0 ? one : two,
                                        "six" + i + "@example.com",
                                        "wrong")
                                .status());
            }
            assertThat(statuses).containsExactly(400, 400, 400, 400, 429, 429, 429, 429);
            assertError(
                    signIn("2001:db8:1:3::1", one, "six@example.com", "wrong"),
                    400,
                    "invalid_credentials");
        }
    }

    @Test
    void everybodyTogetherMayHaveALimit() {
        DatabaseForTests database = PostgresForTests.fresh();
        String[] limits = {
            "auth.limits.sign-ups-per-minute=3",
            "auth.limits.messages-per-minute=2",
            "auth.limits.codes-per-minute=2",
        };
        try (RunningAuth one = node(database, limits);
                RunningAuth two = node(database, limits)) {
            assertThat(
                            countServed(
                                    one,
                                    two,
                                    6,
                                    "/signup",
                                    "{\"email\":\"all%d@example.com\",\"password\":\"correct horse\"}"))
                    .isEqualTo(3);
            assertThat(countServed(one, two, 6, "/recover", "{\"email\":\"all%d@example.com\"}"))
                    .isEqualTo(2);
            assertThat(
                            countServed(
                                    one,
                                    two,
                                    6,
                                    "/verify",
                                    "{\"type\":\"email\",\"email\":\"all%d@example.com\",\"token\":\"123456\"}"))
                    .isEqualTo(2);
        }
    }

    private static long countServed(
            RunningAuth one, RunningAuth two, int times, String path, String body) {
        AtomicInteger next = new AtomicInteger();
        return Race.of(
                        times,
                        () -> {
                            int i = next.getAndIncrement();
                            return from(
                                    "198.51.100." + i,
                                    i % 2 == 0 ? one : two,
                                    path,
                                    "",
                                    body.formatted(i));
                        })
                .stream()
                .filter(answer -> answer.status() != 429)
                .count();
    }

    /// By itself it is no error: each node counts for itself meanwhile.
    @Test
    void withoutTheTableEachNodeCountsByItself() {
        DatabaseForTests database = PostgresForTests.fresh();
        String limit = "auth.account-sign-ins-per-minute=2";
        try (RunningAuth one = node(database, limit);
                RunningAuth two = node(database, limit)) {
            one.signUp("alone@example.com");
            database.executeAs(
                    "supabase_auth_admin", "alter table auth.rate_limits rename to hidden_limits");
            for (RunningAuth node : List.of(one, two)) {
                assertThat(signIn(HOME, node, "alone@example.com", PASSWORD).status())
                        .isEqualTo(200);
                assertError(
                        signIn(HOME, node, "alone@example.com", "wrong"),
                        400,
                        "invalid_credentials");
                assertError(
                        signIn(HOME, node, "alone@example.com", PASSWORD),
                        429,
                        "over_request_rate_limit");
            }
        }
    }

    @Test
    void messagesSayWhenTheNextMayBeAskedFor() {
        try (RunningAuth paced =
                node(PostgresForTests.fresh(), "auth.mail.frequency=1m", "auth.autoconfirm=true")) {
            paced.signUp("paced@example.com");
            String body = "{\"email\":\"paced@example.com\"}";
            assertThat(from(HOME, paced, "/recover", "", body).status()).isEqualTo(200);
            Answer soon = from(HOME, paced, "/recover", "", body);
            assertError(soon, 429, "over_email_send_rate_limit");
            assertThat(wait(soon)).isBetween(50L, 60L);
            assertThat(soon.text("message")).contains("after " + wait(soon) + " seconds");
            paced.pass(Duration.ofSeconds(40));
            Answer later = from(HOME, paced, "/recover", "", body);
            assertThat(wait(later)).isBetween(10L, 20L);
            assertThat(wait(from(HOME, paced, "/recover", "", "{\"email\":\"paced@example.com\"}")))
                    .isLessThanOrEqualTo(wait(later));
            paced.pass(Duration.ofSeconds(wait(later)));
            assertThat(from(HOME, paced, "/recover", "", body).status()).isEqualTo(200);
        }
    }

    @Test
    void whoKnowsThePasswordDoesNotStopTheOwnersCodes() {
        DatabaseForTests database = PostgresForTests.fresh();
        String limit = "auth.mfa.attempts-per-hour=4";
        try (RunningAuth one = node(database, limit);
                RunningAuth two = node(database, limit)) {
            Answer owner = one.signUp("factor@example.com");
            Answer enrolled =
                    from(
                            HOME,
                            one,
                            "/factors",
                            owner.text("access_token"),
                            "{\"factor_type\":\"totp\",\"friendly_name\":\"app\"}");
            String factor = enrolled.text("id");
            String secret = enrolled.object("totp").findText("secret").orElseThrow();
            assertThat(code(HOME, one, owner, factor, TestTotp.code(secret, one.now())).status())
                    .isEqualTo(200);

            Answer thief = signIn("198.51.100.1", one, "factor@example.com", PASSWORD);
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                statuses.add(
                        code("198.51.100." + i, i % 2 == 0 ? one : two, thief, factor, "00000x")
                                .status());
            }
            assertThat(statuses).containsExactly(422, 422, 422, 422, 429, 429, 429, 429);
            Answer refused = code("198.51.100.1", two, thief, factor, "00000x");
            assertThat(wait(refused)).as("a quarter of an hour").isBetween(880L, 901L);

            one.pass(Duration.ofMinutes(2));
            Answer back = signIn(HOME, one, "factor@example.com", PASSWORD);
            assertThat(code(HOME, one, back, factor, TestTotp.code(secret, one.now())).status())
                    .as("the owner, from where a code was given before")
                    .isEqualTo(200);

            one.pass(Duration.ofMinutes(13).plusSeconds(5));
            assertThat(code("198.51.100.1", one, thief, factor, "00000x").status())
                    .as("slowed down, not locked out")
                    .isEqualTo(422);
            assertThat(code("198.51.100.1", one, thief, factor, "00000x").status()).isEqualTo(429);
        }
    }

    private static Answer code(
            String address, RunningAuth on, Answer session, String factor, String code) {
        String token = session.text("access_token");
        Answer asked = from(address, on, "/factors/" + factor + "/challenge", token, "{}");
        if (asked.status() != 200) {
            return asked;
        }
        return from(
                address,
                on,
                "/factors/" + factor + "/verify",
                token,
                "{\"challenge_id\":\"%s\",\"code\":\"%s\"}".formatted(asked.text("id"), code));
    }

    @Test
    void whatSaysNothingAnyMoreIsThrownAway() {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth one = node(database)) {
            one.signUp("swept@example.com");
            signIn(HOME, one, "swept@example.com", PASSWORD);
            database.executeAs(
                    "supabase_auth_admin",
                    "update auth.rate_limits set full_at = now() - interval '1 second';"
                            + " insert into auth.rate_limits values ('k', '1 s', now() + interval"
                            + " '1 hour')");
            one.pass(Duration.ofDays(91));
            one.domain().upkeep().sweep();
            assertThat(database.ask("select count(*) from auth.known_networks")).isEqualTo("0");
            assertThat(one.domain().upkeep().clear()).isPositive();
            assertThat(database.ask("select string_agg(key, ',') from auth.rate_limits"))
                    .isEqualTo("k");
        }
    }
}
