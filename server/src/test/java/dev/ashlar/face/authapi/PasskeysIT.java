package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static dev.ashlar.face.authapi.PasskeyCalls.PAGE;
import static dev.ashlar.face.authapi.PasskeyCalls.body;
import static dev.ashlar.face.authapi.PasskeyCalls.items;
import static dev.ashlar.face.authapi.PasskeyCalls.registered;
import static dev.ashlar.face.authapi.PasskeyCalls.signIn;
import static dev.ashlar.face.authapi.PasskeyCalls.verifyAuthentication;
import static dev.ashlar.face.authapi.PasskeyCalls.verifyRegistration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import dev.ashlar.testing.SoftwareAuthenticator;
import dev.ashlar.testing.SoftwareAuthenticator.Algorithm;
import dev.ashlar.testing.SoftwareAuthenticator.Habits;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Passkeys from registration to deletion, and what is refused.
class PasskeysIT {
    private static final String[] ON = {
        "auth.passkeys.enabled=true",
        "auth.site-url=https://app.example.com",
        "auth.passkeys.rp-id=example.com",
        "auth.passkeys.rp-name=Example"
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
    void aPasskeySignsIn() {
        try (RunningAuth auth = auth()) {
            Answer session = auth.signUp("ada@example.com");
            String token = session.text("access_token");
            String id = session.object("user").findText("id").orElseThrow();
            Answer options = auth.call("POST", "/passkeys/registration/options", token, "{}");
            assertThat(options.status()).isEqualTo(200);
            assertThat(options.body().find("expires_at")).isPresent();
            JsonObject creation = options.object("options");
            assertThat(creation.findObject("rp").orElseThrow())
                    .hasToString(
                            new JsonObjectBuilder()
                                    .put("id", "example.com")
                                    .put("name", "Example")
                                    .build()
                                    .toString());
            assertThat(creation.findObject("user").orElseThrow().findText("name"))
                    .contains("ada@example.com");
            SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
            Answer registered =
                    verifyRegistration(auth, token, options, authenticator.create(creation, PAGE));
            assertThat(registered.status()).isEqualTo(200);
            assertThat(registered.body().findText("friendly_name")).isEmpty();
            assertThat(registered.text("created_at")).isNotEmpty();

            JsonObject excluded =
                    auth.call("POST", "/passkeys/registration/options", token, "{}")
                            .object("options");
            assertThat(Json.write(excluded)).contains("\"id\":\"" + authenticator.id() + "\"");

            Answer request = auth.call("POST", "/passkeys/authentication/options", "", "{}");
            assertThat(request.object("options").find("allowCredentials")).isEmpty();
            Answer signedIn = signIn(auth, authenticator);
            assertThat(signedIn.status()).isEqualTo(200);
            assertThat(signedIn.object("user").findText("id")).contains(id);
            JsonObject claims = PasskeyCalls.claims(signedIn);
            assertThat(claims.findText("aal")).contains("aal1");
            assertThat(Json.write(claims)).contains("\"method\":\"passkey\"");
            assertThat(auth.refresh(signedIn.text("refresh_token")).status()).isEqualTo(200);

            assertThat(audited(id)).contains("passkey_created", "login");
        }
    }

    @Test
    void ownersListNameAndDelete() {
        try (RunningAuth auth = auth()) {
            Answer session = auth.signUp("owner@example.com");
            String token = session.text("access_token");
            SoftwareAuthenticator authenticator = registered(auth, token);
            List<JsonObject> items = items(auth.call("GET", "/passkeys", token, ""));
            assertThat(items).hasSize(1);
            assertThat(items.get(0).findText("last_used_at")).isEmpty();
            String path = "/passkeys/" + items.get(0).findText("id").orElseThrow();
            Answer renamed = auth.call("PATCH", path, token, "{\"friendly_name\":\"Laptop\"}");
            assertThat(renamed.text("friendly_name")).isEqualTo("Laptop");
            assertThat(signIn(auth, authenticator).status()).isEqualTo(200);
            JsonObject used = items(auth.call("GET", "/passkeys", token, "")).get(0);
            assertThat(used.findText("last_used_at")).isPresent();
            assertThat(used.findText("friendly_name")).contains("Laptop");
            for (String body : List.of("{}", "{\"friendly_name\":\"" + "x".repeat(121) + "\"}")) {
                assertError(auth.call("PATCH", path, token, body), 400, "validation_failed");
            }

            String stranger = auth.signUp("nosy@example.com").text("access_token");
            assertThat(items(auth.call("GET", "/passkeys", stranger, ""))).isEmpty();
            for (String other : List.of(path, "/passkeys/x", "/passkeys/" + UUID.randomUUID())) {
                assertError(
                        auth.call("PATCH", other, stranger, "{\"friendly_name\":\"Mine\"}"),
                        404,
                        "webauthn_credential_not_found");
                assertError(
                        auth.call("DELETE", other, stranger, ""),
                        404,
                        "webauthn_credential_not_found");
            }
            assertThat(auth.call("DELETE", path, token, "").status()).isEqualTo(204);
            assertError(signIn(auth, authenticator), 400, "webauthn_verification_failed");
            String id = session.object("user").findText("id").orElseThrow();
            assertThat(audited(id)).contains("passkey_updated", "passkey_deleted");
        }
    }

    @Test
    void adminsListAndDelete() {
        try (RunningAuth auth = auth()) {
            Answer session = auth.signUp("watched@example.com");
            String token = session.text("access_token");
            registered(auth, token);
            String path =
                    "/admin/users/"
                            + session.object("user").findText("id").orElseThrow()
                            + "/passkeys";
            List<JsonObject> items = items(auth.call("GET", path, auth.serviceKey(), ""));
            assertThat(items).hasSize(1);
            String one = path + "/" + items.get(0).findText("id").orElseThrow();
            assertError(auth.call("GET", path, token, ""), 403, "not_admin");
            assertError(auth.call("DELETE", one, token, ""), 403, "not_admin");
            assertThat(auth.call("DELETE", one, auth.serviceKey(), "").status()).isEqualTo(204);
            assertError(
                    auth.call("DELETE", one, auth.serviceKey(), ""),
                    404,
                    "webauthn_credential_not_found");
            assertError(
                    auth.call(
                            "GET",
                            "/admin/users/" + UUID.randomUUID() + "/passkeys",
                            auth.serviceKey(),
                            ""),
                    404,
                    "user_not_found");
        }
    }

    @Test
    void nothingIsOfferedUnlessSwitchedOn() {
        try (RunningAuth auth = new RunningAuth(vertx, database)) {
            String token = auth.signUp("off@example.com").text("access_token");
            String verify = "{\"challenge_id\":\"" + UUID.randomUUID() + "\",\"credential\":%s}";
            SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
            JsonObject options = dummyOptions();
            for (Answer answer :
                    List.of(
                            auth.call("POST", "/passkeys/registration/options", token, "{}"),
                            auth.call(
                                    "POST",
                                    "/passkeys/registration/verify",
                                    token,
                                    verify.formatted(
                                            Json.write(authenticator.create(options, PAGE)))),
                            auth.call("POST", "/passkeys/authentication/options", "", ""),
                            auth.call(
                                    "POST",
                                    "/passkeys/authentication/verify",
                                    "",
                                    verify.formatted(Json.write(authenticator.get(options, PAGE)))),
                            auth.call("GET", "/passkeys", token, ""),
                            auth.call("DELETE", "/passkeys/" + UUID.randomUUID(), token, ""))) {
                assertError(answer, 404, "passkey_disabled");
            }
        }
    }

    @Test
    void aChallengeIsForOnePersonOneCeremonyAndOneAnswer() {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("once@example.com").text("access_token");
            String other = auth.signUp("other@example.com").text("access_token");
            SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
            Answer options = auth.call("POST", "/passkeys/registration/options", token, "{}");
            JsonObject credential = authenticator.create(options.object("options"), PAGE);
            assertError(
                    verifyRegistration(auth, other, options, credential),
                    400,
                    "webauthn_challenge_not_found");
            assertError(
                    auth.call(
                            "POST",
                            "/passkeys/authentication/verify",
                            "",
                            body(options, authenticator.get(options.object("options"), PAGE))),
                    400,
                    "webauthn_challenge_not_found");
            assertThat(verifyRegistration(auth, token, options, credential).status())
                    .isEqualTo(200);
            assertError(
                    verifyRegistration(auth, token, options, credential),
                    400,
                    "webauthn_challenge_not_found");

            Answer request = auth.call("POST", "/passkeys/authentication/options", "", "{}");
            JsonObject wrong =
                    authenticator.get(
                            request.object("options"),
                            new Habits("https://evil.example", "example.com"));
            assertError(
                    verifyAuthentication(auth, request, wrong),
                    400,
                    "webauthn_verification_failed");
            JsonObject right = authenticator.get(request.object("options"), PAGE);
            assertError(
                    verifyAuthentication(auth, request, right),
                    400,
                    "webauthn_challenge_not_found");
            assertError(
                    auth.call(
                            "POST",
                            "/passkeys/authentication/verify",
                            "",
                            "{\"challenge_id\":\"x\",\"credential\":" + Json.write(right) + "}"),
                    400,
                    "webauthn_challenge_not_found");
        }
    }

    @Test
    void challengesExpireAndAreSwept() {
        DatabaseForTests own = PostgresForTests.fresh();
        try (RunningAuth auth = new RunningAuth(vertx, own, ON)) {
            String token = auth.signUp("slow@example.com").text("access_token");
            SoftwareAuthenticator authenticator = registered(auth, token);
            Answer options = auth.call("POST", "/passkeys/registration/options", token, "{}");
            Answer request = auth.call("POST", "/passkeys/authentication/options", "", "{}");
            auth.call("POST", "/passkeys/authentication/options", "", "{}");
            auth.pass(Duration.ofMinutes(6));
            assertError(
                    verifyRegistration(
                            auth,
                            token,
                            options,
                            new SoftwareAuthenticator(Algorithm.ES256)
                                    .create(options.object("options"), PAGE)),
                    400,
                    "webauthn_challenge_expired");
            assertError(
                    verifyAuthentication(
                            auth, request, authenticator.get(request.object("options"), PAGE)),
                    400,
                    "webauthn_challenge_expired");
            assertThat(own.ask("select count(*) from auth.webauthn_challenges")).isEqualTo("1");
            auth.domain().housekeeping().sweep();
            assertThat(own.ask("select count(*) from auth.webauthn_challenges")).isEqualTo("0");
        }
    }

    @Test
    void ofManyWithOneChallengeOneIsServed() {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("race@example.com").text("access_token");
            SoftwareAuthenticator authenticator = registered(auth, token);
            Answer request = auth.call("POST", "/passkeys/authentication/options", "", "{}");
            JsonObject answer = authenticator.get(request.object("options"), PAGE);
            List<Integer> statuses =
                    Race.of(12, () -> verifyAuthentication(auth, request, answer).status());
            assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
            assertThat(statuses).containsOnly(200, 400);

            Answer options = auth.call("POST", "/passkeys/registration/options", token, "{}");
            JsonObject credential =
                    new SoftwareAuthenticator(Algorithm.ES256)
                            .create(options.object("options"), PAGE);
            assertThat(
                            Race.of(
                                    12,
                                    () ->
                                            verifyRegistration(auth, token, options, credential)
                                                    .status()))
                    .containsOnlyOnce(200)
                    .containsOnly(200, 400);
        }
    }

    /// One counter value is good for one signature, also with two challenges.
    @Test
    void aClonedPasskeyIsRefusedAndNoted() {
        try (RunningAuth auth = auth()) {
            Answer session = auth.signUp("clone@example.com");
            SoftwareAuthenticator authenticator = registered(auth, session.text("access_token"));
            authenticator.setCounter(9);
            assertThat(signIn(auth, authenticator).status()).isEqualTo(200);
            authenticator.setCounter(9);
            assertError(signIn(auth, authenticator), 400, "webauthn_verification_failed");
            String id = session.object("user").findText("id").orElseThrow();
            assertThat(audited(id)).contains("passkey_counter_went_back");
        }
    }

    @Test
    void unknownPasskeysAndForeignHandlesAreRefusedAlike() {
        try (RunningAuth auth = auth()) {
            Answer victim = auth.signUp("victim@example.com");
            registered(auth, victim.text("access_token"));
            SoftwareAuthenticator mine =
                    registered(auth, auth.signUp("thief@example.com").text("access_token"));
            SoftwareAuthenticator unknown = new SoftwareAuthenticator(Algorithm.ES256);
            unknown.create(dummyOptions(), PAGE);
            Answer refused = signIn(auth, unknown);
            assertError(refused, 400, "webauthn_verification_failed");
            mine.setUserHandle(handle(victim));
            Answer foreign = signIn(auth, mine);
            assertError(foreign, 400, "webauthn_verification_failed");
            assertThat(foreign.body()).isEqualTo(refused.body());
            mine.setUserHandle("");
            assertError(signIn(auth, mine), 400, "webauthn_verification_failed");
        }
    }

    @Test
    void oneCredentialIsRegisteredOnce() {
        try (RunningAuth auth = auth()) {
            SoftwareAuthenticator authenticator =
                    registered(auth, auth.signUp("first@example.com").text("access_token"));
            String token = auth.signUp("second@example.com").text("access_token");
            Answer options = auth.call("POST", "/passkeys/registration/options", token, "{}");
            assertError(
                    verifyRegistration(
                            auth,
                            token,
                            options,
                            authenticator.create(options.object("options"), PAGE)),
                    422,
                    "webauthn_credential_exists");
        }
    }

    @Test
    void anAccountHasSoManyAndNoMore() {
        try (RunningAuth auth = auth("auth.passkeys.max-per-account=2")) {
            String token = auth.signUp("many@example.com").text("access_token");
            registered(auth, token);
            List<Integer> statuses =
                    Race.of(
                            6,
                            () -> {
                                Answer options =
                                        auth.call(
                                                "POST",
                                                "/passkeys/registration/options",
                                                token,
                                                "{}");
                                return options.status() == 200
                                        ? verifyRegistration(
                                                        auth,
                                                        token,
                                                        options,
                                                        new SoftwareAuthenticator(Algorithm.ES256)
                                                                .create(
                                                                        options.object("options"),
                                                                        PAGE))
                                                .status()
                                        : options.status();
                            });
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 422);
            assertError(
                    auth.call("POST", "/passkeys/registration/options", token, "{}"),
                    422,
                    "too_many_passkeys");
        }
    }

    @Test
    void bannedAndDeletedPeopleStayOut() {
        try (RunningAuth auth = auth()) {
            Answer session = auth.signUp("bad@example.com");
            SoftwareAuthenticator authenticator = registered(auth, session.text("access_token"));
            String user = session.object("user").findText("id").orElseThrow();
            String path = "/admin/users/" + user;
            auth.call("PUT", path, auth.serviceKey(), "{\"ban_duration\":\"24h\"}");
            assertError(signIn(auth, authenticator), 400, "user_banned");
            auth.call("PUT", path, auth.serviceKey(), "{\"ban_duration\":\"none\"}");
            assertThat(signIn(auth, authenticator).status()).isEqualTo(200);
            auth.call("DELETE", path, auth.serviceKey(), "{\"should_soft_delete\":true}");
            assertError(signIn(auth, authenticator), 400, "webauthn_verification_failed");
            assertThat(
                            database.ask(
                                    "select count(*) from auth.webauthn_credentials where user_id"
                                            + " = '"
                                            + user
                                            + "'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void onlyConfirmedPeopleHavePasskeys() {
        try (RunningAuth auth = auth("auth.anonymous-sign-in=true")) {
            Answer nobody = auth.call("POST", "/signup", "", "{}");
            assertError(
                    auth.call(
                            "POST",
                            "/passkeys/registration/options",
                            nobody.text("access_token"),
                            "{}"),
                    400,
                    "validation_failed");
            Answer session = auth.signUp("unsure@example.com");
            SoftwareAuthenticator authenticator = registered(auth, session.text("access_token"));
            String user = session.object("user").findText("id").orElseThrow();
            database.ask(
                    "update auth.users set email_confirmed_at = null where id = '"
                            + user
                            + "' returning 1");
            assertError(
                    auth.call(
                            "POST",
                            "/passkeys/registration/options",
                            session.text("access_token"),
                            "{}"),
                    400,
                    "email_not_confirmed");
            assertError(signIn(auth, authenticator), 400, "email_not_confirmed");
        }
    }

    @Test
    void challengesAreLimitedPerAddress() {
        try (RunningAuth auth = auth("auth.sign-ins-per-minute=5")) {
            for (int i = 0; i < 5; i++) {
                assertThat(auth.call("POST", "/passkeys/authentication/options", "", "").status())
                        .isEqualTo(200);
            }
            assertError(
                    auth.call("POST", "/passkeys/authentication/options", "", ""),
                    429,
                    "over_request_rate_limit");
        }
    }

    @Test
    void badBodiesAreToldSo() {
        try (RunningAuth auth = auth()) {
            String token = auth.signUp("clumsy@example.com").text("access_token");
            String id = "\"challenge_id\":\"" + UUID.randomUUID() + "\"";
            for (String body :
                    List.of(
                            "{}",
                            "{" + id + "}",
                            "{\"credential\":{}}",
                            "{" + id + ",\"credential\":{}}",
                            "{" + id + ",\"credential\":{\"type\":\"public-key\",\"id\":7}}",
                            "{"
                                    + id
                                    + ",\"credential\":{\"type\":\"public-key\",\"id\":\"AA\","
                                    + "\"rawId\":\"AA\",\"response\":{\"clientDataJSON\":\"*\"}}}")) {
                assertError(
                        auth.call("POST", "/passkeys/registration/verify", token, body),
                        400,
                        "validation_failed");
                assertError(
                        auth.call("POST", "/passkeys/authentication/verify", "", body),
                        400,
                        "validation_failed");
            }
            assertError(
                    auth.call("POST", "/passkeys/registration/options", "", "{}"),
                    401,
                    "no_authorization");
        }
    }

    @Test
    void settingsThatCannotWorkAreRefusedAtTheStart() {
        for (String wrong :
                List.of(
                        "auth.passkeys.rp-id=https://example.com",
                        "auth.passkeys.rp-id=127.0.0.1",
                        "auth.passkeys.origins=https://app.example.com/",
                        "auth.passkeys.origins=app.example.com",
                        "auth.passkeys.challenge-lifetime=2h",
                        "auth.passkeys.max-per-account=0")) {
            assertThatThrownBy(() -> new RunningAuth(vertx, database, wrong))
                    .as(wrong)
                    .hasMessageContaining("auth.passkeys");
        }
        assertThatThrownBy(() ->
                        new RunningAuth(
                                vertx,
                                database,
                                "auth.passkeys.enabled=true",
                                "auth.site-url=http://127.0.0.1:3000"))
                .hasMessageContaining("auth.passkeys.rp-id");
    }

    private static JsonObject dummyOptions() {
        return new JsonObjectBuilder()
                .put("challenge", "AAAA")
                .put("user", new JsonObjectBuilder().put("id", "AAAA").build())
                .build();
    }

    private static String handle(Answer session) {
        UUID id = UUID.fromString(session.object("user").findText("id").orElseThrow());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(16)
                                .putLong(id.getMostSignificantBits())
                                .putLong(id.getLeastSignificantBits())
                                .array());
    }

    private static List<String> audited(String account) {
        String actions =
                String.valueOf(
                        database.ask(
                                "select string_agg(payload->>'action', ' ') from"
                                        + " auth.audit_log_entries where payload->>'actor_id' = '"
                                        + account
                                        + "'"));
        return List.of(actions.split(" "));
    }

    private static RunningAuth auth(String... more) {
        String[] settings = Arrays.copyOf(ON, ON.length + more.length);
        System.arraycopy(more, 0, settings, ON.length, more.length);
        return new RunningAuth(vertx, database, settings);
    }
}
