package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client of the OAuth server is told about a person, and what it takes to let one in.
class OAuthScopesIT {
    private static Vertx vertx;
    private static RunningAuth auth;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        auth = new RunningAuth(vertx, PostgresForTests.fresh(), "auth.oauth-server.enabled=true");
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    /// What the scopes do not cover is neither in the token nor in `GET /user`.
    @ParameterizedTest
    @CsvSource({
        "openid,'','',''",
        "openid email,ada,'',''",
        "openid profile,'',Ada,''",
        "openid phone,'','',49152"
    })
    void aTokenTellsWhatItsScopesCover(String scope, String email, String name, String phone) {
        Answer person = auth.signUp("ada" + UUID.randomUUID() + "@x.example");
        String id = person.object("user").findText("id").orElseThrow();
        String number = "49152" + (System.nanoTime() % 100_000_000L);
        auth.call(
                "PUT",
                "/admin/users/" + id,
                auth.serviceKey(),
                "{\"phone\":\"+%s\",\"phone_confirm\":true,\"user_metadata\":{\"name\":\"Ada\"}}"
                        .formatted(number));
        OAuthFlow client = OAuthFlow.confidential(auth);
        Answer tokens = client.exchange(client.code(person.text("access_token"), "scope", scope));
        String token = tokens.text("access_token");
        JsonObject access = OAuthServerIT.claims(token);
        JsonObject user = auth.call("GET", "/user", token, "").body();
        for (JsonObject told : List.of(access, user)) {
            assertThat(told.findText("email").orElseThrow()).startsWith(email);
            assertThat(told.findText("email").orElseThrow().isEmpty()).isEqualTo(email.isEmpty());
            assertThat(told.findText("phone").orElseThrow()).startsWith(phone);
            assertThat(told.findText("phone").orElseThrow().isEmpty()).isEqualTo(phone.isEmpty());
            assertThat(told.findObject("user_metadata").orElseThrow().findText("name").orElse(""))
                    .isEqualTo(name);
        }
        assertThat(access.findText("client_id")).contains(client.clientId());
        assertThat(user.toString()).doesNotContain("identity_data");
        JsonObject own = OAuthServerIT.claims(person.text("access_token"));
        assertThat(own.findText("email").orElseThrow()).startsWith("ada");
    }

    @Test
    void userInfoTellsNoMoreThanTheTokensScopes() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String somebody = auth.signUp(UUID.randomUUID() + "@x.example").text("access_token");
        Answer tokens = client.exchange(client.code(somebody));
        Answer narrow = client.refresh(tokens.text("refresh_token"), "scope", "openid");
        Answer info = auth.call("GET", "/oauth/userinfo", narrow.text("access_token"), "");
        assertThat(info.body().members()).containsOnlyKeys("sub");
        Answer email = client.refresh(narrow.text("refresh_token"), "scope", "email");
        Answer none = auth.call("GET", "/oauth/userinfo", email.text("access_token"), "");
        assertThat(none.text("error")).isEqualTo("insufficient_scope");
    }

    @Test
    void addressesAndNumbersAreVerifiedOnceTheyWereProved() {
        try (RunningAuth own =
                new RunningAuth(
                        vertx,
                        PostgresForTests.fresh(),
                        "auth.oauth-server.enabled=true",
                        "auth.sms.provider=inbox",
                        "auth.sms.autoconfirm=true")) {
            OAuthFlow client = OAuthFlow.confidential(own);
            String email = UUID.randomUUID() + "@x.example";
            own.signUp(email);
            own.call("POST", "/recover", "", "{\"email\":\"" + email + "\"}");
            String proved =
                    own.verify("recovery", email, RunningAuth.code(own.message(email)))
                            .text("access_token");
            own.call("PUT", "/user", proved, "{\"phone\":\"+491701234567\"}");
            JsonObject told =
                    OAuthServerIT.claims(
                            client.exchange(client.code(proved, "scope", "openid email phone"))
                                    .text("id_token"));
            assertThat(told.find("email_verified")).contains(JsonBoolean.TRUE);
            assertThat(told.findText("phone_number")).contains("+491701234567");
            assertThat(told.find("phone_number_verified")).contains(JsonBoolean.FALSE);
        }
    }

    /// Whoever has the password of somebody with two factors does not let a client in.
    @Test
    void consentNeedsTheSecondFactorWhereThereIsOne() {
        String email = UUID.randomUUID() + "@x.example";
        String first = auth.signUp(email).text("access_token");
        OAuthFlow client = OAuthFlow.confidential(auth);
        Answer factor = auth.call("POST", "/factors", first, "{\"factor_type\":\"totp\"}");
        String path = "/factors/" + factor.text("id");
        String challenge = auth.call("POST", path + "/challenge", first, "").text("id");
        String secret = factor.object("totp").findText("secret").orElseThrow();
        String raised =
                auth.call(
                                "POST",
                                path + "/verify",
                                first,
                                "{\"challenge_id\":\"%s\",\"code\":\"%s\"}"
                                        .formatted(challenge, TestTotp.code(secret, auth.now())))
                        .text("access_token");
        String again = auth.signIn(email, "correct horse").text("access_token");
        String id = client.authorizationId();
        assertThat(client.details(id, again).status()).as("may be looked at").isEqualTo(200);
        AuthIT.assertError(client.decide(id, again, "approve"), 403, "insufficient_aal");
        Answer agreed = client.decide(id, raised, "approve");
        assertThat(agreed.text("redirect_url")).contains("code=");
        // What was agreed to before is not given without asking either.
        AuthIT.assertError(
                client.details(client.authorizationId(), again), 403, "insufficient_aal");
        assertThat(client.details(client.authorizationId(), raised).text("redirect_url"))
                .contains("code=");
        String other = client.authorizationId("scope", "openid phone");
        assertThat(client.details(other, again).status()).isEqualTo(200);
        assertThat(client.decide(other, again, "deny").text("redirect_url"))
                .contains("error=access_denied");
    }
}
