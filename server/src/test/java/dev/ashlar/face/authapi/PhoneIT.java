package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static dev.ashlar.face.authapi.RunningAuth.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.ProviderOfTexts.Taken;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Accounts by phone, from the number to the session.
class PhoneIT {
    private static final AtomicLong NUMBERS = new AtomicLong(4915100000000L);

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
                        "auth.sms.test-otp=15550001111=424242");
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    private static String number() {
        return Long.toString(NUMBERS.incrementAndGet());
    }

    private static Answer post(String path, String body) {
        return auth.call("POST", path, "", body);
    }

    private static Answer signUp(String phone) {
        return post(
                "/signup", "{\"phone\":\"+%s\",\"password\":\"correct horse\"}".formatted(phone));
    }

    private static Answer signIn(String phone, String password) {
        return post(
                "/token?grant_type=password",
                "{\"phone\":\"%s\",\"password\":\"%s\"}".formatted(phone, password));
    }

    private static Answer verify(String type, String phone, String code) {
        return post(
                "/verify",
                "{\"type\":\"%s\",\"phone\":\"+%s\",\"token\":\"%s\"}"
                        .formatted(type, phone, code));
    }

    private static String sentTo(String phone) {
        return code(auth.message("+" + phone));
    }

    @Test
    void aSignUpWaitsForItsCode() {
        String phone = number();
        Answer waiting = signUp(phone);
        assertThat(waiting.text("phone")).isEqualTo(phone);
        assertThat(waiting.text("email")).isEmpty();
        assertThat(waiting.body().members())
                .containsKey("confirmation_sent_at")
                .doesNotContainKey("phone_confirmed_at");
        assertError(signIn(phone, "correct horse"), 400, "phone_not_confirmed");
        Answer session = verify("sms", phone, sentTo(phone));
        assertThat(session.object("user").members())
                .containsKeys("phone_confirmed_at", "confirmed_at");
        assertThat(signIn("+" + phone, "correct horse").status()).isEqualTo(200);
        assertError(signIn(phone, "wrong horse"), 400, "invalid_credentials");
        assertError(signIn(number(), "correct horse"), 400, "invalid_credentials");
    }

    @Test
    void aCodeAloneSignsIn() {
        String phone = number();
        Answer sent = post("/otp", "{\"phone\":\"+" + phone + "\",\"channel\":\"whatsapp\"}");
        assertThat(sent.text("message_id")).isNotEmpty();
        assertThat(auth.message("+" + phone).kind()).isEqualTo("whatsapp");
        assertThat(verify("sms", phone, sentTo(phone)).status()).isEqualTo(200);
        assertError(verify("sms", phone, sentTo(phone)), 403, "otp_expired");
        assertError(
                post("/otp", "{\"phone\":\"%s\",\"create_user\":false}".formatted(number())),
                422,
                "otp_disabled");
        assertError(
                post("/otp", "{\"phone\":\"%s\",\"channel\":\"pigeon\"}".formatted(number())),
                400,
                "validation_failed");
    }

    @Test
    void oneOfManyWithTheSameCodeGetsTheSession() {
        String phone = number();
        post("/otp", "{\"phone\":\"" + phone + "\"}");
        String code = sentTo(phone);
        List<Integer> statuses = Race.of(10, () -> verify("sms", phone, code).status());
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 403);
    }

    @Test
    void numbersAreNotTextedTooOften() {
        String phone = number();
        post("/otp", "{\"phone\":\"" + phone + "\"}");
        Answer soon = post("/otp", "{\"phone\":\"" + phone + "\"}");
        assertError(soon, 429, "over_sms_send_rate_limit");
        assertThat(Long.parseLong(String.valueOf(soon.headers().get("Retry-After"))))
                .isBetween(1L, 60L);
        auth.pass(Duration.ofSeconds(61));
        assertThat(post("/otp", "{\"phone\":\"" + phone + "\"}").status()).isEqualTo(200);
    }

    @Test
    void aCodeIsSentAgainOnlyWhereOneWaits() {
        String phone = number();
        signUp(phone);
        auth.pass(Duration.ofMinutes(2));
        String resend = "{\"type\":\"sms\",\"phone\":\"%s\"}";
        Answer known = post("/resend", resend.formatted(phone));
        Answer unknown = post("/resend", resend.formatted(number()));
        assertThat(known.status()).isEqualTo(200);
        assertThat(unknown.body().members().keySet()).isEqualTo(known.body().members().keySet());
        String code = RunningAuth.code(auth.messageAfter(1, "+" + phone));
        assertThat(auth.messages("+" + phone)).hasSize(2);
        assertThat(verify("sms", phone, code).status()).isEqualTo(200);
    }

    @Test
    void aNewNumberIsConfirmedByItsCode() {
        String old = number();
        signUp(old);
        String token = verify("sms", old, sentTo(old)).text("access_token");
        String fresh = number();
        Answer pending = auth.call("PUT", "/user", token, "{\"phone\":\"+" + fresh + "\"}");
        assertThat(pending.text("new_phone")).isEqualTo(fresh);
        assertThat(pending.text("phone")).isEqualTo(old);
        assertThat(pending.body().members()).containsKey("phone_change_sent_at");
        assertError(verify("phone_change", fresh, "000000"), 403, "otp_expired");
        Answer done = verify("phone_change", fresh, sentTo(fresh));
        assertThat(done.object("user").findText("phone")).contains(fresh);
        assertThat(signIn(fresh, "correct horse").status()).isEqualTo(200);
        String other = number();
        signUp(other);
        String second = verify("sms", other, sentTo(other)).text("access_token");
        assertError(
                auth.call("PUT", "/user", second, "{\"phone\":\"" + fresh + "\"}"),
                422,
                "phone_exists");
    }

    @Test
    void testNumbersAlwaysHaveTheSameCode() {
        int before = auth.messages("+15550001111").size();
        Answer sent = post("/otp", "{\"phone\":\"+15550001111\"}");
        assertThat(sent.text("message_id")).isEqualTo("test-otp");
        assertThat(auth.messages("+15550001111")).hasSize(before);
        assertThat(verify("sms", "15550001111", "424242").status()).isEqualTo(200);
    }

    @Test
    void reauthenticationGoesToThePhoneWhereThereIsNoMail() {
        String phone = number();
        signUp(phone);
        String token = verify("sms", phone, sentTo(phone)).text("access_token");
        auth.pass(Duration.ofMinutes(2));
        Answer sent = auth.call("GET", "/reauthenticate", token, "");
        assertThat(sent.text("message_id")).isNotEmpty();
        assertThat(auth.messages("+" + phone)).hasSize(2);
    }

    @Test
    void adminsMakeAccountsByPhone() {
        String phone = number();
        Answer made =
                auth.call(
                        "POST",
                        "/admin/users",
                        auth.serviceKey(),
                        "{\"phone\":\"%s\",\"password\":\"correct horse\",\"phone_confirm\":true}"
                                .formatted(phone));
        assertThat(made.status()).isEqualTo(200);
        assertThat(signIn(phone, "correct horse").status()).isEqualTo(200);
        assertError(
                auth.call(
                        "POST", "/admin/users", auth.serviceKey(), "{\"phone\":\"" + phone + "\"}"),
                422,
                "phone_exists");
        String other = number();
        Answer both =
                auth.call(
                        "POST",
                        "/admin/users",
                        auth.serviceKey(),
                        "{\"phone\":\"%s\",\"email\":\"%s@x.example\"}".formatted(other, other));
        assertThat(both.body().members()).doesNotContainKeys("phone_confirmed_at", "confirmed_at");
        assertThat(both.object("app_metadata").toString()).contains("email", "phone");
        Answer changed =
                auth.call(
                        "PUT",
                        "/admin/users/" + both.text("id"),
                        auth.serviceKey(),
                        "{\"phone_confirm\":true}");
        assertThat(changed.body().members()).containsKey("phone_confirmed_at");
        assertError(
                auth.call(
                        "PUT",
                        "/admin/users/" + both.text("id"),
                        auth.serviceKey(),
                        "{\"phone\":\"" + phone + "\"}"),
                422,
                "phone_exists");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        for (String phone :
                List.of("12", "+0151234567", "phone", "+49 151 x", "1234567890123456")) {
            assertError(post("/otp", "{\"phone\":\"" + phone + "\"}"), 400, "validation_failed");
        }
        assertThat(post("/otp", "{\"phone\":\"+49 (151) 999-88.77\"}").status()).isEqualTo(200);
    }

    @Test
    void textsGoThroughAnApiLikeTwilios() throws IOException {
        try (ProviderOfTexts provider = new ProviderOfTexts();
                RunningAuth twilio =
                        new RunningAuth(
                                vertx,
                                database,
                                "auth.sms.provider=twilio",
                                "auth.sms.base-url=" + provider.url(),
                                "auth.sms.account=AC1",
                                "auth.sms.token=s3cret",
                                "auth.sms.from=+15005550006",
                                "auth.sms.template=Ashlar: {{ .Code }}")) {
            String phone = number();
            Answer sent = twilio.call("POST", "/otp", "", "{\"phone\":\"+" + phone + "\"}");
            assertThat(sent.text("message_id")).isEqualTo("SM123");
            Taken taken = provider.last();
            assertThat(taken.path()).isEqualTo("/2010-04-01/Accounts/AC1/Messages.json");
            assertThat(taken.header("authorization"))
                    .isEqualTo(
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(
                                                    "AC1:s3cret".getBytes(StandardCharsets.UTF_8)));
            assertThat(taken.field("To")).isEqualTo("+" + phone);
            assertThat(taken.field("From")).isEqualTo("+15005550006");
            assertThat(taken.field("Body")).matches("Ashlar: \\d{6}");
            String code = taken.field("Body").substring(8);
            assertThat(
                            twilio.call(
                                            "POST",
                                            "/verify",
                                            "",
                                            "{\"type\":\"sms\",\"phone\":\"%s\",\"token\":\"%s\"}"
                                                    .formatted(phone, code))
                                    .status())
                    .isEqualTo(200);
            String other = number();
            twilio.call(
                    "POST", "/otp", "", "{\"phone\":\"" + other + "\",\"channel\":\"whatsapp\"}");
            assertThat(provider.last().field("To")).isEqualTo("whatsapp:+" + other);
            assertThat(provider.last().field("From")).isEqualTo("whatsapp:+15005550006");
            provider.answerWith(400);
            assertError(
                    twilio.call("POST", "/otp", "", "{\"phone\":\"" + number() + "\"}"),
                    422,
                    "sms_send_failed");
        }
    }

    @Test
    void textsGoToASignedWebhook() throws IOException, GeneralSecurityException {
        try (ProviderOfTexts provider = new ProviderOfTexts();
                RunningAuth hooked =
                        new RunningAuth(
                                vertx,
                                database,
                                "auth.sms.provider=webhook",
                                "auth.sms.webhook-url=" + provider.url() + "/texts",
                                "auth.sms.token=s3cret")) {
            String phone = number();
            assertThat(hooked.call("POST", "/otp", "", "{\"phone\":\"" + phone + "\"}").status())
                    .isEqualTo(200);
            Taken taken = provider.last();
            assertThat(taken.body())
                    .matches(
                            "\\{\"phone\":\"\\+"
                                    + phone
                                    + "\",\"channel\":\"sms\",\"text\":\"Your code is \\d{6}\"}");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signed =
                    taken.header("webhook-id")
                            + "."
                            + taken.header("webhook-timestamp")
                            + "."
                            + taken.body();
            assertThat(taken.header("webhook-signature"))
                    .isEqualTo(
                            "v1,"
                                    + Base64.getEncoder()
                                            .encodeToString(
                                                    mac.doFinal(
                                                            signed.getBytes(
                                                                    StandardCharsets.UTF_8))));
        }
    }

    @Test
    void aProviderThatIsDownIsNoServerError() {
        try (RunningAuth lost =
                new RunningAuth(
                        vertx,
                        database,
                        "auth.sms.provider=webhook",
                        "auth.sms.webhook-url=http://127.0.0.1:1/",
                        "auth.sms.token=s3cret")) {
            assertError(
                    lost.call("POST", "/otp", "", "{\"phone\":\"" + number() + "\"}"),
                    422,
                    "sms_send_failed");
        }
    }

    @Test
    void withoutAProviderThereAreNoPhones() {
        try (RunningAuth mute = new RunningAuth(vertx, database)) {
            for (String path :
                    List.of("/otp", "/signup", "/resend", "/token?grant_type=password")) {
                assertError(
                        mute.call(
                                "POST",
                                path,
                                "",
                                "{\"phone\":\"%s\",\"password\":\"correct horse\",\"type\":\"sms\"}"
                                        .formatted(number())),
                        400,
                        "phone_provider_disabled");
            }
        }
    }

    @Test
    void numbersCountAsConfirmedWhereTheSettingSaysSo() {
        try (RunningAuth lax =
                new RunningAuth(
                        vertx, database, "auth.sms.provider=inbox", "auth.sms.autoconfirm=true")) {
            String phone = number();
            String body = "{\"phone\":\"%s\",\"password\":\"correct horse\"}".formatted(phone);
            assertThat(lax.call("POST", "/signup", "", body).text("access_token")).isNotEmpty();
            assertError(lax.call("POST", "/signup", "", body), 422, "user_already_exists");
        }
    }
}
