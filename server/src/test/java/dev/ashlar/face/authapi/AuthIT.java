package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.RunningAuth.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.token.TokenKeys;
import dev.ashlar.auth.token.TokenSigner;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The sign-in dialect as a client meets it, on a real database.
class AuthIT {
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

    @Test
    void signUpAnswersASessionInTheShapeOfTheDialect() {
        Answer answer =
                auth.call(
                        "POST",
                        "/signup",
                        "",
                        "{\"email\":\" Ada@Example.com \",\"password\":\"correct horse\","
                                + "\"data\":{\"name\":\"Ada\"},\"code_challenge\":null}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(answer.body().members().keySet())
                .containsExactly(
                        "access_token",
                        "token_type",
                        "expires_in",
                        "expires_at",
                        "refresh_token",
                        "user");
        JsonObject user = answer.object("user");
        assertThat(user.members().keySet())
                .containsExactly(
                        "id",
                        "aud",
                        "role",
                        "email",
                        "phone",
                        "email_confirmed_at",
                        "confirmed_at",
                        "last_sign_in_at",
                        "app_metadata",
                        "user_metadata",
                        "identities",
                        "created_at",
                        "updated_at",
                        "is_anonymous");
        assertThat(user.findText("email")).contains("ada@example.com");
        assertThat(user.findText("phone")).contains("");
        assertThat(member(user, "app_metadata"))
                .isEqualTo("{\"provider\":\"email\",\"providers\":[\"email\"]}");
        JsonObject identity =
                (JsonObject)
                        ((JsonArray) user.find("identities").orElseThrow()).elements().getFirst();
        assertThat(identity.members().keySet())
                .containsExactly(
                        "identity_id",
                        "id",
                        "user_id",
                        "identity_data",
                        "provider",
                        "last_sign_in_at",
                        "created_at",
                        "updated_at",
                        "email");
        assertThat(user.findText("created_at").orElseThrow())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    }

    @Test
    void theAccessTokenHoldsTheClaimsOfTheDialect() {
        Answer answer = auth.signUp("claims@example.com");
        JsonObject claims = claims(answer.text("access_token"));
        assertThat(claims.members().keySet())
                .containsExactly(
                        "iss",
                        "sub",
                        "aud",
                        "exp",
                        "iat",
                        "email",
                        "phone",
                        "app_metadata",
                        "user_metadata",
                        "role",
                        "aal",
                        "amr",
                        "session_id",
                        "is_anonymous");
        assertThat(claims.findText("sub")).isEqualTo(answer.object("user").findText("id"));
        assertThat(claims.findText("role")).contains("authenticated");
        assertThat(claims.findText("aal")).contains("aal1");
        assertThat(member(claims, "amr"))
                .matches("\\[\\{\"method\":\"password\",\"timestamp\":\\d+}]");
        assertThat(member(answer.body(), "expires_in")).isEqualTo("3600");
    }

    @Test
    void nothingSecretIsStored() {
        Answer answer = auth.signUp("secret@example.com");
        String id = answer.object("user").findText("id").orElseThrow();
        assertThat(
                        database.ask(
                                "select encrypted_password from auth.users where id = '"
                                        + id
                                        + "'"))
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(
                        database.ask(
                                "select count(*) from auth.refresh_tokens where token = '"
                                        + answer.text("refresh_token")
                                        + "'"))
                .isEqualTo("0");
        assertThat(
                        database.ask(
                                "select string_agg(payload::text, ' ') from auth.audit_log_entries"))
                .doesNotContain("correct horse", answer.text("refresh_token"), "argon2");
        assertThat(
                        database.ask(
                                "select string_agg(payload->>'action', ',' order by created_at)"
                                        + " from auth.audit_log_entries where payload->>'actor_id' = '"
                                        + id
                                        + "'"))
                .isEqualTo("user_signedup");
    }

    @Test
    void signsInWithPasswordInAnyCaseOfTheAddress() {
        auth.signUp("case@example.com");
        Answer answer = auth.signIn(" CASE@example.com", "correct horse");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(auth.call("GET", "/user", answer.text("access_token"), "").status())
                .isEqualTo(200);
    }

    /// The same words and the same work, so that the time tells nothing either.
    @Test
    void unknownAccountAndWrongPasswordAreAlike() {
        auth.signUp("known@example.com");
        long start = auth.domain().hasher().computations();
        Answer wrong = auth.signIn("known@example.com", "wrong horse");
        long afterWrong = auth.domain().hasher().computations();
        Answer unknown = auth.signIn("unknown@example.com", "wrong horse");
        long afterUnknown = auth.domain().hasher().computations();
        assertError(wrong, 400, "invalid_credentials");
        assertThat(unknown).isEqualTo(wrong);
        assertThat(afterWrong - start).isOne();
        assertThat(afterUnknown - afterWrong).isOne();
        assertError(
                auth.signIn("known@example.com", "x".repeat(5_000)), 400, "invalid_credentials");
    }

    @Test
    void aTakenAddressIsRefusedAlsoInARace() {
        auth.signUp("taken@example.com");
        assertError(auth.signUp("Taken@example.com"), 422, "user_already_exists");
        List<Integer> statuses = Race.of(8, () -> auth.signUp("race@example.com").status());
        assertThat(statuses).containsOnly(200, 422).containsOnlyOnce(200).hasSize(8);
    }

    @Test
    void refusesWhatItCannotUnderstand() {
        assertError(auth.call("POST", "/signup", "", ""), 400, "bad_json");
        assertError(auth.call("POST", "/signup", "", "{\"email\":"), 400, "bad_json");
        assertError(auth.call("POST", "/signup", "", "[]"), 400, "bad_json");
        assertError(auth.call("POST", "/signup", "", "{\"email\":1}"), 400, "bad_json");
        assertError(
                auth.call("POST", "/signup", "", "{\"email\":\"a@b.example\",\"data\":[]}"),
                400,
                "bad_json");
        assertError(
                auth.call("POST", "/signup", "", credentials("a@b.example", "a\\u0000bcdefghi")),
                400,
                "bad_json");
        assertError(
                auth.call("POST", "/signup", "", credentials("a@b.example", "a\\ud800bcdefghi")),
                400,
                "bad_json");
        assertError(
                auth.call("POST", "/signup", "", "{\"data\":{\"n\":1e999999}}"), 400, "bad_json");
        assertError(auth.call("POST", "/signup", "", "[".repeat(100_000)), 400, "bad_json");
        assertError(
                auth.call("POST", "/signup", "", " ".repeat(300_000)), 413, "request_too_large");
        assertError(
                auth.call("POST", "/signup", "", "{\"email\":\"a@b.example\"}"),
                400,
                "validation_failed");
        assertError(auth.signUp("no-address"), 400, "validation_failed");
        assertError(
                auth.call("POST", "/signup", "", "{\"phone\":\"4915112345\",\"password\":\"x\"}"),
                400,
                "phone_provider_disabled");
        String large =
                "{\"email\":\"l@b.example\",\"password\":\"correct horse\",\"data\":{\"x\":\""
                        + "x".repeat(5_000)
                        + "\"}}";
        assertError(auth.call("POST", "/signup", "", large), 400, "validation_failed");
        assertError(auth.call("GET", "/nowhere", "", ""), 404, "not_found");
        assertError(auth.call("DELETE", "/signup", "", ""), 405, "validation_failed");
    }

    @Test
    void refusesGrantsItDoesNotKnow() {
        for (String query : List.of("", "?grant_type=", "?grant_type=implicit", "?x=password")) {
            assertError(
                    auth.call("POST", "/token" + query, "", "{}"), 400, "unsupported_grant_type");
        }
        String token = "/token?grant_type=";
        assertError(auth.call("POST", token + "password", "", "{}"), 400, "validation_failed");
        assertError(
                auth.call("POST", token + "password", "", "{\"email\":\"a@b.example\"}"),
                400,
                "validation_failed");
        assertError(
                auth.call(
                        "POST",
                        token + "password",
                        "",
                        "{\"phone\":\"4915112345\",\"password\":\"x\"}"),
                400,
                "phone_provider_disabled");
        assertError(auth.call("POST", token + "refresh_token", "", "{}"), 400, "validation_failed");
        assertError(auth.refresh("unknown"), 400, "refresh_token_not_found");
    }

    @Test
    void shortAndEndlessPasswordsAreRefused() {
        Answer weak = auth.call("POST", "/signup", "", credentials("w@b.example", "x7-Kq9z"));
        assertError(weak, 422, "weak_password");
        assertThat(Json.write(weak.object("weak_password")))
                .isEqualTo("{\"reasons\":[\"length\"]}");
        // Four characters, each of two Java chars.
        assertError(
                auth.call("POST", "/signup", "", credentials("w@b.example", "😀😀😀😀")),
                422,
                "weak_password");
        assertError(
                auth.call("POST", "/signup", "", credentials("w@b.example", "x".repeat(1_001))),
                400,
                "validation_failed");
    }

    @Test
    void clientsWithoutVersionGetTheOlderForm() {
        Answer old =
                auth.call(
                        new SentRequest(
                                "POST",
                                "/auth/v1/token?grant_type=password",
                                Map.of(),
                                credentials("x@b.example", "12345678")));
        assertThat(Json.write(old.body()))
                .isEqualTo(
                        "{\"code\":400,\"error_code\":\"invalid_credentials\","
                                + "\"msg\":\"Invalid login credentials\"}");
        assertThat(old.headers())
                .containsEntry("x-sb-error-code", "invalid_credentials")
                .doesNotContainKey("X-Supabase-Api-Version");
    }

    @Test
    void theUserIsRefusedWithoutAGoodToken() {
        assertError(auth.call("GET", "/user", "", ""), 401, "no_authorization");
        assertError(auth.call("GET", "/user", "nonsense", ""), 403, "bad_jwt");
        assertError(auth.call("GET", "/user", auth.anonKey(), ""), 403, "bad_jwt");
        String nobody = token(UUID.randomUUID().toString(), null);
        assertError(auth.call("GET", "/user", nobody, ""), 403, "user_not_found");
        assertError(auth.call("GET", "/user", token("not-a-uuid", null), ""), 403, "bad_jwt");
    }

    /// A session belongs to one account: a token that names another's is not taken.
    @Test
    void aSessionOfSomebodyElseIsNotFound() {
        Answer one = auth.signUp("one@example.com");
        Answer two = auth.signUp("two@example.com");
        String mixed =
                token(
                        one.object("user").findText("id").orElseThrow(),
                        claims(two.text("access_token")).findText("session_id").orElseThrow());
        assertError(auth.call("GET", "/user", mixed, ""), 403, "session_not_found");
        String own = token(one.object("user").findText("id").orElseThrow(), null);
        assertThat(auth.call("GET", "/user", own, "").status()).isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSessionsOfItsScope() {
        auth.signUp("out@example.com");
        Answer first = auth.signIn("out@example.com", "correct horse");
        Answer second = auth.signIn("out@example.com", "correct horse");
        Answer third = auth.signIn("out@example.com", "correct horse");
        assertThat(out("local", first).status()).isEqualTo(204);
        assertGone(first);
        assertThat(user(second).status()).isEqualTo(200);
        assertThat(out("others", second).status()).isEqualTo(204);
        assertGone(third);
        assertThat(user(second).status()).isEqualTo(200);
        assertError(out("elsewhere", second), 400, "validation_failed");
        Answer fourth = auth.signIn("out@example.com", "correct horse");
        assertThat(auth.call("POST", "/logout", second.text("access_token"), "").status())
                .isEqualTo(204);
        assertGone(second);
        assertGone(fourth);
        assertError(out("global", second), 403, "session_not_found");
        assertError(auth.call("POST", "/logout", "", ""), 401, "no_authorization");
    }

    @Test
    void peopleChangeTheirOwnData() {
        Answer session = auth.signUp("change@example.com");
        Answer changed = change(session, "{\"data\":{\"name\":\"Ada\",\"age\":36}}");
        assertThat(changed.status()).isEqualTo(200);
        changed = change(session, "{\"data\":{\"age\":null,\"city\":\"London\"}}");
        assertThat(Json.write(changed.object("user_metadata")))
                .isEqualTo("{\"name\":\"Ada\",\"city\":\"London\"}");
        assertThat(user(session).object("user_metadata"))
                .isEqualTo(changed.object("user_metadata"));
        assertError(
                change(session, "{\"data\":{\"x\":\"" + "x".repeat(5_000) + "\"}}"),
                400,
                "validation_failed");
        assertError(change(session, "{\"phone\":\"4915112345\"}"), 400, "phone_provider_disabled");
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() {
        Answer session = auth.signUp("newpass@example.com");
        Answer other = auth.signIn("newpass@example.com", "correct horse");
        assertError(change(session, "{\"password\":\"short\"}"), 422, "weak_password");
        assertError(change(session, "{\"password\":\"correct horse\"}"), 422, "same_password");
        assertError(
                change(session, "{\"password\":\"battery staple\",\"current_password\":\"no\"}"),
                400,
                "current_password_mismatch");
        assertThat(
                        change(
                                        session,
                                        "{\"password\":\"battery staple\","
                                                + "\"current_password\":\"correct horse\"}")
                                .status())
                .isEqualTo(200);
        assertGone(other);
        assertThat(user(session).status()).isEqualTo(200);
        assertError(
                auth.signIn("newpass@example.com", "correct horse"), 400, "invalid_credentials");
        assertThat(auth.signIn("newpass@example.com", "battery staple").status()).isEqualTo(200);
    }

    @Test
    void aNewAddressIsTheOneToSignInWith() {
        auth.signUp("occupied@example.com");
        Answer session = auth.signUp("before@example.com");
        assertError(change(session, "{\"email\":\"occupied@example.com\"}"), 422, "email_exists");
        Answer changed = change(session, "{\"email\":\"After@example.com\"}");
        assertThat(changed.text("email")).isEqualTo("after@example.com");
        assertThat(user(session).body()).isEqualTo(changed.body());
        assertThat(auth.signIn("after@example.com", "correct horse").status()).isEqualTo(200);
        assertThat(auth.signUp("before@example.com").status()).isEqualTo(200);
    }

    @Test
    void anybodyMayAskAboutTheService() {
        Answer settings = auth.call("GET", "/settings", "", "");
        assertThat(settings.object("external").members()).containsKeys("email", "google");
        assertThat(settings.body().members())
                .containsKeys("disable_signup", "mailer_autoconfirm", "saml_enabled");
        assertThat(auth.call("GET", "/health", "", "").text("version")).isEqualTo("0.0.0");
        Answer keys = auth.call("GET", "/.well-known/jwks.json", "", "");
        assertThat(Json.write(keys.body())).contains("ES256").doesNotContain("\"d\":");
    }

    @Test
    void confirmationIsAwaitedWhereTheSettingSaysSo() {
        try (RunningAuth strict = new RunningAuth(vertx, database, "auth.autoconfirm=false")) {
            auth.signUp("hidden@example.com");
            long start = strict.domain().hasher().computations();
            Answer fresh = strict.signUp("fresh@example.com");
            Answer taken = strict.signUp("hidden@example.com");
            assertThat(strict.domain().hasher().computations() - start).isEqualTo(2);
            assertThat(fresh.status()).isEqualTo(200);
            assertThat(taken.status()).isEqualTo(200);
            assertThat(shape(taken.body())).isEqualTo(shape(fresh.body()));
            assertThat(fresh.body().members()).doesNotContainKey("confirmed_at");
            assertError(
                    strict.signIn("fresh@example.com", "correct horse"),
                    400,
                    "email_not_confirmed");
            assertError(
                    strict.signIn("fresh@example.com", "wrong horse"), 400, "invalid_credentials");
            Answer session = strict.signIn("hidden@example.com", "correct horse");
            Answer pending =
                    strict.call(
                            "PUT",
                            "/user",
                            session.text("access_token"),
                            "{\"email\":\"later@example.com\"}");
            assertThat(pending.text("email")).isEqualTo("hidden@example.com");
            assertThat(pending.text("new_email")).isEqualTo("later@example.com");
        }
    }

    @Test
    void signUpCanBeClosed() {
        try (RunningAuth closed = new RunningAuth(vertx, database, "auth.disable-signup=true")) {
            assertError(closed.signUp("late@example.com"), 422, "signup_disabled");
        }
    }

    @Test
    void anonymousAccountsBecomePermanentWithAnAddress() {
        assertError(
                auth.call("POST", "/signup", "", "{\"data\":{}}"),
                422,
                "anonymous_provider_disabled");
        try (RunningAuth open = new RunningAuth(vertx, database, "auth.anonymous-sign-in=true")) {
            Answer session = open.call("POST", "/signup", "", "{\"data\":{\"a\":1}}");
            String token = session.text("access_token");
            assertThat(member(claims(token), "is_anonymous")).isEqualTo("true");
            Answer named =
                    open.call(
                            "PUT",
                            "/user",
                            token,
                            "{\"email\":\"named@example.com\",\"password\":\"correct horse\"}");
            assertThat(member(named.body(), "is_anonymous")).isEqualTo("false");
            Answer back = open.signIn("named@example.com", "correct horse");
            assertThat(back.object("user").findText("id"))
                    .isEqualTo(session.object("user").findText("id"));
        }
    }

    @Test
    void tooManyAttemptsAreRefusedForAWhile() {
        try (RunningAuth slow =
                new RunningAuth(
                        vertx,
                        database,
                        "auth.account-sign-ins-per-minute=3",
                        "auth.sign-ups-per-minute=1",
                        "auth.refreshes-per-minute=1")) {
            for (int i = 0; i < 3; i++) {
                assertError(slow.signIn("l@example.com", "wrong"), 400, "invalid_credentials");
            }
            Answer refused = slow.signIn("l@example.com", "wrong");
            assertError(refused, 429, "over_request_rate_limit");
            assertThat(refused.headers()).containsKey("Retry-After");
            assertError(slow.signIn("m@example.com", "wrong"), 400, "invalid_credentials");
            slow.pass(Duration.ofSeconds(21));
            assertError(slow.signIn("l@example.com", "wrong"), 400, "invalid_credentials");
            slow.signUp("n@example.com");
            assertError(slow.signUp("o@example.com"), 429, "over_request_rate_limit");
            slow.refresh("x");
            assertError(slow.refresh("x"), 429, "over_request_rate_limit");
        }
    }

    @Test
    void changesOfPasswordAreLimitedLikeSignIns() {
        try (RunningAuth slow = new RunningAuth(vertx, database, "auth.sign-ins-per-minute=1")) {
            String token = slow.signUp("changes@example.com").text("access_token");
            String body = "{\"password\":\"correct horse\"}";
            assertError(slow.call("PUT", "/user", token, body), 422, "same_password");
            assertError(slow.call("PUT", "/user", token, body), 429, "over_request_rate_limit");
        }
    }

    @Test
    void aBrokenDatabaseIsNoAnswerAboutTheUser() {
        DatabaseForTests broken = PostgresForTests.fresh();
        broken.executeAs("supabase_auth_admin", "alter table auth.users rename to users_gone");
        try (RunningAuth failing = new RunningAuth(vertx, broken)) {
            Answer answer = failing.signIn("a@example.com", "correct horse");
            assertError(answer, 500, "unexpected_failure");
            assertThat(answer.text("message")).contains("request-1").doesNotContain("auth.users");
        }
    }

    static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status() + " " + answer.body().findText("code").orElse("-"))
                .as("%s", answer.body())
                .isEqualTo(status + " " + code);
        assertThat(answer.headers())
                .containsEntry("x-sb-error-code", code)
                .containsEntry("X-Supabase-Api-Version", "2024-01-01");
        assertThat(answer.text("message")).isNotBlank();
    }

    private static String member(JsonObject object, String name) {
        return Json.write(object.find(name).orElseThrow());
    }

    private static void assertGone(Answer session) {
        assertError(user(session), 403, "session_not_found");
        assertError(auth.refresh(session.text("refresh_token")), 400, "refresh_token_not_found");
    }

    private static Answer user(Answer session) {
        return auth.call("GET", "/user", session.text("access_token"), "");
    }

    private static Answer change(Answer session, String body) {
        return auth.call("PUT", "/user", session.text("access_token"), body);
    }

    private static Answer out(String scope, Answer session) {
        return auth.call("POST", "/logout?scope=" + scope, session.text("access_token"), "");
    }

    /// Which members there are, at every depth.
    private static Map<String, Object> shape(JsonObject object) {
        Map<String, Object> shape = new LinkedHashMap<>();
        object.members()
                .forEach((name, value) ->
                        shape.put(
                                name,
                                switch (value) {
                                    case JsonObject inner -> shape(inner);
                                    case JsonArray list ->
                                            list.elements().stream()
                                                    .map(AuthIT::elementShape)
                                                    .toList();
                                    default -> value.getClass().getSimpleName();
                                }));
        return shape;
    }

    private static Object elementShape(JsonValue element) {
        return element instanceof JsonObject inner ? shape(inner) : element;
    }

    private static String token(String subject, @Nullable String session) {
        TokenKeys keys = TokenKeys.of(RunningAuth.SECRET);
        return new TokenSigner(() -> keys)
                .sign(
                        new JsonObjectBuilder()
                                .put("sub", subject)
                                .put("role", "authenticated")
                                .putIfPresent("session_id", session)
                                .build());
    }

    static JsonObject claims(String token) {
        try {
            byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
            return (JsonObject) Json.parse(new String(payload, StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }
}
