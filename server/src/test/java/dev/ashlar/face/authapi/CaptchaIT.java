package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Captchas before sign-up, sign-in and messages: what asks for one, who need not solve it, and
/// that nothing goes on without a service that says yes.
class CaptchaIT {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static Vertx vertx;
    private static DatabaseForTests database;
    private static CaptchaService service;

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
        service = new CaptchaService();
    }

    @AfterAll
    static void stop() {
        service.close();
        vertx.close();
    }

    @Test
    void aSolvedOneIsGoodOnce() {
        try (RunningAuth auth = asking("/siteverify")) {
            String token = solved();
            assertThat(signUp(auth, "once@example.com", token).status()).isEqualTo(200);
            assertThat(service.asked().getLast())
                    .isEqualTo(
                            Map.of(
                                    "secret",
                                    CaptchaService.SECRET,
                                    "response",
                                    token,
                                    "remoteip",
                                    "192.0.2.7"));
            Answer again = signUp(auth, "twice@example.com", token);
            assertError(again, 400, "captcha_failed");
            assertThat(again.text("message"))
                    .isEqualTo("captcha protection: request disallowed (timeout-or-duplicate)");
            assertThat(accounts("twice@example.com")).isEqualTo("0");
        }
    }

    @Test
    void whateverStartsSomethingAsksForOne() {
        try (RunningAuth auth =
                asking("/siteverify", "auth.passkeys.enabled=true", "auth.sms.provider=inbox")) {
            signUp(auth, "starts@example.com", solved());
            Map<String, String> calls =
                    Map.of(
                            "/signup", RunningAuth.credentials("new@example.com", "correct horse"),
                            "/token?grant_type=password",
                                    RunningAuth.credentials("starts@example.com", "correct horse"),
                            "/otp", "{\"email\":\"starts@example.com\"}",
                            "/magiclink", "{\"email\":\"starts@example.com\"}",
                            "/recover", "{\"email\":\"starts@example.com\"}",
                            "/resend", "{\"type\":\"signup\",\"email\":\"starts@example.com\"}",
                            "/passkeys/authentication/options", "{}");
            calls.forEach((path, body) -> {
                int before = service.asked().size();
                Answer without = auth.call("POST", path, "", body);
                assertError(without, 400, "captcha_failed");
                assertThat(without.text("message")).contains("no captcha_token found");
                assertThat(service.asked()).hasSize(before);
                assertError(
                        auth.call("POST", path, "", with(body, "guessed")), 400, "captcha_failed");
                assertThat(auth.call("POST", path, auth.anonKey(), with(body, solved())).status())
                        .as(path)
                        .isEqualTo(200);
            });
        }
    }

    /// Whoever holds a proof already, and trusted servers.
    @Test
    void otherCallsAskForNone() {
        try (RunningAuth auth = asking("/siteverify")) {
            Answer session = signUp(auth, "other@example.com", solved());
            int before = service.asked().size();
            assertThat(auth.refresh(session.text("refresh_token")).status()).isEqualTo(200);
            assertError(
                    auth.call(
                            "POST",
                            "/token?grant_type=pkce",
                            "",
                            "{\"auth_code\":\"x\",\"code_verifier\":\"y\"}"),
                    404,
                    "flow_state_not_found");
            assertThat(
                            auth.call(
                                            "POST",
                                            "/token?grant_type=password",
                                            auth.serviceKey(),
                                            RunningAuth.credentials(
                                                    "other@example.com", "correct horse"))
                                    .status())
                    .isEqualTo(200);
            assertThat(service.asked()).hasSize(before);
            database.execute(
                    "update auth.users set role = 'service_role' where email ="
                            + " 'other@example.com'");
            String signedOut =
                    auth.call(
                                    "POST",
                                    "/token?grant_type=password",
                                    auth.serviceKey(),
                                    RunningAuth.credentials("other@example.com", "correct horse"))
                            .text("access_token");
            auth.call("POST", "/logout", signedOut, "");
            Stream.of(
                            session.text("access_token"),
                            auth.anonKey(),
                            auth.serviceKey() + "x",
                            signedOut)
                    .forEach(token ->
                            assertError(
                                    auth.call(
                                            "POST",
                                            "/recover",
                                            token,
                                            "{\"email\":\"other@example.com\"}"),
                                    400,
                                    "captcha_failed"));
        }
    }

    @Test
    void aServiceThatSaysNothingUsableLetsNobodyIn() throws IOException {
        List<String> urls =
                List.of(
                        service.url("/broken"),
                        service.url("/page"),
                        service.url("/large"),
                        service.url("/slow"),
                        closed() + "/siteverify");
        for (String url : urls) {
            try (RunningAuth auth = askingAt(url, "auth.captcha.timeout=1s")) {
                Answer answer = signUp(auth, "closed@example.com", solved());
                assertError(answer, 400, "captcha_failed");
                assertThat(answer.text("message"))
                        .as(url)
                        .contains("the captcha service cannot be reached at the moment");
            }
        }
        assertThat(accounts("closed@example.com")).isEqualTo("0");
    }

    @Test
    void whatAForeignServerWritesIsNotPassedOn() {
        try (RunningAuth auth = asking("/chatty")) {
            Answer answer = signUp(auth, "chatty@example.com", solved());
            assertError(answer, 400, "captcha_failed");
            assertThat(answer.text("message"))
                    .isEqualTo("captcha protection: request disallowed (not solved)");
        }
    }

    @Test
    void aWrongSecretIsOurFaultAndStillNoWayIn() {
        try (RunningAuth auth = asking("/siteverify", "auth.captcha.secret=another")) {
            Answer answer = signUp(auth, "secret@example.com", solved());
            assertError(answer, 400, "captcha_failed");
            assertThat(answer.text("message")).contains("the captcha service is not set up");
        }
    }

    @Test
    void onlyPagesOfOursCount() {
        try (RunningAuth auth =
                asking("/siteverify", "auth.captcha.hostnames=App.Example.com,b.example.com")) {
            assertThat(signUp(auth, "ours@example.com", solved()).status()).isEqualTo(200);
        }
        try (RunningAuth auth = asking("/siteverify", "auth.captcha.hostnames=b.example.com")) {
            Answer answer = signUp(auth, "theirs@example.com", solved());
            assertError(answer, 400, "captcha_failed");
            assertThat(answer.text("message")).contains("solved on another site");
        }
    }

    /// Each is a request to the service.
    @Test
    void theyAreCounted() {
        try (RunningAuth auth =
                asking("/siteverify", "auth.sign-ins-per-minute=2", "auth.sign-ups-per-minute=1")) {
            int before = service.asked().size();
            for (int i = 0; i < 3; i++) {
                assertError(signUp(auth, "count@example.com", "guess"), 400, "captcha_failed");
            }
            assertError(signUp(auth, "count@example.com", "guess"), 429, "over_request_rate_limit");
            assertThat(service.asked()).hasSize(before + 3);
        }
    }

    @Test
    void onesOfTheWrongKindAreNone() {
        try (RunningAuth auth = asking("/siteverify")) {
            String start = "{\"email\":\"kind@example.com\",\"gotrue_meta_security\":";
            List.of("{}", "null", "{\"captcha_token\":\"\"}", "{\"captcha_token\":7}")
                    .forEach(value ->
                            assertError(
                                    auth.call("POST", "/recover", "", start + value + "}"),
                                    400,
                                    "captcha_failed"));
            assertError(auth.call("POST", "/recover", "", start + "7}"), 400, "bad_json");
            assertError(
                    signUp(auth, "kind@example.com", "solved-" + "x".repeat(20_000)),
                    400,
                    "captcha_failed");
        }
    }

    private static Answer signUp(RunningAuth auth, String email, String token) {
        String body = RunningAuth.credentials(email, "correct horse");
        return auth.call("POST", "/signup", "", with(body, token));
    }

    private static String with(String body, String token) {
        String member = "{\"gotrue_meta_security\":{\"captcha_token\":\"" + token + "\"}";
        return body.equals("{}") ? member + "}" : member + "," + body.substring(1);
    }

    private static String solved() {
        return "solved-" + COUNT.incrementAndGet();
    }

    private static String accounts(String email) {
        return String.valueOf(
                database.ask("select count(*) from auth.users where email = '" + email + "'"));
    }

    /// Where nobody listens any more.
    private static String closed() throws IOException {
        try (CaptchaService gone = new CaptchaService()) {
            return gone.url("");
        }
    }

    private static RunningAuth asking(String path, String... more) {
        return askingAt(service.url(path), more);
    }

    private static RunningAuth askingAt(String url, String... more) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "auth.captcha.enabled=true",
                                "auth.captcha.provider=turnstile",
                                "auth.captcha.verify-url=" + url,
                                "auth.captcha.secret=" + CaptchaService.SECRET,
                                "auth.mail.frequency=0s",
                                "auth.autoconfirm=true"));
        settings.addAll(List.of(more));
        return new RunningAuth(vertx, database, settings.toArray(String[]::new));
    }
}
