package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static dev.ashlar.face.authapi.PasskeyCalls.PAGE;
import static dev.ashlar.face.authapi.PasskeyCalls.items;
import static dev.ashlar.face.authapi.PasskeyCalls.registered;
import static dev.ashlar.face.authapi.PasskeyCalls.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import dev.ashlar.testing.SoftwareAuthenticator;
import dev.ashlar.testing.SoftwareAuthenticator.Algorithm;
import dev.ashlar.testing.SoftwareAuthenticator.Habits;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Security keys as second factors, and what they guard of passkeys.
class WebAuthnFactorIT {
    private static final String OURS =
            "{\"webauthn\":{\"rpId\":\"example.com\",\"rpOrigins\":[\"https://app.example.com\"]}}";
    private static final String[] SITE = {
        "auth.passkeys.enabled=true",
        "auth.site-url=https://app.example.com",
        "auth.passkeys.rp-id=example.com"
    };

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
    void aKeyRaisesASession() {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("key@example.com").text("access_token");
            String factor = enroll(auth, token);
            SoftwareAuthenticator key = new SoftwareAuthenticator(Algorithm.ES256);
            Answer asked = challenge(auth, token, factor);
            assertThat(asked.text("type")).isEqualTo("webauthn");
            assertThat(asked.object("webauthn").findText("type")).contains("create");
            JsonObject creation = options(asked);
            assertThat(Json.write(creation))
                    .contains("\"residentKey\":\"discouraged\"", "\"name\":\"key@example.com\"");
            Answer raised = verify(auth, token, factor, asked, key.create(creation, PAGE));
            assertThat(raised.status()).isEqualTo(200);
            assertThat(raised.text("access_token")).isNotEqualTo(token);
            assertThat(PasskeyCalls.claims(raised).findText("aal")).contains("aal2");
            assertThat(Json.write(PasskeyCalls.claims(raised))).contains("mfa/webauthn");
            assertThat(Json.write(raised.object("user"))).contains("\"status\":\"verified\"");

            Answer again = auth.signIn("key@example.com", "correct horse");
            String first = again.text("access_token");
            Answer request = challenge(auth, first, factor);
            assertThat(request.object("webauthn").findText("type")).contains("request");
            assertThat(Json.write(options(request))).contains("\"id\":\"" + key.id() + "\"");
            Answer second = verify(auth, first, factor, request, key.get(options(request), PAGE));
            assertThat(PasskeyCalls.claims(second).findText("aal")).contains("aal2");
            assertThat(
                            auth.call(
                                            "DELETE",
                                            "/factors/" + factor,
                                            second.text("access_token"),
                                            "")
                                    .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void answersThatAreNotGoodAreRefused() {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("wrong@example.com").text("access_token");
            String factor = enroll(auth, token);
            SoftwareAuthenticator key = new SoftwareAuthenticator(Algorithm.ES256);
            Answer asked = challenge(auth, token, factor);
            Habits evil = new Habits("https://evil.example", "example.com");
            assertError(
                    verify(auth, token, factor, asked, key.create(options(asked), evil)),
                    422,
                    "mfa_verification_failed");
            JsonObject good = key.create(options(asked), PAGE);
            String aal2 = verify(auth, token, factor, asked, good).text("access_token");
            assertError(verify(auth, aal2, factor, asked, good), 422, "mfa_challenge_expired");

            Answer request = challenge(auth, token, factor);
            SoftwareAuthenticator other = new SoftwareAuthenticator(Algorithm.ES256);
            assertError(
                    verify(auth, token, factor, request, other.get(options(request), PAGE)),
                    422,
                    "mfa_verification_failed");
            key.setCounter(9);
            assertThat(
                            verify(auth, token, factor, request, key.get(options(request), PAGE))
                                    .status())
                    .isEqualTo(200);
            Answer cloned = challenge(auth, token, factor);
            key.setCounter(9);
            assertError(
                    verify(auth, token, factor, cloned, key.get(options(cloned), PAGE)),
                    422,
                    "mfa_verification_failed");
            key.setCounter(20);
            key.setUserHandle("AAAA");
            assertError(
                    verify(auth, token, factor, cloned, key.get(options(cloned), PAGE)),
                    422,
                    "mfa_verification_failed");
        }
    }

    /// Else whoever has the first factor would register a key of their own in its place.
    @Test
    void aFactorThatCountsGetsNoOtherKey() {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("unreadable@example.com").text("access_token");
            String factor = enroll(auth, token);
            Answer asked = challenge(auth, token, factor);
            Answer before = challenge(auth, token, factor);
            SoftwareAuthenticator key = new SoftwareAuthenticator(Algorithm.ES256);
            verify(auth, token, factor, asked, key.create(options(asked), PAGE));
            database.executeAs(
                    "supabase_auth_admin",
                    "update auth.mfa_factors set web_authn_credential = '{}' where id = '"
                            + factor
                            + "'");
            assertError(challenge(auth, token, factor), 422, "mfa_verification_failed");
            SoftwareAuthenticator other = new SoftwareAuthenticator(Algorithm.ES256);
            assertError(
                    verify(auth, token, factor, before, other.create(options(before), PAGE)),
                    422,
                    "mfa_verification_failed");
        }
    }

    @Test
    void ofManyWithOneAnswerOneIsServed() {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("keyrace@example.com").text("access_token");
            String factor = enroll(auth, token);
            Answer asked = challenge(auth, token, factor);
            JsonObject answer =
                    new SoftwareAuthenticator(Algorithm.ES256).create(options(asked), PAGE);
            assertThat(Race.of(8, () -> verify(auth, token, factor, asked, answer).status()))
                    .containsOnlyOnce(200)
                    .containsOnly(200, 422);
        }
    }

    @Test
    void foreignPartiesAndBrokenBodiesAreToldSo() {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("foreign@example.com").text("access_token");
            String factor = enroll(auth, token);
            for (String body :
                    List.of(
                            "{}",
                            "{\"webauthn\":{\"rpId\":\"evil.example\"}}",
                            "{\"webauthn\":{\"rpOrigins\":[\"https://evil.example\"]}}",
                            "{\"webauthn\":{\"rpOrigins\":[7]}}",
                            "{\"webauthn\":{\"rpOrigins\":\"https://app.example.com\"}}")) {
                assertError(
                        auth.call("POST", "/factors/" + factor + "/challenge", token, body),
                        400,
                        "validation_failed");
            }
            Answer asked = challenge(auth, token, factor);
            for (String webauthn :
                    List.of(
                            "{}",
                            "{\"credential_response\":{}}",
                            "{\"credential_response\":\"x\"}",
                            "{\"rpId\":\"evil.example\",\"credential_response\":{}}")) {
                assertError(
                        auth.call(
                                "POST",
                                "/factors/" + factor + "/verify",
                                token,
                                "{\"challenge_id\":\""
                                        + asked.text("id")
                                        + "\",\"webauthn\":"
                                        + webauthn
                                        + "}"),
                        400,
                        "validation_failed");
            }
            assertError(
                    auth.call(
                            "POST",
                            "/factors/" + factor + "/verify",
                            token,
                            "{\"challenge_id\":\"" + asked.text("id") + "\",\"code\":\"123456\"}"),
                    400,
                    "validation_failed");
        }
    }

    @Test
    void keysAreSwitchedOff() {
        String factor;
        String token;
        try (RunningAuth auth = auth()) {
            token = auth.signUp("switch@example.com").text("access_token");
            factor = enroll(auth, token);
        }
        try (RunningAuth auth = auth("auth.mfa.webauthn=off")) {
            assertError(
                    auth.call("POST", "/factors", token, "{\"factor_type\":\"webauthn\"}"),
                    422,
                    "mfa_webauthn_enroll_not_enabled");
            assertError(
                    auth.call("POST", "/factors/" + factor + "/challenge", token, OURS),
                    422,
                    "mfa_webauthn_verify_not_enabled");
        }
        try (RunningAuth auth = auth("auth.mfa.webauthn=verify-only")) {
            assertError(
                    auth.call("POST", "/factors", token, "{\"factor_type\":\"webauthn\"}"),
                    422,
                    "mfa_webauthn_enroll_not_enabled");
            assertThat(challenge(auth, token, factor).status()).isEqualTo(200);
        }
    }

    /// Whoever has only the first factor neither adds a passkey nor takes one away.
    @Test
    void passkeysOfAGuardedAccountNeedTheSecondLevel() {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("guarded@example.com").text("access_token");
            SoftwareAuthenticator passkey = registered(auth, token);
            Answer early = auth.call("POST", "/passkeys/registration/options", token, "{}");
            String id =
                    items(auth.call("GET", "/passkeys", token, ""))
                            .get(0)
                            .findText("id")
                            .orElseThrow();
            String factor = enroll(auth, token);
            Answer asked = challenge(auth, token, factor);
            SoftwareAuthenticator key = new SoftwareAuthenticator(Algorithm.ES256);
            String second =
                    verify(auth, token, factor, asked, key.create(options(asked), PAGE))
                            .text("access_token");

            Answer session = signIn(auth, passkey);
            String first = session.text("access_token");
            assertThat(PasskeyCalls.claims(session).findText("aal")).contains("aal1");
            for (Answer refused :
                    List.of(
                            auth.call("POST", "/passkeys/registration/options", first, "{}"),
                            PasskeyCalls.verifyRegistration(
                                    auth,
                                    first,
                                    early,
                                    new SoftwareAuthenticator(Algorithm.ES256)
                                            .create(early.object("options"), PAGE)),
                            auth.call("DELETE", "/passkeys/" + id, first, ""))) {
                assertError(refused, 403, "insufficient_aal");
            }
            registered(auth, second);
            assertThat(auth.call("DELETE", "/passkeys/" + id, second, "").status()).isEqualTo(204);
        }
    }

    private static String enroll(RunningAuth auth, String token) {
        Answer enrolled =
                auth.call(
                        "POST",
                        "/factors",
                        token,
                        "{\"factor_type\":\"webauthn\",\"friendly_name\":\"Key\"}");
        assertThat(enrolled.text("type")).isEqualTo("webauthn");
        assertThat(enrolled.text("friendly_name")).isEqualTo("Key");
        return enrolled.text("id");
    }

    private static Answer challenge(RunningAuth auth, String token, String factor) {
        return auth.call("POST", "/factors/" + factor + "/challenge", token, OURS);
    }

    private static JsonObject options(Answer asked) {
        return asked.object("webauthn")
                .findObject("credential_options")
                .flatMap(options -> options.findObject("publicKey"))
                .orElseThrow();
    }

    private static Answer verify(
            RunningAuth auth, String token, String factor, Answer asked, JsonObject credential) {
        JsonObject webauthn =
                new JsonObjectBuilder()
                        .put("type", asked.object("webauthn").findText("type").orElse(""))
                        .put("rpId", "example.com")
                        .put(
                                "rpOrigins",
                                new JsonArray(List.of(new JsonString("https://app.example.com"))))
                        .put("credential_response", credential)
                        .build();
        return auth.call(
                "POST",
                "/factors/" + factor + "/verify",
                token,
                Json.write(
                        new JsonObjectBuilder()
                                .put("challenge_id", asked.text("id"))
                                .put("webauthn", webauthn)
                                .build()));
    }

    private static RunningAuth auth(String... more) {
        String[] settings = Arrays.copyOf(SITE, SITE.length + more.length);
        System.arraycopy(more, 0, settings, SITE.length, more.length);
        return new RunningAuth(vertx, database, settings);
    }
}
