package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the OAuth server refuses, and in which words.
class OAuthInputIT {
    private static Vertx vertx;
    private static DatabaseForTests database;
    private static RunningAuth auth;
    private static OAuthFlow client;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
        auth =
                new RunningAuth(
                        vertx,
                        database,
                        "auth.oauth-server.enabled=true",
                        "auth.oauth-server.dynamic-registration=true",
                        "auth.oauth-server.registrations-per-minute=1000");
        client = OAuthFlow.confidential(auth);
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }

    private static void assertOAuth(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.text("error_description")).isNotEmpty();
    }

    @Test
    void everyEndpointSaysThatItIsOff() {
        try (RunningAuth off = new RunningAuth(vertx, database)) {
            String token = off.signUp(UUID.randomUUID() + "@x.example").text("access_token");
            for (String[] call :
                    List.of(
                            new String[] {"GET", "/admin/oauth/clients"},
                            new String[] {"POST", "/admin/oauth/clients"},
                            new String[] {"GET", "/admin/oauth/clients/x"},
                            new String[] {"PUT", "/admin/oauth/clients/x"},
                            new String[] {"DELETE", "/admin/oauth/clients/x"},
                            new String[] {"POST", "/admin/oauth/clients/x/regenerate_secret"},
                            new String[] {"POST", "/oauth/clients/register"},
                            new String[] {"GET", "/oauth/authorize"},
                            new String[] {"GET", "/oauth/authorizations/x"},
                            new String[] {"POST", "/oauth/authorizations/x/consent"},
                            new String[] {"GET", "/user/oauth/grants"},
                            new String[] {"DELETE", "/user/oauth/grants"},
                            new String[] {"POST", "/oauth/token"},
                            new String[] {"POST", "/oauth/revoke"},
                            new String[] {"GET", "/oauth/userinfo"},
                            new String[] {"GET", "/.well-known/openid-configuration"},
                            new String[] {"GET", "/.well-known/oauth-authorization-server"})) {
                assertError(off.call(call[0], call[1], token, "{}"), 404, "oauth_server_disabled");
            }
        }
        try (RunningAuth closed =
                new RunningAuth(vertx, database, "auth.oauth-server.enabled=true")) {
            assertError(
                    closed.call("POST", "/oauth/clients/register", "", "{}"),
                    403,
                    "oauth_dynamic_client_registration_disabled");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "response_type,token,unsupported_response_type",
        "response_type,,invalid_request",
        "response_mode,fragment,invalid_request",
        "code_challenge,,invalid_request",
        "code_challenge,short,invalid_request",
        "code_challenge_method,plain,invalid_request",
        "code_challenge_method,,invalid_request",
        "scope,nothing known,invalid_scope",
        "prompt,none,login_required",
        "prompt,none login,invalid_request",
        "prompt,magic,invalid_request",
        "max_age,-1,invalid_request",
        "max_age,soon,invalid_request",
        "max_age,99999999999,invalid_request",
        "resource,https://other.example/,invalid_target",
        "request,x.y.z,request_not_supported",
        "request_uri,https://x.example/r,request_uri_not_supported",
        "registration,x,registration_not_supported",
    })
    void theClientIsTold(String name, String value, String error) {
        String location = client.authorize(name, value).location();
        assertThat(location).startsWith(OAuthFlow.REDIRECT + "?");
        assertThat(OAuthFlow.query(location))
                .containsEntry("error", error)
                .containsEntry("state", "the state")
                .containsEntry("iss", OAuthFlow.ISSUER)
                .containsKey("error_description");
    }

    @Test
    void parametersThatComeTwiceAreRefused() {
        String form = OAuthFlow.form(client.request());
        for (String twice : List.of("scope=email", "nonce=2", "anything=1&anything=2")) {
            String location =
                    auth.call("GET", "/oauth/authorize?" + form + "&" + twice, "", "").location();
            assertThat(OAuthFlow.query(location)).containsEntry("error", "invalid_request");
        }
        String state = auth.call("GET", "/oauth/authorize?" + form + "&state=2", "", "").location();
        assertThat(OAuthFlow.query(state))
                .containsEntry("error", "invalid_request")
                .doesNotContainKey("state");
        String resources =
                auth.call("GET", "/oauth/authorize?" + form + "&resource=a&resource=b", "", "")
                        .location();
        assertThat(OAuthFlow.query(resources)).containsEntry("error", "invalid_target");
        for (String twice : List.of("client_id=x", "redirect_uri=https://evil.example/")) {
            assertOAuth(
                    auth.call("GET", "/oauth/authorize?" + form + "&" + twice, "", ""),
                    400,
                    "invalid_request");
        }
    }

    /// Nobody is sent anywhere by a link that somebody else made.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://client.example/cb/",
                "https://client.example/cb?x=1",
                "https://client.example/cb#x",
                "https://client.example/CB",
                "https://client.example:8443/cb",
                "https://client.example.evil.example/cb",
                "https://client.example@evil.example/cb",
                "http://client.example/cb",
                "https://client.example/x/../cb",
                "javascript:alert(1)",
                "//client.example/cb",
                "x"
            })
    void anotherAddressIsShownAndNotGoneTo(String address) {
        Answer answer = client.authorize("redirect_uri", address);
        assertError(answer, 400, "validation_failed");
        assertThat(answer.headers()).doesNotContainKey("Location");
    }

    @Test
    void anUnknownClientIsShown() {
        assertError(
                client.authorize("client_id", UUID.randomUUID().toString()),
                404,
                "oauth_client_not_found");
        assertError(client.authorize("client_id", "x"), 404, "oauth_client_not_found");
        assertOAuth(client.authorize("client_id", ""), 400, "invalid_request");
        assertOAuth(client.authorize("redirect_uri", ""), 400, "invalid_request");
        Answer page =
                auth.call(
                        new SentRequest(
                                "GET",
                                "/auth/v1/oauth/authorize?client_id=" + UUID.randomUUID(),
                                Map.of("Accept", "text/html,*/*"),
                                ""));
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.headers().get("Content-Type")).startsWith("text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id=%zz", "client_id=%00", "client_id=%0a"})
    void queriesThatAreNoneAreRefused(String query) {
        assertOAuth(auth.call("GET", "/oauth/authorize?" + query, "", ""), 400, "invalid_request");
    }

    @Test
    void sizesAreLimited() {
        String many = "a0=1" + "&a=1".repeat(80);
        assertOAuth(auth.call("GET", "/oauth/authorize?" + many, "", ""), 400, "invalid_request");
        assertOAuth(client.authorize("state", "x".repeat(5_000)), 400, "invalid_request");
        String location = client.authorize("nonce", "x".repeat(2_000)).location();
        assertThat(OAuthFlow.query(location)).containsEntry("error", "invalid_request");
        assertThat(client.send("/oauth/token", "a=" + "x".repeat(70_000), "").status())
                .isEqualTo(413);
    }

    @Test
    void aFormStartsAnAuthorizationToo() {
        Answer answer = client.send("/oauth/authorize", OAuthFlow.form(client.request()), "");
        assertThat(answer.location()).startsWith("http://localhost:3000/oauth/consent?");
    }

    @Test
    void theTokenEndpointTakesFormsAlone() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Authorization", OAuthFlow.basic(client.clientId(), client.secret()));
        Answer json =
                auth.call(
                        new SentRequest(
                                "POST",
                                "/auth/v1/oauth/token",
                                headers,
                                "{\"grant_type\":\"authorization_code\"}"));
        assertOAuth(json, 400, "invalid_request");
        headers.remove("Content-Type");
        assertOAuth(
                auth.call(new SentRequest("POST", "/auth/v1/oauth/token", headers, "")),
                400,
                "invalid_request");
    }

    @Test
    void clientsProveWhoTheyAre() {
        String form = "grant_type=authorization_code&code=x&code_verifier=y";
        String id = "&client_id=" + client.clientId();
        String good = OAuthFlow.basic(client.clientId(), client.secret());
        for (Answer answer :
                List.of(
                        client.send("/oauth/token", form, ""),
                        client.send("/oauth/token", form + id, ""),
                        client.send("/oauth/token", form + id + "&client_secret=wrong", ""),
                        client.send("/oauth/token", form + "&client_id=x&client_secret=y", ""),
                        client.send(
                                "/oauth/token", form, OAuthFlow.basic(client.clientId(), "wrong")),
                        client.send(
                                "/oauth/token",
                                form,
                                OAuthFlow.basic(UUID.randomUUID().toString(), "wrong")),
                        client.send("/oauth/token", form, "Basic ***"),
                        client.send("/oauth/token", form, "Basic eA=="),
                        client.send("/oauth/revoke", "token=x", ""))) {
            assertOAuth(answer, 401, "invalid_client");
            assertThat(answer.headers().get("WWW-Authenticate")).startsWith("Basic");
        }
        assertOAuth(client.send("/oauth/token", form, good), 400, "invalid_grant");
        assertOAuth(
                client.send("/oauth/token", form + id + "&client_secret=" + client.secret(), ""),
                400,
                "invalid_grant");
        assertOAuth(
                client.send("/oauth/token", form + "&client_secret=" + client.secret(), good),
                400,
                "invalid_request");
        assertOAuth(
                client.send("/oauth/token", form + "&client_id=x", good), 400, "invalid_request");
        OAuthFlow app = OAuthFlow.publicClient(auth, "https://app.example/cb");
        assertOAuth(app.exchange("x"), 400, "invalid_grant");
        assertOAuth(
                client.send("/oauth/token", form, OAuthFlow.basic(app.clientId(), "invented")),
                401,
                "invalid_client");
    }

    @Test
    void grantsHaveToBeWhole() {
        assertOAuth(client.post("/oauth/token", "a=b"), 400, "invalid_request");
        assertOAuth(
                client.post("/oauth/token", "grant_type=password"), 400, "unsupported_grant_type");
        assertOAuth(
                client.post("/oauth/token", "grant_type=authorization_code&code=x"),
                400,
                "invalid_request");
        assertOAuth(
                client.post("/oauth/token", "grant_type=authorization_code&code_verifier=x"),
                400,
                "invalid_request");
        assertOAuth(
                client.post("/oauth/token", "grant_type=refresh_token"), 400, "invalid_request");
        assertOAuth(
                client.post("/oauth/token", "grant_type=refresh_token&refresh_token=x"),
                400,
                "invalid_grant");
        assertOAuth(
                client.post("/oauth/token", "grant_type=a&grant_type=b"), 400, "invalid_request");
        assertOAuth(client.post("/oauth/revoke", "a=b"), 400, "invalid_request");
        OAuthFlow once =
                OAuthFlow.created(
                        auth,
                        "{\"client_name\":\"Once\",\"redirect_uris\":[\""
                                + OAuthFlow.REDIRECT
                                + "\"],\"grant_types\":[\"authorization_code\"]}");
        String token = auth.signUp(UUID.randomUUID() + "@x.example").text("access_token");
        assertThat(once.exchange(once.code(token)).body().find("refresh_token")).isEmpty();
        assertOAuth(once.refresh("x"), 400, "unauthorized_client");
    }

    @Test
    void decisionsAreOneOfTwo() {
        String token = auth.signUp(UUID.randomUUID() + "@x.example").text("access_token");
        String id = client.authorizationId();
        assertError(client.decide(id, token, "perhaps"), 400, "validation_failed");
        assertError(
                auth.call("POST", "/oauth/authorizations/" + id + "/consent", token, "x"),
                400,
                "bad_json");
        assertError(client.details(id, ""), 401, "no_authorization");
        assertError(client.decide(id, auth.anonKey(), "approve"), 403, "bad_jwt");
        assertError(client.details("x".repeat(1_000), token), 404, "oauth_authorization_not_found");
        assertThat(client.decide(id, token, "approve").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"redirect_uris\":[]}|invalid_redirect_uri",
                "{}|invalid_redirect_uri",
                "{\"redirect_uris\":[\"http://x.example/\"]}|invalid_redirect_uri",
                "{\"redirect_uris\":[\"https://*.example/\"]}|invalid_redirect_uri",
                "{\"redirect_uris\":[\"https://x.example/*\"]}|invalid_redirect_uri",
                "{\"redirect_uris\":[\"https://x.example/#f\"]}|invalid_redirect_uri",
                "{\"redirect_uris\":[\"javascript://x/%0aalert(1)\"]}|invalid_redirect_uri",
                "{\"redirect_uris\":\"https://x.example/\"}|invalid_client_metadata",
                "{\"redirect_uris\":[1]}|invalid_client_metadata",
                "{\"redirect_uris\":[\"https://x.example/\"],\"grant_types\":[\"implicit\"]}|invalid_client_metadata",
                "{\"redirect_uris\":[\"https://x.example/\"],\"response_types\":[\"token\"]}|invalid_client_metadata",
                "{\"redirect_uris\":[\"https://x.example/\"],\"token_endpoint_auth_method\":\"private_key_jwt\"}|invalid_client_metadata",
                "{\"redirect_uris\":[\"https://x.example/\"],\"logo_uri\":\"javascript:1\"}|invalid_client_metadata",
                "{\"redirect_uris\":[\"https://x.example/\"],\"client_name\":\"a\\u202eb\"}|invalid_client_metadata",
                "not json|invalid_client_metadata",
            })
    void registrationsHaveToBeGood(String body, String error) {
        assertOAuth(auth.call("POST", "/oauth/clients/register", "", body), 400, error);
    }

    @Test
    void clientsRegisterThemselves() {
        Answer app =
                auth.call(
                        "POST",
                        "/oauth/clients/register",
                        "",
                        """
                        {"client_name":"Tool","redirect_uris":["http://localhost:1455/cb","cursor://x/cb"],
                        "token_endpoint_auth_method":"none","scope":"openid offline_access",
                        "software_id":"unknown","contacts":["a@b"]}
                        """);
        assertThat(app.status()).isEqualTo(201);
        assertThat(app.text("registration_type")).isEqualTo("dynamic");
        assertThat(app.text("client_type")).isEqualTo("public");
        assertThat(app.text("scope")).isEqualTo("openid");
        assertThat(app.body().members())
                .containsKey("client_id_issued_at")
                .doesNotContainKey("client_secret");
        Answer server =
                auth.call(
                        "POST",
                        "/oauth/clients/register",
                        "",
                        "{\"redirect_uris\":[\"https://x.example/\"]}");
        assertThat(server.text("client_secret")).isNotEmpty();
        assertThat(Json.write(server.body())).contains("\"client_secret_expires_at\":0");
        assertError(
                auth.call(
                        "POST",
                        "/oauth/clients/register",
                        "",
                        "{\"client_name\":\"" + "x".repeat(300_000) + "\"}"),
                413,
                "request_too_large");
    }

    /// Else anybody could make links that lead over this server to an address of theirs.
    @Test
    void faultyLinksLeadToNoAddressThatAnybodyRegistered() {
        String there = "https://phishing.example/";
        String here = "http://localhost:1455/cb";
        Answer app =
                auth.call(
                        "POST",
                        "/oauth/clients/register",
                        "",
                        "{\"redirect_uris\":[\"" + there + "\",\"" + here + "\"]}");
        OAuthFlow anybody = new OAuthFlow(auth, app.text("client_id"), "");
        Answer shown = anybody.authorize("redirect_uri", there, "prompt", "none");
        assertOAuth(shown, 400, "login_required");
        assertThat(shown.headers()).doesNotContainKey("Location");
        String location = anybody.authorize("redirect_uri", here, "prompt", "none").location();
        assertThat(location).startsWith(here + "?error=login_required");
        assertThat(anybody.authorize("redirect_uri", there).location())
                .startsWith("http://localhost:3000/oauth/consent?");
    }

    @Test
    void registrationsAreLimited() {
        try (RunningAuth few =
                new RunningAuth(
                        vertx,
                        PostgresForTests.fresh(),
                        "auth.oauth-server.enabled=true",
                        "auth.oauth-server.dynamic-registration=true",
                        "auth.oauth-server.registrations-per-minute=4",
                        "auth.oauth-server.max-dynamic-clients=2")) {
            String body = "{\"redirect_uris\":[\"https://x.example/\"]}";
            for (int i = 0; i < 2; i++) {
                assertThat(few.call("POST", "/oauth/clients/register", "", body).status())
                        .isEqualTo(201);
            }
            for (int i = 0; i < 4; i++) {
                assertError(
                        few.call("POST", "/oauth/clients/register", "", body),
                        429,
                        "over_request_rate_limit");
            }
            // What nobody has agreed to makes room for others, one at a time.
            few.pass(Duration.ofMinutes(61));
            for (int i = 0; i < 2; i++) {
                assertThat(few.call("POST", "/oauth/clients/register", "", body).status())
                        .isEqualTo(201);
            }
            assertError(
                    few.call("POST", "/oauth/clients/register", "", body),
                    429,
                    "over_request_rate_limit");
        }
    }
}
