package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Second factors by authenticator app, and what they protect.
class FactorsIT {
    private static Vertx vertx;
    private static DatabaseForTests database;
    private static RunningAuth auth;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
        auth = new RunningAuth(vertx, database);
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    private static Answer enroll(RunningAuth on, Answer session, String name) {
        return on.call(
                "POST",
                "/factors",
                session.text("access_token"),
                "{\"factor_type\":\"totp\",\"friendly_name\":\"%s\",\"issuer\":\"The App\"}"
                        .formatted(name));
    }

    private static Answer challenge(RunningAuth on, Answer session, String factor) {
        return on.call(
                "POST",
                "/factors/" + factor + "/challenge",
                session.text("access_token"),
                "{\"factorId\":\"" + factor + "\"}");
    }

    private static Answer verify(
            RunningAuth on, Answer session, String factor, String challenge, String code) {
        return on.call(
                "POST",
                "/factors/" + factor + "/verify",
                session.text("access_token"),
                "{\"challenge_id\":\"%s\",\"code\":\"%s\"}".formatted(challenge, code));
    }

    private static Answer raise(RunningAuth on, Answer session, Answer enrolled) {
        String factor = enrolled.text("id");
        String challenge = challenge(on, session, factor).text("id");
        return verify(on, session, factor, challenge, code(on, enrolled));
    }

    private static String code(RunningAuth on, Answer enrolled) {
        return TestTotp.code(enrolled.object("totp").findText("secret").orElseThrow(), on.now());
    }

    private static String claim(Answer session, String name) {
        return AuthIT.claims(session.text("access_token")).findText(name).orElse("");
    }

    private static List<JsonObject> objects(JsonObject holder, String name) {
        return holder.find(name).orElse(new JsonArray(List.of())) instanceof JsonArray(var all)
                ? all.stream().map(JsonObject.class::cast).toList()
                : List.of();
    }

    private static Answer put(Answer session, String body) {
        return auth.call("PUT", "/user", session.text("access_token"), body);
    }

    @Test
    void aFactorIsEnrolledChallengedAndVerified() {
        Answer session = auth.signUp("whole@example.com");
        Answer enrolled = enroll(auth, session, "My phone");
        assertThat(enrolled.text("type")).isEqualTo("totp");
        assertThat(enrolled.text("friendly_name")).isEqualTo("My phone");
        JsonObject totp = enrolled.object("totp");
        assertThat(totp.findText("qr_code").orElseThrow()).startsWith("<svg");
        assertThat(totp.findText("uri").orElseThrow())
                .startsWith("otpauth://totp/The%20App:whole%40example.com?")
                .contains("secret=" + totp.findText("secret").orElseThrow());
        assertThat(
                        database.ask(
                                "select secret from auth.mfa_factors where friendly_name = 'My phone'"))
                .startsWith("v1.");
        Answer asked = challenge(auth, session, enrolled.text("id"));
        assertThat(asked.text("type")).isEqualTo("totp");
        assertThat(asked.body().members()).containsKey("expires_at");
        Answer raised =
                verify(auth, session, enrolled.text("id"), asked.text("id"), code(auth, enrolled));
        assertThat(raised.status()).isEqualTo(200);
        assertThat(claim(session, "aal")).isEqualTo("aal1");
        assertThat(claim(raised, "aal")).isEqualTo("aal2");
        assertThat(claim(raised, "session_id")).isEqualTo(claim(session, "session_id"));
        assertThat(objects(AuthIT.claims(raised.text("access_token")), "amr"))
                .extracting(method -> method.findText("method").orElse(""))
                .containsExactlyInAnyOrder("totp", "password");
        JsonObject factor = objects(raised.object("user"), "factors").getFirst();
        assertThat(factor.findText("status")).contains("verified");
        assertThat(factor.findText("factor_type")).contains("totp");
        assertThat(factor.members())
                .containsKeys("id", "phone", "created_at", "updated_at", "last_challenged_at");
        assertThat(claim(auth.refresh(raised.text("refresh_token")), "aal")).isEqualTo("aal2");
    }

    /// One that was stolen on the first level must not rise to the second.
    @Test
    void theRefreshTokenOfBeforeIsGoneAndOtherSessionsStay() {
        Answer session = auth.signUp("stolen@example.com");
        Answer other = auth.signIn("stolen@example.com", "correct horse");
        Answer renewed = auth.refresh(session.text("refresh_token"));
        Answer raised = raise(auth, renewed, enroll(auth, renewed, "app"));
        assertThat(raised.status()).isEqualTo(200);
        for (Answer old : List.of(session, renewed)) {
            assertError(auth.refresh(old.text("refresh_token")), 400, "refresh_token_not_found");
        }
        assertThat(claim(auth.refresh(other.text("refresh_token")), "aal")).isEqualTo("aal1");
        // Nor does the old access token, which is good for a while yet.
        assertError(put(renewed, "{\"password\":\"another horse\"}"), 403, "insufficient_aal");
        assertThat(put(raised, "{\"password\":\"another horse\"}").status()).isEqualTo(200);
    }

    @Test
    void aCodeIsGoodOnce() {
        Answer session = auth.signUp("once@example.com");
        Answer enrolled = enroll(auth, session, "app");
        String factor = enrolled.text("id");
        String code = code(auth, enrolled);
        List<Answer> challenges = Race.of(8, () -> challenge(auth, session, factor));
        assertThat(challenges).allMatch(answer -> answer.status() == 200);
        var next = challenges.iterator();
        List<Integer> results =
                Race.of(
                        8,
                        () -> {
                            String challenge;
                            synchronized (next) {
                                challenge = next.next().text("id");
                            }
                            return verify(auth, session, factor, challenge, code).status();
                        });
        assertThat(results).filteredOn(status -> status == 200).hasSize(1);
        assertThat(results).filteredOn(status -> status == 422).hasSize(7);
        Answer again = challenge(auth, session, factor);
        assertError(
                verify(auth, session, factor, again.text("id"), code),
                422,
                "mfa_verification_failed");
    }

    @Test
    void aChallengeIsGoodOnceAndForAWhile() {
        try (RunningAuth moving = new RunningAuth(vertx, database)) {
            Answer session = moving.signUp("challenge@example.com");
            Answer enrolled = enroll(moving, session, "app");
            String factor = enrolled.text("id");
            String late = challenge(moving, session, factor).text("id");
            moving.pass(Duration.ofMinutes(6));
            assertError(
                    verify(moving, session, factor, late, code(moving, enrolled)),
                    422,
                    "mfa_challenge_expired");
            String used = challenge(moving, session, factor).text("id");
            Answer raised = verify(moving, session, factor, used, code(moving, enrolled));
            assertThat(raised.status()).isEqualTo(200);
            moving.pass(Duration.ofMinutes(1));
            for (String none : List.of(used, "no-uuid", factor)) {
                assertError(
                        verify(moving, raised, factor, none, code(moving, enrolled)),
                        422,
                        "mfa_challenge_expired");
            }
            // Clocks differ: a step early and a step late are taken.
            String early = challenge(moving, raised, factor).text("id");
            String secret = enrolled.object("totp").findText("secret").orElseThrow();
            String soon = TestTotp.code(secret, moving.now().plusSeconds(30));
            assertThat(verify(moving, raised, factor, early, soon).status()).isEqualTo(200);
        }
    }

    @Test
    void aChallengeIsAnsweredFromWhereItWasAsked() {
        Answer session = auth.signUp("address@example.com");
        Answer enrolled = enroll(auth, session, "app");
        String factor = enrolled.text("id");
        String challenge = challenge(auth, session, factor).text("id");
        auth.database()
                .transaction(tx ->
                        tx.execute(
                                SqlText.of(
                                        "update auth.mfa_challenges set ip_address ="
                                                + " '198.51.100.1' where id = $1",
                                        UUID.fromString(challenge))));
        assertError(
                verify(auth, session, factor, challenge, code(auth, enrolled)),
                422,
                "mfa_ip_address_mismatch");
        try (RunningAuth roaming =
                new RunningAuth(vertx, database, "auth.mfa.same-address=false")) {
            assertThat(verify(roaming, session, factor, challenge, code(auth, enrolled)).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void wrongCodesAreCountedAndThenNoneIsTaken() {
        try (RunningAuth strict =
                new RunningAuth(vertx, database, "auth.mfa.attempts-per-hour=3")) {
            Answer session = strict.signUp("guess@example.com");
            Answer enrolled = enroll(strict, session, "app");
            String factor = enrolled.text("id");
            String challenge = challenge(strict, session, factor).text("id");
            String wrong = "x" + code(strict, enrolled).substring(1);
            List<Integer> results =
                    Race.of(8, () -> verify(strict, session, factor, challenge, wrong).status());
            assertThat(results).filteredOn(status -> status == 422).hasSize(3);
            assertThat(results).filteredOn(status -> status == 429).hasSize(5);
            Answer good = verify(strict, session, factor, challenge, code(strict, enrolled));
            assertError(good, 429, "over_request_rate_limit");
            assertThat(good.headers()).containsKey("Retry-After");
            strict.pass(Duration.ofMinutes(61));
            Answer later = strict.signIn("guess@example.com", "correct horse");
            assertThat(raise(strict, later, enrolled).status()).isEqualTo(200);
        }
    }

    @Test
    void whatTakesAnAccountOverNeedsTheSecondLevel() {
        Answer first = auth.signUp("guarded@example.com");
        Answer enrolled = enroll(auth, first, "app");
        // Not verified yet: nothing is guarded.
        assertThat(put(first, "{\"password\":\"second horse\"}").status()).isEqualTo(200);
        Answer raised = raise(auth, first, enrolled);
        Answer low = auth.signIn("guarded@example.com", "second horse");
        for (String change :
                List.of("{\"password\":\"third horse\"}", "{\"email\":\"other@example.com\"}")) {
            assertError(put(low, change), 403, "insufficient_aal");
        }
        assertError(enroll(auth, low, "second"), 403, "insufficient_aal");
        assertError(
                auth.call(
                        "DELETE", "/factors/" + enrolled.text("id"), low.text("access_token"), ""),
                403,
                "insufficient_aal");
        try (RunningAuth linking =
                new RunningAuth(vertx, database, "auth.social.manual-linking=true")) {
            assertError(
                    linking.call(
                            "DELETE",
                            "/user/identities/" + UUID.randomUUID(),
                            low.text("access_token"),
                            ""),
                    403,
                    "insufficient_aal");
        }
        assertThat(put(low, "{\"data\":{\"name\":\"Ada\"}}").status()).isEqualTo(200);
        assertThat(put(raised, "{\"email\":\"guarded2@example.com\"}").status()).isEqualTo(200);
        assertThat(enroll(auth, raised, "second").status()).isEqualTo(200);
    }

    @Test
    void unenrollingLowersTheSessionsThatTheFactorRaised() {
        Answer session = auth.signUp("lower@example.com");
        Answer enrolled = enroll(auth, session, "app");
        Answer raised = raise(auth, session, enrolled);
        Answer gone =
                auth.call(
                        "DELETE",
                        "/factors/" + enrolled.text("id"),
                        raised.text("access_token"),
                        "");
        assertThat(gone.text("id")).isEqualTo(enrolled.text("id"));
        Answer refreshed = auth.refresh(raised.text("refresh_token"));
        assertThat(claim(refreshed, "aal")).isEqualTo("aal1");
        assertThat(objects(AuthIT.claims(refreshed.text("access_token")), "amr"))
                .extracting(method -> method.findText("method").orElse(""))
                .containsExactly("password");
        assertThat(refreshed.object("user").members()).doesNotContainKey("factors");
        assertError(challenge(auth, refreshed, enrolled.text("id")), 404, "mfa_factor_not_found");
    }

    /// They have the level of the person's session, and do not keep it longer.
    @Test
    void unenrollingLowersTheSessionsOfClients() {
        try (RunningAuth server =
                new RunningAuth(vertx, database, "auth.oauth-server.enabled=true")) {
            Answer session = server.signUp("clients@example.com");
            Answer enrolled = enroll(server, session, "app");
            Answer raised = raise(server, session, enrolled);
            Answer other = server.signUp("clients2@example.com");
            Answer stays = raise(server, other, enroll(server, other, "app"));
            OAuthFlow client = OAuthFlow.confidential(server);
            Answer given = client.exchange(client.code(raised.text("access_token")));
            Answer kept = client.exchange(client.code(stays.text("access_token")));
            assertThat(claim(given, "aal")).isEqualTo("aal2");
            server.call(
                    "DELETE", "/factors/" + enrolled.text("id"), raised.text("access_token"), "");
            Answer lowered = client.refresh(given.text("refresh_token"));
            assertThat(claim(lowered, "aal")).isEqualTo("aal1");
            assertThat(objects(AuthIT.claims(lowered.text("access_token")), "amr"))
                    .extracting(method -> method.findText("method").orElse(""))
                    .containsExactly("password");
            assertThat(claim(client.refresh(kept.text("refresh_token")), "aal")).isEqualTo("aal2");
        }
    }

    @Test
    void namesAndNumbersAreLimited() {
        try (RunningAuth small = new RunningAuth(vertx, database, "auth.mfa.max-factors=2")) {
            Answer session = small.signUp("limits@example.com");
            String first = enroll(small, session, "app").text("id");
            assertError(enroll(small, session, "app"), 422, "mfa_factor_name_conflict");
            assertError(enroll(small, session, "x".repeat(256)), 400, "validation_failed");
            assertThat(enroll(small, session, "").status()).isEqualTo(200);
            Answer blank = small.signUp("blank@example.com");
            assertThat(enroll(small, blank, "\\t").status()).isEqualTo(200);
            assertError(enroll(small, blank, "\\t"), 422, "mfa_factor_name_conflict");
            assertError(enroll(small, session, "third"), 422, "too_many_enrolled_mfa_factors");
            // One that was never verified can go at once, and goes by itself.
            assertThat(
                            small.call(
                                            "DELETE",
                                            "/factors/" + first,
                                            session.text("access_token"),
                                            "")
                                    .status())
                    .isEqualTo(200);
            small.pass(Duration.ofHours(2));
            small.domain().housekeeping().sweep();
            assertThat(
                            database.ask(
                                    "select count(*) from auth.mfa_factors f join auth.users u on"
                                            + " u.id = f.user_id where u.email ="
                                            + " 'limits@example.com'"))
                    .isEqualTo("0");
        }
        Answer session = auth.signUp("racers@example.com");
        List<Integer> results = Race.of(6, () -> enroll(auth, session, "same").status());
        assertThat(results).filteredOn(status -> status == 200).hasSize(1);
        assertThat(results).filteredOn(status -> status == 422).hasSize(5);
    }

    @Test
    void typesCanBeSwitchedOff() {
        Answer session = auth.signUp("types@example.com");
        Answer enrolled = enroll(auth, session, "app");
        String factor = enrolled.text("id");
        String token = session.text("access_token");
        assertError(
                auth.call("POST", "/factors", token, "{\"factor_type\":\"pigeon\"}"),
                400,
                "validation_failed");
        assertError(
                auth.call(
                        "POST",
                        "/factors",
                        token,
                        "{\"factor_type\":\"phone\",\"phone\":\"+4915112345678\"}"),
                422,
                "mfa_phone_enroll_not_enabled");
        try (RunningAuth off = new RunningAuth(vertx, database, "auth.mfa.totp=off")) {
            assertError(enroll(off, session, "x"), 422, "mfa_totp_enroll_not_enabled");
            assertError(challenge(off, session, factor), 422, "mfa_totp_verify_not_enabled");
        }
        try (RunningAuth only = new RunningAuth(vertx, database, "auth.mfa.totp=verify-only")) {
            assertError(enroll(only, session, "x"), 422, "mfa_totp_enroll_not_enabled");
            assertThat(raise(only, session, enrolled).status()).isEqualTo(200);
        }
    }

    @Test
    void factorsAreTheirOwners() {
        Answer mine = auth.signUp("mine@example.com");
        Answer theirs = auth.signUp("theirs@example.com");
        Answer enrolled = enroll(auth, theirs, "app");
        String factor = enrolled.text("id");
        String asked = challenge(auth, theirs, factor).text("id");
        assertError(challenge(auth, mine, factor), 404, "mfa_factor_not_found");
        assertError(
                verify(auth, mine, factor, asked, code(auth, enrolled)),
                404,
                "mfa_factor_not_found");
        assertError(
                auth.call("DELETE", "/factors/" + factor, mine.text("access_token"), ""),
                404,
                "mfa_factor_not_found");
        // A challenge belongs to its factor.
        Answer own = enroll(auth, mine, "app");
        assertError(
                verify(auth, mine, own.text("id"), asked, code(auth, own)),
                422,
                "mfa_challenge_expired");
        assertError(auth.call("POST", "/factors", "", "{}"), 401, "no_authorization");
        assertError(verify(auth, theirs, factor, asked, ""), 400, "validation_failed");
    }

    @Test
    void adminsListChangeAndDelete() {
        Answer session = auth.signUp("helped@example.com");
        Answer enrolled = enroll(auth, session, "app");
        Answer raised = raise(auth, session, enrolled);
        String id = raised.object("user").findText("id").orElseThrow();
        String base = "/admin/users/" + id + "/factors";
        String key = auth.serviceKey();
        assertError(auth.call("GET", base, raised.text("access_token"), ""), 403, "not_admin");
        List<JsonObject> listed = objects(auth.call("GET", base, key, "").body(), "items");
        assertThat(listed)
                .extracting(f -> f.findText("id").orElse(""))
                .contains(enrolled.text("id"));
        String one = base + "/" + enrolled.text("id");
        Answer renamed = auth.call("PUT", one, key, "{\"friendly_name\":\"theirs\"}");
        assertThat(renamed.text("friendly_name")).isEqualTo("theirs");
        assertError(
                auth.call("PUT", one, key, "{\"phone\":\"+4915112345678\"}"),
                400,
                "validation_failed");
        assertThat(auth.call("DELETE", one, key, "").text("id")).isEqualTo(enrolled.text("id"));
        assertError(auth.call("DELETE", one, key, ""), 404, "mfa_factor_not_found");
        assertThat(claim(auth.refresh(raised.text("refresh_token")), "aal")).isEqualTo("aal1");
    }

    /// What the hook says is the last word, and what was used up stays so.
    @Test
    void theHookIsToldAndMayRefuse() {
        hook("mfa_tells", "'{\"decision\":\"continue\"}'::jsonb");
        hook("mfa_refuses", "'{\"decision\":\"reject\",\"message\":\"no\"}'::jsonb");
        hook(
                "mfa_trips",
                "(case when (event->>'valid')::boolean then '{}'::jsonb else event ||"
                        + " jsonb_build_object('x', 1 / 0) end)");
        Answer session = auth.signUp("hooked@example.com");
        Answer enrolled = enroll(auth, session, "app");
        String factor = enrolled.text("id");
        try (RunningAuth refusing = hooked("mfa_refuses")) {
            String asked = challenge(refusing, session, factor).text("id");
            String code = code(refusing, enrolled);
            assertError(
                    verify(refusing, session, factor, asked, code),
                    403,
                    "mfa_verification_rejected");
            assertError(
                    verify(refusing, session, factor, asked, code), 422, "mfa_challenge_expired");
            assertThat(
                            database.ask(
                                    "select status from auth.mfa_factors where id = '"
                                            + factor
                                            + "'"))
                    .isEqualTo("unverified");
        }
        try (RunningAuth tripping = hooked("mfa_trips", "auth.mfa.attempts-per-hour=2")) {
            String asked = challenge(tripping, session, factor).text("id");
            for (int i = 0; i < 2; i++) {
                assertError(
                        verify(tripping, session, factor, asked, "000"), 400, "validation_failed");
            }
            assertError(
                    verify(tripping, session, factor, asked, "000"),
                    429,
                    "over_request_rate_limit");
        }
        Answer again = auth.signUp("hooked2@example.com");
        try (RunningAuth telling = hooked("mfa_tells")) {
            assertThat(raise(telling, again, enroll(telling, again, "app")).status())
                    .isEqualTo(200);
        }
    }

    private static RunningAuth hooked(String function, String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : more) {
            settings.put(setting, setting);
        }
        String hook =
                "auth.hooks.mfa-verification-attempt=pg-functions://postgres/public/" + function;
        settings.put(hook, hook);
        return new RunningAuth(vertx, database, settings.keySet().toArray(String[]::new));
    }

    private static void hook(String name, String result) {
        database.execute(
                "create function public."
                        + name
                        + "(event jsonb) returns jsonb language sql as $$ select "
                        + result
                        + " $$; grant usage on schema public to supabase_auth_admin; grant execute on"
                        + " function public."
                        + name
                        + " to supabase_auth_admin");
    }
}
