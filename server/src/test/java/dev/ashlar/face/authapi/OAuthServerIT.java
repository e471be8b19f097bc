package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.auth.token.TokenRules;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.config.ByteSize;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The OAuth server from the request of a client to its tokens, and what becomes of them.
class OAuthServerIT {
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
                        "auth.oauth-server.enabled=true",
                        "auth.passkeys.enabled=true",
                        "auth.oauth-server.resources=https://mcp.example/mcp");
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    private static Answer person() {
        return auth.signUp(UUID.randomUUID() + "@x.example");
    }

    private static String someone() {
        return person().text("access_token");
    }

    static JsonObject claims(String token) {
        return part(token, 1);
    }

    private static JsonObject header(String token) {
        return part(token, 0);
    }

    private static JsonObject part(String token, int place) {
        try {
            String payload = token.split("\\.")[place];
            return (JsonObject)
                    Json.parse(
                            new String(
                                    Base64.getUrlDecoder().decode(payload),
                                    StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }

    private static void assertInvalidGrant(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void aClientGetsTokensForWhoeverAgrees() throws GeneralSecurityException {
        OAuthFlow client = OAuthFlow.confidential(auth);
        Answer session = person();
        String token = session.text("access_token");
        JsonObject user = session.object("user");
        String id = client.authorizationId();
        Answer details = client.details(id, token);
        assertThat(details.text("authorization_id")).isEqualTo(id);
        assertThat(details.text("redirect_uri")).isEqualTo(OAuthFlow.REDIRECT);
        assertThat(details.text("scope")).isEqualTo("openid email");
        assertThat(details.object("client").findText("name")).contains("Shop");
        assertThat(details.object("user").findText("id")).isEqualTo(user.findText("id"));

        Map<String, String> back =
                OAuthFlow.query(client.decide(id, token, "approve").text("redirect_url"));
        assertThat(back)
                .containsEntry("state", "the state")
                .containsEntry("iss", OAuthFlow.ISSUER)
                .containsOnlyKeys("code", "state", "iss");
        Answer tokens = client.exchange(String.valueOf(back.get("code")));
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(tokens.text("token_type")).isEqualTo("bearer");
        assertThat(tokens.text("scope")).isEqualTo("openid email");

        JsonObject access = claims(tokens.text("access_token"));
        assertThat(header(tokens.text("access_token")).findText("typ")).contains("at+jwt");
        assertThat(header(token).findText("typ")).contains("JWT");
        assertThat(access.findText("iss")).contains(OAuthFlow.ISSUER);
        assertThat(auth.call("GET", "/user", tokens.text("access_token"), "").status())
                .isEqualTo(200);
        assertThat(access.findText("client_id")).contains(client.clientId());
        assertThat(access.findText("scope")).contains("openid email");
        assertThat(access.findText("role")).contains("authenticated");
        assertThat(access.findText("sub")).isEqualTo(user.findText("id"));

        JsonObject idToken = claims(tokens.text("id_token"));
        assertThat(idToken.findText("iss")).contains(OAuthFlow.ISSUER);
        assertThat(idToken.findText("aud")).contains(client.clientId());
        assertThat(idToken.findText("nonce")).contains("n-1");
        assertThat(idToken.findText("email")).isEqualTo(user.findText("email"));
        // Addresses count as confirmed here, and nobody has proved this one.
        assertThat(idToken.find("email_verified")).contains(JsonBoolean.FALSE);
        assertThat(idToken.find("phone_number")).isEmpty();
        assertThat(idToken.find("auth_time")).get().isInstanceOf(JsonNumber.class);
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(tokens.text("access_token").getBytes(StandardCharsets.US_ASCII));
        assertThat(idToken.findText("at_hash"))
                .contains(
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Arrays.copyOf(hash, 16)));

        Answer info = auth.call("GET", "/oauth/userinfo", tokens.text("access_token"), "");
        assertThat(info.body().members()).containsOnlyKeys("sub", "email", "email_verified");
        assertThat(auth.call("POST", "/oauth/userinfo", tokens.text("access_token"), "").body())
                .isEqualTo(info.body());
    }

    @Test
    void aRefusalIsToldToTheClient() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String token = someone();
        String id = client.authorizationId();
        Map<String, String> back =
                OAuthFlow.query(client.decide(id, token, "deny").text("redirect_url"));
        assertThat(back)
                .containsEntry("error", "access_denied")
                .containsEntry("state", "the state")
                .containsEntry("iss", OAuthFlow.ISSUER)
                .doesNotContainKey("code");
        assertError(client.decide(id, token, "approve"), 400, "oauth_invalid_state");
        assertError(client.details(id, token), 400, "oauth_invalid_state");
    }

    @Test
    void aRequestBelongsToWhoeverLooksFirst() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String id = client.authorizationId();
        assertThat(client.details(id, someone()).status()).isEqualTo(200);
        String other = someone();
        assertError(client.details(id, other), 404, "oauth_authorization_not_found");
        assertError(client.decide(id, other, "approve"), 404, "oauth_authorization_not_found");
        assertError(client.details("x", other), 404, "oauth_authorization_not_found");
    }

    @Test
    void requestsAndCodesExpire() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        try (RunningAuth later =
                new RunningAuth(vertx, database, "auth.oauth-server.enabled=true")) {
            OAuthFlow same = new OAuthFlow(later, client.clientId(), client.secret());
            String token = later.signUp(UUID.randomUUID() + "@x.example").text("access_token");
            String code = same.code(token);
            String id = same.authorizationId();
            later.pass(Duration.ofMinutes(11));
            assertError(same.details(id, token), 400, "oauth_invalid_state");
            assertInvalidGrant(same.exchange(code));
        }
    }

    @Test
    void ofManyDecisionsOneCounts() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String token = someone();
        String id = client.authorizationId();
        List<Answer> answers = Race.of(12, () -> client.decide(id, token, "approve"));
        assertThat(answers.stream().map(Answer::status).toList())
                .containsOnlyOnce(200)
                .containsOnly(200, 400);
    }

    /// Of two persons too: the request is then the first one's.
    @Test
    void ofTwoPersonsOneDecides() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        List<String> tokens = List.of(someone(), someone());
        String id = client.authorizationId();
        AtomicInteger turn = new AtomicInteger();
        List<Answer> answers =
                Race.of(
                        8,
                        () -> client.decide(id, tokens.get(turn.getAndIncrement() % 2), "approve"));
        assertThat(answers.stream().map(Answer::status).toList()).containsOnlyOnce(200);
    }

    @Test
    void aCodeIsGoodOnceAndItsReplayEndsTheSession() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String code = client.code(someone());
        List<Answer> answers = Race.of(12, () -> client.exchange(code));
        assertThat(answers.stream().map(Answer::status).toList())
                .containsOnlyOnce(200)
                .containsOnly(200, 400);
        Answer tokens = answers.stream().filter(a -> a.status() == 200).findFirst().orElseThrow();
        assertInvalidGrant(client.refresh(tokens.text("refresh_token")));
        assertError(
                auth.call("GET", "/user", tokens.text("access_token"), ""),
                403,
                "session_not_found");
        assertThat(database.ask(audits("oauth_code_replayed"))).isNotEqualTo("0");
    }

    @Test
    void aCodeIsTheClientsAndTheVerifiersAlone() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        OAuthFlow other = OAuthFlow.confidential(auth);
        String token = someone();
        String code = client.code(token);
        assertInvalidGrant(other.exchange(code));
        assertInvalidGrant(
                client.exchange(code, "code_verifier", OAuthFlow.VERIFIER.replace('d', 'e')));
        assertInvalidGrant(client.exchange(code));
        assertInvalidGrant(
                client.exchange(client.code(token), "redirect_uri", "https://client.example/"));
        assertInvalidGrant(client.exchange("invented"));
    }

    @Test
    void refreshTokensRotateAndAreTheClientsAlone() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        OAuthFlow other = OAuthFlow.confidential(auth);
        Answer session = person();
        Answer tokens = client.exchange(client.code(session.text("access_token")));
        String first = tokens.text("refresh_token");
        assertInvalidGrant(other.refresh(first));
        assertError(auth.refresh(first), 400, "refresh_token_not_found");
        assertInvalidGrant(client.refresh(session.text("refresh_token")));
        assertThat(auth.refresh(session.text("refresh_token")).status()).isEqualTo(200);

        Answer next = client.refresh(first, "scope", "openid");
        assertThat(next.status()).isEqualTo(200);
        assertThat(claims(next.text("access_token")).findText("scope")).contains("openid");
        assertThat(claims(next.text("id_token")).find("email")).isEmpty();
        assertThat(claims(next.text("id_token")).find("auth_time"))
                .isEqualTo(claims(tokens.text("id_token")).find("auth_time"));
        Answer whole = client.refresh(next.text("refresh_token"));
        assertThat(whole.text("scope")).isEqualTo("openid email");
        Answer more = client.refresh(whole.text("refresh_token"), "scope", "openid phone");
        assertThat(more.text("error")).isEqualTo("invalid_scope");
        List<Answer> racing = Race.of(8, () -> client.refresh(whole.text("refresh_token")));
        assertThat(racing.stream().map(a -> a.text("refresh_token")).distinct()).hasSize(1);
    }

    @Test
    void aStolenRefreshTokenEndsTheSession() {
        try (RunningAuth later =
                new RunningAuth(vertx, database, "auth.oauth-server.enabled=true")) {
            OAuthFlow client = OAuthFlow.confidential(later);
            Answer tokens =
                    client.exchange(
                            client.code(
                                    later.signUp(UUID.randomUUID() + "@x.example")
                                            .text("access_token")));
            Answer next = client.refresh(tokens.text("refresh_token"));
            later.pass(Duration.ofMinutes(1));
            assertInvalidGrant(client.refresh(tokens.text("refresh_token")));
            assertInvalidGrant(client.refresh(next.text("refresh_token")));
        }
    }

    @Test
    void consentIsRememberedForAsMuchAndTheSameClient() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String token = someone();
        client.code(token);
        Answer again = client.details(client.authorizationId("scope", "email"), token);
        assertThat(OAuthFlow.query(again.text("redirect_url"))).containsKey("code");
        assertThat(client.details(client.authorizationId("scope", "email phone"), token).body())
                .satisfies(body -> assertThat(body.findText("redirect_url")).isEmpty());
        assertThat(client.details(client.authorizationId("prompt", "consent"), token).body())
                .satisfies(body -> assertThat(body.findText("redirect_url")).isEmpty());
        String chosen = client.authorizationId("prompt", "select_account");
        assertThat(client.details(chosen, token).body().findText("redirect_url")).isEmpty();
        // Agreed to was what this server tells, not a token for another.
        String beside = client.authorizationId("resource", "https://mcp.example/mcp");
        assertThat(client.details(beside, token).body().findText("redirect_url")).isEmpty();
        OAuthFlow other = OAuthFlow.confidential(auth);
        assertThat(other.details(other.authorizationId(), token).body().findText("redirect_url"))
                .isEmpty();
    }

    /// Any program may listen on a port of one's machine (RFC 8252, 8.6).
    @Test
    void consentIsAskedForAgainByAppsOnADevice() {
        OAuthFlow app = OAuthFlow.publicClient(auth, "http://127.0.0.1/cb");
        String token = someone();
        String here = "http://127.0.0.1:49152/cb";
        String code = app.code(token, "redirect_uri", here);
        assertThat(app.exchange(code, "redirect_uri", here).status()).isEqualTo(200);
        Answer again = app.details(app.authorizationId("redirect_uri", here), token);
        assertThat(again.body().findText("redirect_url")).isEmpty();
    }

    @Test
    void aGrantIsListedAndTakenBack() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        Answer session = person();
        String token = session.text("access_token");
        Answer tokens = client.exchange(client.code(token));
        String pending = client.code(token);
        JsonArray grants =
                (JsonArray)
                        auth.call("GET", "/user/oauth/grants", token, "")
                                .body()
                                .find("items")
                                .orElseThrow();
        assertThat(grants.elements()).hasSize(1);
        JsonObject grant = (JsonObject) grants.elements().getFirst();
        assertThat(grant.findObject("client").orElseThrow().findText("id"))
                .contains(client.clientId());
        assertThat(grant.findText("granted_at")).isPresent();

        String path = "/user/oauth/grants?client_id=" + client.clientId();
        assertThat(auth.call("DELETE", path, token, "{}").status()).isEqualTo(204);
        assertInvalidGrant(client.refresh(tokens.text("refresh_token")));
        assertInvalidGrant(client.exchange(pending));
        assertError(
                auth.call("GET", "/user", tokens.text("access_token"), ""),
                403,
                "session_not_found");
        assertThat(auth.call("GET", "/user", token, "").status()).isEqualTo(200);
        assertError(auth.call("DELETE", path, token, ""), 404, "oauth_grant_not_found");
        assertError(
                auth.call("DELETE", "/user/oauth/grants?client_id=x", token, ""),
                404,
                "oauth_grant_not_found");
        assertError(auth.call("DELETE", "/user/oauth/grants", token, ""), 400, "validation_failed");
        assertThat(database.ask(audits("oauth_grant_revoked"))).isNotEqualTo("0");
    }

    /// A client acts within policies; the account itself is the person's.
    @Test
    void aClientsTokenChangesNoAccount() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String token = client.exchange(client.code(someone())).text("access_token");
        assertThat(auth.call("GET", "/user", token, "").status()).isEqualTo(200);
        String id = client.authorizationId();
        List<Answer> refused =
                List.of(
                        auth.call("PUT", "/user", token, "{\"data\":{\"a\":1}}"),
                        auth.call("PUT", "/user", token, "{\"password\":\"another password\"}"),
                        auth.call("POST", "/logout", token, ""),
                        auth.call("GET", "/reauthenticate", token, ""),
                        auth.call("GET", "/user/sessions", token, ""),
                        auth.call("DELETE", "/user/sessions/" + UUID.randomUUID(), token, ""),
                        client.details(id, token),
                        client.decide(id, token, "approve"),
                        auth.call("GET", "/passkeys", token, ""),
                        auth.call("POST", "/passkeys/registration/options", token, "{}"),
                        auth.call("DELETE", "/passkeys/" + UUID.randomUUID(), token, ""),
                        auth.call("GET", "/user/oauth/grants", token, ""),
                        auth.call(
                                "DELETE",
                                "/user/oauth/grants?client_id=" + client.clientId(),
                                token,
                                ""));
        refused.forEach(answer -> assertError(answer, 403, "insufficient_scope"));
    }

    /// Signing in once more ends one's other sign-ins, not what one has agreed to; signing out
    /// everywhere and a new password end both.
    @Test
    void aClientsSessionOutlivesSignInsAndEndsWithThemAll() {
        try (RunningAuth single =
                new RunningAuth(
                        vertx,
                        database,
                        "auth.oauth-server.enabled=true",
                        "auth.single-session=true")) {
            OAuthFlow client = OAuthFlow.confidential(single);
            String email = UUID.randomUUID() + "@x.example";
            String old = single.signUp(email).text("access_token");
            Answer tokens = client.exchange(client.code(old));
            String here = single.signIn(email, "correct horse").text("access_token");
            assertError(single.call("GET", "/user", old, ""), 403, "session_not_found");
            Answer next = client.refresh(tokens.text("refresh_token"));
            assertThat(next.status()).isEqualTo(200);
            assertThat(Json.write(single.call("GET", "/user/sessions", here, "").body()))
                    .contains("\"client_id\":\"" + client.clientId());
            single.call("PUT", "/user", here, "{\"password\":\"another horse\"}");
            assertInvalidGrant(client.refresh(next.text("refresh_token")));
            Answer more = client.exchange(client.code(here));
            single.call("POST", "/logout", here, "");
            assertInvalidGrant(client.refresh(more.text("refresh_token")));
        }
    }

    /// Also where an administrator has agreed.
    @Test
    void aClientIsNeverAnAdministrator() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        Answer session = person();
        String id = session.object("user").findText("id").orElseThrow();
        auth.call("PUT", "/admin/users/" + id, auth.serviceKey(), "{\"role\":\"service_role\"}");
        String token =
                client.exchange(client.code(session.text("access_token"))).text("access_token");
        assertThat(claims(token).findText("role")).contains("authenticated");
        assertError(auth.call("GET", "/admin/users", token, ""), 403, "not_admin");
    }

    /// It is signed by the same key as access tokens are.
    @Test
    void anIdTokenOpensNothing() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String token = client.exchange(client.code(someone())).text("id_token");
        assertError(auth.call("GET", "/user", token, ""), 403, "bad_jwt");
        assertThat(auth.call("GET", "/oauth/userinfo", token, "").status()).isEqualTo(401);
        TokenVerifier data =
                new TokenVerifier(
                        auth.domain().keys().keys(),
                        TokenRules.DEFAULT,
                        new ByteSize(1 << 20),
                        auth::now);
        assertThatThrownBy(() -> data.verify(token)).isInstanceOf(ProblemException.class);
    }

    @Test
    void userInfoNeedsAClientsTokenWithOpenid() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String person = someone();
        String token = client.exchange(client.code(person, "scope", "email")).text("access_token");
        for (String other : List.of(token, person)) {
            Answer answer = auth.call("GET", "/oauth/userinfo", other, "");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text("error")).isEqualTo("insufficient_scope");
            assertThat(answer.headers().get("WWW-Authenticate")).contains("insufficient_scope");
        }
        Answer without = auth.call("GET", "/oauth/userinfo", "", "");
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.text("error")).isEqualTo("invalid_token");
    }

    @Test
    void aClientGivesItsTokensBack() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        OAuthFlow other = OAuthFlow.confidential(auth);
        String person = someone();
        Answer tokens = client.exchange(client.code(person));
        String refresh = tokens.text("refresh_token");
        assertThat(other.post("/oauth/revoke", "token=" + refresh).status()).isEqualTo(200);
        Answer next = client.refresh(refresh);
        assertThat(next.status()).isEqualTo(200);
        assertThat(client.post("/oauth/revoke", "token=" + next.text("refresh_token")).status())
                .isEqualTo(200);
        assertInvalidGrant(client.refresh(next.text("refresh_token")));

        Answer more = client.exchange(client.code(person));
        client.post("/oauth/revoke", "token_type_hint=x&token=" + more.text("access_token"));
        assertInvalidGrant(client.refresh(more.text("refresh_token")));
        assertThat(client.post("/oauth/revoke", "token=unknown").status()).isEqualTo(200);
        client.post("/oauth/revoke", "token=" + person);
        assertThat(auth.call("GET", "/user", person, "").status()).isEqualTo(200);
    }

    @Test
    void signInAgainWhereTheClientAsksForIt() {
        try (RunningAuth later =
                new RunningAuth(vertx, database, "auth.oauth-server.enabled=true")) {
            OAuthFlow client = OAuthFlow.confidential(later);
            String email = UUID.randomUUID() + "@x.example";
            String old = later.signUp(email).text("access_token");
            later.pass(Duration.ofMinutes(2));
            String login = client.authorizationId("prompt", "login");
            String young = client.authorizationId("max_age", "60");
            String zero = client.authorizationId("max_age", "0");
            String lasting = client.authorizationId("max_age", "600");
            for (String id : List.of(login, young, zero)) {
                assertError(client.details(id, old), 400, "reauthentication_needed");
                assertError(client.decide(id, old, "approve"), 400, "reauthentication_needed");
            }
            assertThat(client.details(lasting, old).status()).isEqualTo(200);
            later.pass(Duration.ofSeconds(5));
            String fresh = later.signIn(email, "correct horse").text("access_token");
            for (String id : List.of(login, young, zero)) {
                assertThat(client.details(id, fresh).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void tokensCanBeForAServerBesideUs() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String token = someone();
        String code = client.code(token, "resource", "https://mcp.example/mcp");
        Answer tokens = client.exchange(code);
        assertThat(Json.write(claims(tokens.text("access_token")).find("aud").orElseThrow()))
                .isEqualTo("[\"authenticated\",\"https://mcp.example/mcp\"]");
        Answer next = client.refresh(tokens.text("refresh_token"));
        assertThat(Json.write(claims(next.text("access_token")).find("aud").orElseThrow()))
                .contains("mcp.example");
        assertThat(auth.call("GET", "/user", next.text("access_token"), "").status())
                .isEqualTo(200);
    }

    @Test
    void whatIsOverIsThrownAway() {
        DatabaseForTests own = PostgresForTests.fresh();
        try (RunningAuth later =
                new RunningAuth(
                        vertx,
                        own,
                        "auth.oauth-server.enabled=true",
                        "auth.oauth-server.dynamic-registration=true")) {
            OAuthFlow client = OAuthFlow.confidential(later);
            later.call(
                    "POST",
                    "/oauth/clients/register",
                    "",
                    "{\"redirect_uris\":[\"https://a.example/\"]}");
            client.code(later.signUp("someone@x.example").text("access_token"));
            later.domain().upkeep().sweep();
            assertThat(own.ask("select count(*) from auth.oauth_authorizations")).isEqualTo("1");
            later.pass(Duration.ofHours(2));
            later.domain().upkeep().sweep();
            assertThat(own.ask("select count(*) from auth.oauth_authorizations")).isEqualTo("0");
            assertThat(own.ask("select count(*) from auth.oauth_codes")).isEqualTo("1");
            assertThat(own.ask("select count(*) from auth.oauth_clients")).isEqualTo("2");
            later.pass(Duration.ofDays(40));
            later.domain().upkeep().sweep();
            assertThat(own.ask("select count(*) from auth.oauth_codes")).isEqualTo("0");
            assertThat(own.ask("select count(*) from auth.oauth_clients")).isEqualTo("1");
            assertThat(own.ask("select count(*) from auth.oauth_consents")).isEqualTo("1");
        }
    }

    private static String audits(String action) {
        return "select count(*) from auth.audit_log_entries where payload ->> 'action' = '"
                + action
                + "'";
    }
}
