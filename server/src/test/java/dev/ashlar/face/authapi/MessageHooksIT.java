package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.HookServer.Said;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Hooks that send mail and texts: what they are told signs people in, and how they fail.
class MessageHooksIT {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static Vertx vertx;
    private static DatabaseForTests database;
    private HookServer hooks;

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
    void open() throws IOException {
        hooks = new HookServer();
    }

    @AfterEach
    void close() {
        hooks.close();
    }

    @Test
    void aSignUpIsConfirmedByWhatTheHookWasTold() {
        try (RunningAuth auth = mailing()) {
            String email = fresh();
            assertThat(auth.signUp(email).body().members()).doesNotContainKey("access_token");
            JsonObject told = mail(1);
            assertThat(told.findObject("user").orElseThrow().findText("email")).contains(email);
            JsonObject data = told.findObject("email_data").orElseThrow();
            assertThat(data.members().keySet())
                    .containsExactly(
                            "token",
                            "token_hash",
                            "redirect_to",
                            "email_action_type",
                            "site_url",
                            "token_new",
                            "token_hash_new");
            assertThat(text(data, "email_action_type")).isEqualTo("signup");
            assertThat(text(data, "site_url")).isEqualTo("http://localhost:8000/auth/v1");
            assertThat(text(data, "redirect_to")).isEqualTo("http://localhost:3000/");
            assertThat(text(data, "token_new") + text(data, "token_hash_new")).isEmpty();
            assertThat(auth.verify("signup", email, text(data, "token")).status()).isEqualTo(200);
        }
    }

    @Test
    void linksAreMadeOfTheHash() {
        try (RunningAuth auth = mailing()) {
            String email = fresh();
            auth.call(
                    "POST",
                    "/otp?redirect_to=http%3A%2F%2Flocalhost%3A3000%2Fin",
                    "",
                    "{\"email\":\"" + email + "\"}");
            JsonObject data = mail(1).findObject("email_data").orElseThrow();
            assertThat(text(data, "redirect_to")).isEqualTo("http://localhost:3000/in");
            String link =
                    "/verify?token="
                            + text(data, "token_hash")
                            + "&type="
                            + text(data, "email_action_type")
                            + "&redirect_to="
                            + text(data, "redirect_to");
            assertThat(auth.call("GET", link, "", "").location())
                    .startsWith("http://localhost:3000/in#access_token=");
        }
    }

    @Test
    void eachKindOfMailSaysWhatItIs() {
        try (RunningAuth auth = mailing("auth.autoconfirm=true")) {
            String email = fresh();
            String token = auth.signUp(email).text("access_token");
            auth.call("POST", "/recover", "", "{\"email\":\"" + email + "\"}");
            assertThat(type(1)).isEqualTo("recovery");
            auth.call("POST", "/otp", "", "{\"email\":\"" + email + "\"}");
            assertThat(type(2)).isEqualTo("magiclink");
            auth.call("GET", "/reauthenticate", token, "");
            assertThat(type(3)).isEqualTo("reauthentication");
            auth.call("POST", "/invite", auth.serviceKey(), "{\"email\":\"" + fresh() + "\"}");
            assertThat(type(4)).isEqualTo("invite");
        }
    }

    /// As the dialect names the four: those of the present address are `token` and
    /// `token_hash_new`.
    @Test
    void aChangeOfAddressIsToldOnceWithBothHalves() {
        try (RunningAuth auth = mailing()) {
            String old = fresh();
            String next = fresh();
            auth.signUp(old);
            JsonObject first = mail(1).findObject("email_data").orElseThrow();
            String token = auth.verify("signup", old, text(first, "token")).text("access_token");
            auth.call("PUT", "/user", token, "{\"email\":\"" + next + "\"}");
            JsonObject told = mail(2);
            JsonObject user = told.findObject("user").orElseThrow();
            assertThat(text(user, "email")).isEqualTo(old);
            assertThat(text(user, "new_email")).isEqualTo(next);
            JsonObject data = told.findObject("email_data").orElseThrow();
            assertThat(text(data, "email_action_type")).isEqualTo("email_change");
            assertThat(addressOf(text(data, "token_hash_new"))).isEqualTo(old);
            assertThat(addressOf(text(data, "token_hash"))).isEqualTo(next);
            assertThat(auth.verify("email_change", old, text(data, "token")).text("msg"))
                    .startsWith("Confirmation link accepted");
            // The same half.
            assertError(byHash(auth, text(data, "token_hash_new")), 403, "otp_expired");
            Answer done = auth.verify("email_change", next, text(data, "token_new"));
            assertThat(done.object("user").findText("email")).contains(next);
        }
    }

    @Test
    void aChangeThatTheNewAddressConfirmsAloneHasOneHalf() {
        try (RunningAuth auth = mailing("auth.mail.secure-email-change=false")) {
            String old = fresh();
            String next = fresh();
            auth.signUp(old);
            JsonObject first = mail(1).findObject("email_data").orElseThrow();
            String token = auth.verify("signup", old, text(first, "token")).text("access_token");
            auth.call("PUT", "/user", token, "{\"email\":\"" + next + "\"}");
            JsonObject data = mail(2).findObject("email_data").orElseThrow();
            assertThat(text(data, "token_hash_new")).isEmpty();
            assertThat(byHash(auth, text(data, "token_hash")).object("user").findText("email"))
                    .contains(next);
        }
    }

    /// It waits in the outbox, sealed, as mail does.
    @Test
    void aHookThatFailsIsAskedLater() {
        AtomicInteger calls = new AtomicInteger();
        hooks.answers(_ -> new Said(calls.incrementAndGet() == 1 ? 500 : 200, "{}"));
        try (RunningAuth auth = mailing()) {
            String email = fresh();
            auth.signUp(email);
            await(() -> calls.get() == 1);
            assertThat(database.ask("select content from auth.outbox")).doesNotContain(email);
            auth.pass(Duration.ofSeconds(10));
            await(() -> calls.get() == 2 && "0".equals(waiting()));
        }
    }

    @Test
    void whatTheHookRefusesIsGivenUpWithAnAuditRow() {
        hooks.answers(200, "{\"error\":{\"http_code\":400,\"message\":\"Unknown mailbox\"}}");
        try (RunningAuth auth = mailing()) {
            auth.signUp(fresh());
            await(() -> "0".equals(waiting()));
            assertThat(
                            database.ask(
                                    "select count(*) from auth.audit_log_entries where"
                                            + " payload->>'action' = 'message_abandoned'"))
                    .isEqualTo("1");
            assertThat(hooks.told()).hasSize(1);
        }
    }

    @Test
    void aFunctionSendsMailToo() {
        database.execute(
                "create table public.sent (event jsonb);"
                        + " create function public.send(event jsonb) returns jsonb language sql"
                        + " security definer as $$ insert into public.sent values (event) returning"
                        + " '{}'::jsonb $$; grant usage on schema public to supabase_auth_admin;"
                        + " grant execute on function public.send to supabase_auth_admin");
        try (RunningAuth auth = auth("auth.hooks.send-email=pg-functions://postgres/public/send")) {
            String email = fresh();
            auth.signUp(email);
            await(() -> "1".equals(database.ask("select count(*) from public.sent")));
            String code = database.ask("select event->'email_data'->>'token' from public.sent");
            assertThat(auth.verify("signup", email, String.valueOf(code)).status()).isEqualTo(200);
        }
    }

    @Test
    void textsGoToTheHookWithoutAnyProvider() {
        hooks.answers(200, "{\"message_id\":\"m-1\"}");
        try (RunningAuth auth = auth(hooks.setting("send-sms"))) {
            String phone = "+1555000" + (1000 + COUNT.incrementAndGet());
            Answer sent =
                    auth.call(
                            "POST",
                            "/otp",
                            "",
                            "{\"phone\":\"" + phone + "\",\"channel\":\"whatsapp\"}");
            assertThat(sent.text("message_id")).isEqualTo("m-1");
            JsonObject told = hooks.last();
            assertThat(text(told.findObject("user").orElseThrow(), "phone"))
                    .isEqualTo(phone.substring(1));
            JsonObject sms = told.findObject("sms").orElseThrow();
            assertThat(text(sms, "phone") + " " + text(sms, "channel"))
                    .isEqualTo(phone + " whatsapp");
            assertThat(
                            auth.call(
                                            "POST",
                                            "/verify",
                                            "",
                                            "{\"type\":\"sms\",\"phone\":\"%s\",\"token\":\"%s\"}"
                                                    .formatted(phone, text(sms, "otp")))
                                    .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatTheHookOfTextsSaysIsForTheCaller() {
        String body = "{\"phone\":\"+15550009999\"}";
        try (RunningAuth auth =
                auth(
                        hooks.setting("send-sms"),
                        "auth.sms.frequency=0s",
                        "auth.hooks.webhook-timeout=500ms")) {
            hooks.answers(200, "{\"error\":{\"http_code\":429,\"message\":\"Too many texts\"}}");
            Answer refused = auth.call("POST", "/otp", "", body);
            assertError(refused, 429, "validation_failed");
            assertThat(refused.text("message")).isEqualTo("Too many texts");
            hooks.answers(_ -> {
                pause();
                return new Said(200, "{}");
            });
            assertError(auth.call("POST", "/otp", "", body), 422, "hook_timeout");
            hooks.answers(_ -> new Said(503, ""));
            assertError(auth.call("POST", "/otp", "", body), 422, "hook_timeout_after_retry");
            hooks.answers(200, "\"" + "x".repeat(30_000) + "\"");
            assertError(auth.call("POST", "/otp", "", body), 422, "hook_payload_over_size_limit");
            hooks.answers(_ -> new Said(200, "ok", Map.of("Content-Type", "text/plain")));
            assertError(
                    auth.call("POST", "/otp", "", body), 422, "hook_payload_invalid_content_type");
        }
    }

    /// Without mail and without a hook accounts are confirmed at once; a hook is a way for mail.
    private RunningAuth mailing(String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add(hooks.setting("send-email"));
        return auth(settings.toArray(String[]::new));
    }

    private static RunningAuth auth(String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add(HookServer.secrets());
        settings.add("auth.mail.frequency=0s");
        return new RunningAuth(vertx, database, settings.toArray(String[]::new));
    }

    /// The n-th that the hook was told of; it is told after the answer to the caller.
    private JsonObject mail(int number) {
        await(() -> hooks.told().size() >= number);
        return hooks.told().get(number - 1);
    }

    private String type(int number) {
        return text(mail(number).findObject("email_data").orElseThrow(), "email_action_type");
    }

    /// Whom a link was made for.
    private static String addressOf(String token) {
        return String.valueOf(
                database.ask(
                        "select relates_to from auth.one_time_tokens where token_hash ="
                                + " encode(sha256(convert_to('"
                                + token
                                + "', 'UTF8')), 'hex')"));
    }

    private static Answer byHash(RunningAuth auth, String hash) {
        return auth.call(
                "POST",
                "/verify",
                "",
                "{\"type\":\"email_change\",\"token_hash\":\"" + hash + "\"}");
    }

    private static String text(JsonObject object, String name) {
        return object.findText(name).orElseThrow(() -> new AssertionError("no " + name));
    }

    private static String waiting() {
        return String.valueOf(database.ask("select count(*) from auth.outbox"));
    }

    private static String fresh() {
        return "hook" + COUNT.incrementAndGet() + "@example.com";
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            pauseShortly();
        }
    }

    private static void pause() {
        sleep(Duration.ofSeconds(2));
    }

    private static void pauseShortly() {
        sleep(Duration.ofMillis(20));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
