package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Id tokens of apps, linking and unlinking, GitHub's API, and providers that admins add.
class SocialTokensIT {
    private static Vertx vertx;
    private static ForeignIssuer issuer;
    private static RunningAuth auth;

    /// Nothing may be linked, and admins' URLs may not lead to this machine.
    private static RunningAuth strict;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        issuer = new ForeignIssuer();
        List<String> settings = new ArrayList<>();
        for (String provider : List.of("keycloak", "gitlab", "github", "azure")) {
            settings.add("auth.external." + provider + ".client-id=" + ForeignIssuer.CLIENT);
            settings.add("auth.external." + provider + ".client-secret=" + ForeignIssuer.SECRET);
            settings.add("auth.external." + provider + ".url=" + issuer.url());
        }
        settings.add("auth.autoconfirm=true");
        strict = new RunningAuth(vertx, PostgresForTests.fresh(), settings.toArray(String[]::new));
        settings.add("auth.anonymous-sign-in=true");
        settings.add("auth.social.manual-linking=true");
        settings.add("auth.outbound.private-addresses=true");
        auth = new RunningAuth(vertx, PostgresForTests.fresh(), settings.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        auth.close();
        strict.close();
        issuer.close();
        vertx.close();
    }

    private static String email() {
        return UUID.randomUUID() + "@x.example";
    }

    private static Map<String, @Nullable Object> claims() {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("sub", UUID.randomUUID().toString());
        claims.put("email", email());
        claims.put("email_verified", true);
        return claims;
    }

    private static Map<String, @Nullable Object> claims(String name, @Nullable Object value) {
        Map<String, @Nullable Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    private static Answer present(String idToken, String... further) {
        return presentAs("", idToken, further);
    }

    private static Answer presentAs(String token, String idToken, String... further) {
        return auth.call(
                "POST",
                "/token?grant_type=id_token",
                token,
                "{\"provider\":\"keycloak\",\"id_token\":\""
                        + idToken
                        + "\""
                        + String.join("", further)
                        + "}");
    }

    private static void refuses(Answer answer, String error, String description) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.text("error_description")).contains(description);
    }

    private static String id(Answer session) {
        assertThat(session.status()).as(session.body().toString()).isEqualTo(200);
        return session.object("user").findText("id").orElseThrow();
    }

    private static List<JsonObject> identities(Answer user) {
        return ((JsonArray) user.body().find("identities").orElseThrow())
                .elements().stream().map(JsonObject.class::cast).toList();
    }

    @Test
    void anIdTokenIsASession() {
        Map<String, @Nullable Object> claims = claims();
        Answer session = present(issuer.idToken(claims));
        assertThat(session.object("user").findText("email"))
                .contains(String.valueOf(claims.get("email")));
        assertThat(id(present(issuer.idToken(claims)))).isEqualTo(id(session));
    }

    @Test
    void tokensOfOthersAreRefused() {
        Answer audience = present(issuer.idToken(claims("aud", "another-app")));
        refuses(audience, "invalid_grant", "audience");
        assertThat(audience.text("error_code")).isEqualTo("unexpected_audience");
        refuses(
                present(issuer.idToken(claims("iss", "https://evil.example"))),
                "invalid_grant",
                "issuer");
        refuses(
                present(issuer.idToken(claims("exp", Date.from(Instant.now().minusSeconds(120))))),
                "invalid_grant",
                "expired");
        refuses(present(issuer.idToken(claims("exp", null))), "invalid_grant", "expired");
        refuses(
                present(issuer.idToken(claims("iat", Date.from(Instant.now().plusSeconds(600))))),
                "invalid_grant",
                "not valid yet");
        refuses(
                present(
                        issuer.idToken(
                                claims("aud", List.of("another-app", ForeignIssuer.CLIENT)))),
                "invalid_grant",
                "audience");
        refuses(present("nonsense"), "invalid_grant", "cannot be read");
        refuses(present(issuer.idToken(claims("sub", null))), "server_error", "subject");
    }

    @Test
    void foreignKeysAndWeakAlgorithmsAreRefused() {
        refuses(
                present(issuer.idToken(claims(), ForeignIssuer.rsa("one"))),
                "invalid_grant",
                "signature");
        String good = issuer.idToken(claims());
        String payload = good.substring(good.indexOf('.'), good.lastIndexOf('.'));
        for (String header :
                List.of(
                        "{\"alg\":\"none\"}",
                        "{\"alg\":\"HS256\",\"kid\":\"one\"}",
                        "{\"alg\":\"PS256\",\"kid\":\"one\"}")) {
            String head =
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(
                                    header.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            refuses(present(head + payload + ".AAAA"), "invalid_grant", "");
        }
    }

    @Test
    void unknownKeysAreLookedForOnceInAWhile() {
        present(issuer.idToken(claims()));
        int before = issuer.keyRequests.get();
        for (int i = 0; i < 5; i++) {
            refuses(
                    present(issuer.idToken(claims(), ForeignIssuer.rsa("unknown"))),
                    "invalid_grant",
                    "signature");
        }
        assertThat(issuer.keyRequests.get() - before).isLessThanOrEqualTo(1);
        auth.pass(java.time.Duration.ofSeconds(40));
        issuer.rotate("two");
        assertThat(present(issuer.idToken(claims())).status()).isEqualTo(200);
    }

    @Test
    void noncesAreComparedPlainAndHashed() throws Exception {
        String nonce = "a nonce of the app";
        String hashed =
                java.util.HexFormat.of()
                        .formatHex(
                                java.security.MessageDigest.getInstance("SHA-256")
                                        .digest(
                                                nonce.getBytes(
                                                        java.nio.charset.StandardCharsets.UTF_8)));
        String given = ",\"nonce\":\"" + nonce + "\"";
        id(present(issuer.idToken(claims("nonce", hashed)), given));
        id(present(issuer.idToken(claims("nonce", nonce)), given));
        refuses(
                present(issuer.idToken(claims("nonce", "other")), given),
                "invalid_grant",
                "Nonces");
        refuses(present(issuer.idToken(claims()), given), "invalid_grant", "both exist");
        refuses(present(issuer.idToken(claims("nonce", hashed))), "invalid_grant", "both exist");
    }

    @Test
    void theAccessTokenBelongsToTheIdToken() {
        // The left half of SHA-256 of "foreign-access".
        String access = ",\"access_token\":\"foreign-access\"";
        refuses(
                present(issuer.idToken(claims("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")), access),
                "invalid_grant",
                "access token");
        Answer session = present(issuer.idToken(claims()), access);
        assertThat(session.text("provider_token")).isEqualTo("foreign-access");
    }

    private static @Nullable Object vouchedByAzure(Map<String, @Nullable Object> claims) {
        Answer session =
                auth.call(
                        "POST",
                        "/token?grant_type=id_token",
                        "",
                        "{\"provider\":\"azure\",\"id_token\":\"" + issuer.idToken(claims) + "\"}");
        Answer user = auth.call("GET", "/user", session.text("access_token"), "");
        return identities(user)
                .getFirst()
                .findObject("identity_data")
                .flatMap(details -> details.find("email_verified"))
                .orElse(null);
    }

    /// Its other claims are the tenant's own words: anybody can run a tenant.
    @Test
    void azureVouchesByXmsEdovAlone() {
        Map<String, @Nullable Object> claims = claims("iss", issuer.url() + "/v2.0");
        assertThat(vouchedByAzure(claims)).isEqualTo(JsonBoolean.FALSE);
        Map<String, @Nullable Object> vouched = claims("iss", issuer.url() + "/v2.0");
        vouched.put("xms_edov", "1");
        assertThat(vouchedByAzure(vouched)).isEqualTo(JsonBoolean.TRUE);
    }

    @Test
    void providersWithoutIdTokens() {
        Answer answer =
                auth.call(
                        "POST",
                        "/token?grant_type=id_token",
                        "",
                        "{\"provider\":\"github\",\"id_token\":\"x\"}");
        refuses(answer, "invalid_request", "no id tokens");
        assertThat(
                        auth.call(
                                        "POST",
                                        "/token?grant_type=id_token",
                                        "",
                                        "{\"provider\":\"google\",\"id_token\":\"x\"}")
                                .text("code"))
                .isEqualTo("provider_disabled");
        assertThat(
                        auth.call(
                                        "POST",
                                        "/token?grant_type=id_token",
                                        "",
                                        "{\"provider\":\"google\"}")
                                .text("code"))
                .isEqualTo("validation_failed");
    }

    @Test
    void anAnonymousAccountBecomesPermanentByLinking() {
        Answer anonymous = auth.call("POST", "/signup", "", "{}");
        Map<String, @Nullable Object> claims = claims();
        Answer linked =
                presentAs(
                        anonymous.text("access_token"),
                        issuer.idToken(claims),
                        ",\"link_identity\":true");
        assertThat(id(linked)).isEqualTo(id(anonymous));
        JsonObject user = linked.object("user");
        assertThat(user.find("is_anonymous")).contains(JsonBoolean.FALSE);
        assertThat(user.findText("email")).contains(String.valueOf(claims.get("email")));
        assertThat(id(present(issuer.idToken(claims)))).isEqualTo(id(anonymous));
    }

    @Test
    void identitiesOfOthersAreNotLinked() {
        Map<String, @Nullable Object> claims = claims();
        id(present(issuer.idToken(claims)));
        String token = auth.signUp(email()).text("access_token");
        Answer taken = presentAs(token, issuer.idToken(claims), ",\"link_identity\":true");
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.text("code")).isEqualTo("identity_already_exists");
        assertThat(presentAs("", issuer.idToken(claims()), ",\"link_identity\":true").status())
                .isEqualTo(401);
    }

    @Test
    void linkingByTheBrowserAndUnlinking() {
        String email = email();
        String token = auth.signUp(email).text("access_token");
        Answer page =
                auth.call(
                        "GET",
                        "/user/identities/authorize?provider=keycloak&skip_http_redirect=true"
                                + "&code_challenge_method=s256&code_challenge="
                                + OAuthFlow.CHALLENGE,
                        token,
                        "");
        String url = page.text("url");
        String state =
                String.valueOf(FormFields.parse(url.substring(url.indexOf('?') + 1)).get("state"));
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("sub", UUID.randomUUID().toString());
        person.put("email", email());
        person.put("email_verified", true);
        String query = "state=" + state + "&code=" + issuer.signIn(url, person);
        Answer back = auth.call("GET", "/callback?" + query, "", "");
        String code = OAuthFlow.query(String.valueOf(back.headers().get("Location"))).get("code");
        Answer linked =
                auth.call(
                        "POST",
                        "/token?grant_type=pkce",
                        "",
                        "{\"auth_code\":\""
                                + code
                                + "\",\"code_verifier\":\""
                                + OAuthFlow.VERIFIER
                                + "\"}");
        assertThat(linked.status()).isEqualTo(200);
        Answer user = auth.call("GET", "/user", token, "");
        assertThat(user.text("email")).isEqualTo(email);
        assertThat(identities(user)).hasSize(2);
        String foreign =
                identities(user).stream()
                        .filter(one -> one.findText("provider").orElseThrow().equals("keycloak"))
                        .findFirst()
                        .flatMap(one -> one.findText("identity_id"))
                        .orElseThrow();
        Answer gone = auth.call("DELETE", "/user/identities/" + foreign, token, "");
        assertThat(gone.status()).isEqualTo(200);
        assertThat(auth.call("DELETE", "/user/identities/" + foreign, token, "").text("code"))
                .isEqualTo("identity_not_found");
        Answer left = auth.call("GET", "/user", token, "");
        assertThat(identities(left)).hasSize(1);
        assertThat(left.object("app_metadata").toString()).doesNotContain("keycloak");
        String last = identities(left).getFirst().findText("identity_id").orElseThrow();
        assertThat(auth.call("DELETE", "/user/identities/" + last, token, "").text("code"))
                .isEqualTo("single_identity_not_deletable");
        assertThat(auth.call("DELETE", "/user/identities/x", token, "").text("code"))
                .isEqualTo("identity_not_found");
    }

    @Test
    void withTheIdentityGoesItsAddress() {
        Map<String, @Nullable Object> first = claims();
        String token = present(issuer.idToken(first)).text("access_token");
        Map<String, @Nullable Object> second = claims();
        id(presentAs(token, issuer.idToken(second), ",\"link_identity\":true"));
        Answer user = auth.call("GET", "/user", token, "");
        String one =
                identities(user).stream()
                        .filter(found ->
                                found.findText("id")
                                        .orElseThrow()
                                        .equals(String.valueOf(first.get("sub"))))
                        .findFirst()
                        .flatMap(found -> found.findText("identity_id"))
                        .orElseThrow();
        // Somebody else has the address that would be the account's next.
        auth.signUp(String.valueOf(second.get("email")));
        assertThat(auth.call("DELETE", "/user/identities/" + one, token, "").text("code"))
                .isEqualTo("email_conflict_identity_not_deletable");
    }

    @Test
    void linkingIsOffUnlessSwitchedOn() {
        String token = strict.signUp(email()).text("access_token");
        Answer page = strict.call("GET", "/user/identities/authorize?provider=keycloak", token, "");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.text("code")).isEqualTo("manual_linking_disabled");
        assertThat(
                        strict.call("DELETE", "/user/identities/" + UUID.randomUUID(), token, "")
                                .text("code"))
                .isEqualTo("manual_linking_disabled");
    }

    @Test
    void unknownAndDisabledProviders() {
        Answer unknown = auth.call("GET", "/authorize?provider=myspace", "", "");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text("code")).isEqualTo("oauth_provider_not_supported");
        assertThat(auth.call("GET", "/authorize", "", "").text("code"))
                .isEqualTo("oauth_provider_not_supported");
        assertThat(auth.call("GET", "/authorize?provider=google", "", "").text("code"))
                .isEqualTo("provider_disabled");
        assertThat(auth.call("GET", "/authorize?provider=discord", "", "").text("code"))
                .isEqualTo("provider_disabled");
        Answer half = auth.call("GET", "/authorize?provider=keycloak&code_challenge=x", "", "");
        assertThat(half.text("code")).isEqualTo("validation_failed");
    }

    @Test
    void settingsTellWhichProvidersAreOn() {
        JsonObject external = auth.call("GET", "/settings", "", "").object("external");
        assertThat(external.find("keycloak")).contains(JsonBoolean.TRUE);
        assertThat(external.find("google")).contains(JsonBoolean.FALSE);
        assertThat(external.find("discord")).contains(JsonBoolean.FALSE);
    }

    @Test
    void theAddressIsGivenInsteadOfFollowed() {
        Answer answer =
                auth.call("GET", "/authorize?provider=keycloak&skip_http_redirect=true", "", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("url")).startsWith(issuer.url());
    }

    @Test
    void githubTellsTheVerifiedAddressAtAnotherPlace() {
        String email = email();
        issuer.answers.put(
                "/api/v3/user",
                "{\"id\":4711,\"login\":\"ada\",\"name\":null,\"email\":\"public@x.example\"}");
        issuer.answers.put(
                "/api/v3/user/emails",
                "[{\"email\":\"old@x.example\",\"primary\":false,\"verified\":true},{\"email\":\""
                        + email
                        + "\",\"primary\":true,\"verified\":true}]");
        Answer page =
                auth.call("GET", "/authorize?provider=github&skip_http_redirect=true", "", "");
        String url = page.text("url");
        assertThat(url).startsWith(issuer.url() + "/login/oauth/authorize?");
        String state =
                String.valueOf(FormFields.parse(url.substring(url.indexOf('?') + 1)).get("state"));
        Answer back =
                auth.call(
                        "GET",
                        "/callback?state=" + state + "&code=" + issuer.signIn(url, Map.of()),
                        "",
                        "");
        String location = String.valueOf(back.headers().get("Location"));
        String token =
                String.valueOf(
                        FormFields.parse(location.substring(location.indexOf('#') + 1))
                                .get("access_token"));
        Answer user = auth.call("GET", "/user", token, "");
        assertThat(user.text("email")).isEqualTo(email);
        assertThat(identities(user).getFirst().findText("id")).contains("4711");
        assertThat(user.object("user_metadata").findText("user_name")).contains("ada");
    }
}
