package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Second factors by text, and recovery codes.
class OtherFactorsIT {
    private static final AtomicLong NUMBERS = new AtomicLong(4915200000000L);

    private static Vertx vertx;
    private static DatabaseForTests database;
    private static RunningAuth auth;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
        auth =
                new RunningAuth(
                        vertx,
                        database,
                        "auth.sms.provider=inbox",
                        "auth.sms.frequency=0",
                        "auth.sms.test-otp=15550002222=424242",
                        "auth.mfa.max-factors=4");
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    private static String number() {
        return Long.toString(NUMBERS.incrementAndGet());
    }

    private static Answer post(Answer session, String path, String body) {
        return auth.call("POST", path, session.text("access_token"), body);
    }

    private static Answer enrollPhone(Answer session, String phone) {
        return post(
                session, "/factors", "{\"factor_type\":\"phone\",\"phone\":\"+" + phone + "\"}");
    }

    private static Answer verify(
            RunningAuth on, Answer session, String factor, String challenge, String code) {
        return on.call(
                "POST",
                "/factors/" + factor + "/verify",
                session.text("access_token"),
                "{\"challenge_id\":\"%s\",\"code\":\"%s\"}".formatted(challenge, code));
    }

    private static Answer verify(Answer session, String factor, String challenge, String code) {
        return verify(auth, session, factor, challenge, code);
    }

    /// With a factor by app, and on the second level.
    private static Answer raised(String email) {
        Answer session = auth.signUp(email);
        Answer enrolled = post(session, "/factors", "{\"factor_type\":\"totp\"}");
        String factor = enrolled.text("id");
        String secret = enrolled.object("totp").findText("secret").orElseThrow();
        String challenge = post(session, "/factors/" + factor + "/challenge", "").text("id");
        return verify(session, factor, challenge, TestTotp.code(secret, auth.now()));
    }

    private static List<String> codes(Answer made) {
        return made.body().find("codes").orElseThrow() instanceof JsonArray(var all)
                ? all.stream().map(code -> ((JsonString) code).text()).toList()
                : List.of();
    }

    private static Answer recover(Answer session, String code) {
        return post(session, "/factors/recovery-codes/verify", "{\"code\":\"" + code + "\"}");
    }

    private static String level(Answer session) {
        return AuthIT.claims(session.text("access_token")).findText("aal").orElse("");
    }

    @Test
    void aCodeByTextRaisesTheSession() {
        Answer session = auth.signUp("text@example.com");
        String phone = number();
        Answer enrolled = enrollPhone(session, phone);
        assertThat(enrolled.text("type")).isEqualTo("phone");
        assertThat(enrolled.text("phone")).isEqualTo(phone);
        String factor = enrolled.text("id");
        Answer asked =
                post(session, "/factors/" + factor + "/challenge", "{\"channel\":\"whatsapp\"}");
        assertThat(auth.message("+" + phone).kind()).isEqualTo("whatsapp");
        String code = RunningAuth.code(auth.message("+" + phone));
        assertThat(
                        database.ask(
                                "select otp_code from auth.mfa_challenges where id = '"
                                        + asked.text("id")
                                        + "'"))
                .hasSize(64)
                .doesNotContain(code);
        String wrong = code.startsWith("0") ? "1" + code.substring(1) : "0" + code.substring(1);
        assertError(
                verify(session, factor, asked.text("id"), wrong), 422, "mfa_verification_failed");
        List<Answer> answers = Race.of(6, () -> verify(session, factor, asked.text("id"), code));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertError(answer, 422, "mfa_challenge_expired"));
        Answer raised = answers.stream().filter(answer -> answer.status() == 200).findFirst().get();
        assertThat(level(raised)).isEqualTo("aal2");
        assertThat(AuthIT.claims(raised.text("access_token")).toString()).contains("mfa/phone");
        // One number is one factor; whose enrollment was not finished makes room.
        assertError(enrollPhone(raised, phone), 422, "mfa_verified_factor_exists");
        String other = number();
        assertThat(enrollPhone(raised, other).status()).isEqualTo(200);
        assertThat(enrollPhone(raised, other).status()).isEqualTo(200);
        assertError(
                post(raised, "/factors", "{\"factor_type\":\"phone\"}"), 400, "validation_failed");
    }

    @Test
    void textsGoByTheSettingsOfTexts() {
        Answer session = auth.signUp("settings@example.com");
        String tested = enrollPhone(session, "15550002222").text("id");
        String asked = post(session, "/factors/" + tested + "/challenge", "").text("id");
        assertThat(auth.messages("+15550002222")).isEmpty();
        assertThat(verify(session, tested, asked, "424242").status()).isEqualTo(200);
        Answer slow = auth.signUp("slow@example.com");
        String factor = enrollPhone(slow, number()).text("id");
        String path = "/factors/" + factor + "/challenge";
        String token = slow.text("access_token");
        try (RunningAuth paced = new RunningAuth(vertx, database, "auth.sms.provider=inbox")) {
            assertThat(paced.call("POST", path, token, "").status()).isEqualTo(200);
            assertError(paced.call("POST", path, token, ""), 429, "over_sms_send_rate_limit");
            assertError(
                    paced.call("POST", path, token, "{\"channel\":\"pigeon\"}"),
                    400,
                    "validation_failed");
        }
        try (RunningAuth silent = new RunningAuth(vertx, database)) {
            assertError(silent.call("POST", path, token, ""), 422, "mfa_phone_verify_not_enabled");
        }
        try (RunningAuth broken =
                new RunningAuth(
                        vertx,
                        database,
                        "auth.sms.provider=webhook",
                        "auth.sms.webhook-url=http://127.0.0.1:1/",
                        "auth.sms.frequency=0",
                        "auth.sms.token=secret")) {
            assertError(broken.call("POST", path, token, ""), 422, "sms_send_failed");
        }
    }

    @Test
    void aRecoveryCodeStandsInForAFactorOnce() {
        Answer raised = raised("recovery@example.com");
        Answer made = post(raised, "/factors/recovery-codes", "{\"friendly_name\":\"On paper\"}");
        List<String> codes = codes(made);
        assertThat(codes)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(c -> c.matches("[2-9A-Z]{16}"));
        assertThat(made.text("friendly_name")).isEqualTo("On paper");
        assertThat(database.ask("select string_agg(code_hash, ' ') from auth.mfa_recovery_codes"))
                .doesNotContain(codes.getFirst());
        assertError(
                post(raised, "/factors/recovery-codes", "{}"), 422, "mfa_verified_factor_exists");
        Answer low = auth.signIn("recovery@example.com", "correct horse");
        assertError(post(low, "/factors/recovery-codes", "{}"), 403, "insufficient_aal");
        assertError(post(low, "/factors/recovery-codes/regenerate", ""), 403, "insufficient_aal");
        assertError(recover(low, "2222-2222-2222-2222"), 422, "mfa_verification_failed");
        assertError(recover(low, "x".repeat(500)), 422, "mfa_verification_failed");
        assertError(recover(low, ""), 400, "validation_failed");
        String typed = codes.getFirst().toLowerCase(java.util.Locale.ROOT);
        String grouped = typed.replaceAll("(.{4})(?!$)", "$1-");
        List<Answer> answers =
                Race.of(
                        6,
                        () ->
                                recover(
                                        auth.signIn("recovery@example.com", "correct horse"),
                                        grouped));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 422).hasSize(5);
        Answer recovered =
                answers.stream().filter(answer -> answer.status() == 200).findFirst().get();
        assertThat(level(recovered)).isEqualTo("aal2");
        Answer status = auth.call("GET", "/factors/recovery-codes", low.text("access_token"), "");
        assertThat(status.body().toString())
                .contains("total", "remaining")
                .doesNotContain("codes=");
        assertThat(
                        database.ask(
                                "select count(*) from auth.mfa_recovery_codes c join auth.mfa_recovery_sets s on"
                                        + " s.id = c.set_id where c.used_at is null and"
                                        + " s.friendly_name = 'On paper'"))
                .isEqualTo("9");
        Answer again = post(recovered, "/factors/recovery-codes/regenerate", "");
        assertThat(again.text("friendly_name")).isEqualTo("On paper");
        assertError(recover(low, codes.get(1)), 422, "mfa_verification_failed");
        assertThat(recover(low, codes(again).get(1)).status()).isEqualTo(200);
    }

    @Test
    void recoveryCodesGoAloneOrWithTheLastFactor() {
        Answer session = auth.signUp("plain@example.com");
        Answer none = auth.call("GET", "/factors/recovery-codes", session.text("access_token"), "");
        assertThat(none.status()).isEqualTo(200);
        assertError(recover(session, "2222222222222222"), 404, "mfa_factor_not_found");
        assertError(post(session, "/factors/recovery-codes", "{}"), 403, "insufficient_aal");
        Answer raised = raised("goes@example.com");
        String code = codes(post(raised, "/factors/recovery-codes", "{}")).getFirst();
        Answer recovered = recover(auth.signIn("goes@example.com", "correct horse"), code);
        String token = raised.text("access_token");
        Answer gone = auth.call("DELETE", "/factors/recovery-codes", token, "");
        assertThat(gone.text("id")).isNotEmpty();
        assertError(
                auth.call("DELETE", "/factors/recovery-codes", token, ""),
                404,
                "mfa_factor_not_found");
        assertThat(level(auth.refresh(recovered.text("refresh_token")))).isEqualTo("aal1");
        assertThat(level(auth.refresh(raised.text("refresh_token")))).isEqualTo("aal2");
        assertThat(post(raised, "/factors/recovery-codes", "{}").status()).isEqualTo(200);
        String factor =
                database.ask(
                        "select f.id from auth.mfa_factors f join auth.users u on u.id = f.user_id"
                                + " where u.email = 'goes@example.com'");
        assertThat(auth.call("DELETE", "/factors/" + factor, token, "").status()).isEqualTo(200);
        assertThat(
                        database.ask(
                                "select count(*) from auth.mfa_recovery_sets s join auth.users u"
                                        + " on u.id = s.user_id where u.email ="
                                        + " 'goes@example.com'"))
                .isEqualTo("0");
    }

    /// Guesses at six digits stop them all but those that nobody guesses.
    @Test
    void recoveryCodesWorkWhileOthersAreStopped() {
        Answer raised = raised("stopped@example.com");
        String code = codes(post(raised, "/factors/recovery-codes", "{}")).getFirst();
        try (RunningAuth strict =
                new RunningAuth(vertx, database, "auth.mfa.attempts-per-hour=1")) {
            Answer low = strict.signIn("stopped@example.com", "correct horse");
            String token = low.text("access_token");
            String factor =
                    String.valueOf(
                            database.ask(
                                    "select f.id from auth.mfa_factors f join auth.users u on u.id ="
                                            + " f.user_id where u.email = 'stopped@example.com'"));
            String asked =
                    strict.call("POST", "/factors/" + factor + "/challenge", token, "").text("id");
            assertError(verify(strict, low, factor, asked, "abc"), 422, "mfa_verification_failed");
            assertError(verify(strict, low, factor, asked, "abc"), 429, "over_request_rate_limit");
            assertThat(
                            strict.call(
                                            "POST",
                                            "/factors/recovery-codes/verify",
                                            token,
                                            "{\"code\":\"" + code + "\"}")
                                    .status())
                    .isEqualTo(200);
            strict.pass(Duration.ofDays(3));
            assertThat(strict.domain().housekeeping().sweep()).isPositive();
        }
    }
}
