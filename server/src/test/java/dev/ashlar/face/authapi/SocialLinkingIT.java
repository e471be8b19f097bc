package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whose account an identity may be added to, and whom a callback and an identity are believed.
class SocialLinkingIT {
    private static final String ASKED =
            "&code_challenge=" + OAuthFlow.CHALLENGE + "&code_challenge_method=s256";

    private static Vertx vertx;
    private static ForeignIssuer issuer;

    /// Its description says that it names itself in every answer.
    private static ForeignIssuer naming;

    private static RunningAuth auth;

    /// Links without PKCE too.
    private static RunningAuth lax;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        issuer = new ForeignIssuer();
        naming = new ForeignIssuer();
        naming.claims = "\"authorization_response_iss_parameter_supported\":true,";
        auth = running();
        lax = running("auth.social.implicit-linking=true");
    }

    private static RunningAuth running(String... further) {
        List<String> settings = new ArrayList<>(List.of(further));
        settings.add("auth.social.manual-linking=true");
        settings.add("auth.autoconfirm=true");
        Map.of("keycloak", issuer, "gitlab", naming)
                .forEach((name, provider) -> {
                    String section = "auth.external." + name;
                    settings.add(section + ".client-id=" + ForeignIssuer.CLIENT);
                    settings.add(section + ".client-secret=" + ForeignIssuer.SECRET);
                    settings.add(section + ".url=" + provider.url());
                });
        return new RunningAuth(vertx, PostgresForTests.fresh(), settings.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        auth.close();
        lax.close();
        issuer.close();
        naming.close();
        vertx.close();
    }

    private static Map<String, Object> person() {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("sub", UUID.randomUUID().toString());
        person.put("email", UUID.randomUUID() + "@x.example");
        person.put("email_verified", true);
        return person;
    }

    private static Answer signedUp(RunningAuth on) {
        return on.signUp(UUID.randomUUID() + "@x.example");
    }

    private static Answer startLinking(RunningAuth on, String token, String further) {
        return on.call(
                "GET",
                "/user/identities/authorize?provider=keycloak&skip_http_redirect=true" + further,
                token,
                "");
    }

    /// The address of the provider's page.
    private static String page(RunningAuth on, String query) {
        Answer answer = on.call("GET", "/authorize?skip_http_redirect=true&" + query, "", "");
        return answer.text("url");
    }

    /// Where the browser of somebody ends who signs in at the page.
    private static Map<String, String> back(
            RunningAuth on, String page, Map<String, Object> person, String further) {
        String location =
                String.valueOf(callback(on, page, person, further).headers().get("Location"));
        int fragment = location.indexOf('#');
        return FormFields.parse(
                location.substring((fragment < 0 ? location.indexOf('?') : fragment) + 1));
    }

    private static Answer callback(
            RunningAuth on, String page, Map<String, Object> person, String further) {
        String state = FormFields.parse(page.substring(page.indexOf('?') + 1)).get("state");
        ForeignIssuer at = page.startsWith(naming.url()) ? naming : issuer;
        String query = "state=" + state + "&code=" + at.signIn(page, person) + further;
        return on.call("GET", "/callback?" + query, "", "");
    }

    private static Answer exchange(RunningAuth on, Map<String, String> end, String verifier) {
        return on.call(
                "POST",
                "/token?grant_type=pkce",
                "",
                "{\"auth_code\":\""
                        + end.get("code")
                        + "\",\"code_verifier\":\""
                        + verifier
                        + "\"}");
    }

    private static int identities(RunningAuth on, String token) {
        Answer user = on.call("GET", "/user", token, "");
        assertThat(user.status()).as(user.body().toString()).isEqualTo(200);
        return ((JsonArray) user.body().find("identities").orElseThrow()).elements().size();
    }

    private static void refuses(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }

    @Test
    void whoeverIsSentToTheProviderByAnotherKeepsTheirIdentity() {
        String attacker = signedUp(auth).text("access_token");
        String page = startLinking(auth, attacker, ASKED).text("url");
        Map<String, Object> victim = person();
        Map<String, String> end = back(auth, page, victim, "");
        assertThat(end).containsKey("code").doesNotContainKey("access_token");
        assertThat(identities(auth, attacker)).isEqualTo(1);
        // The page in the victim's browser has begun nothing, and has another verifier or none.
        refuses(exchange(auth, end, "x".repeat(43)), 400, "bad_code_verifier");
        assertThat(identities(auth, attacker)).isEqualTo(1);
        Map<String, String> own = back(auth, page(auth, "provider=keycloak"), victim, "");
        Answer user = auth.call("GET", "/user", String.valueOf(own.get("access_token")), "");
        assertThat(user.text("email")).isEqualTo(victim.get("email"));
    }

    @Test
    void whoeverHasStartedLinksWhenTheCodeIsExchanged() {
        Answer session = signedUp(auth);
        String token = session.text("access_token");
        Map<String, Object> person = person();
        Map<String, String> end =
                back(auth, startLinking(auth, token, ASKED).text("url"), person, "");
        Answer linked = exchange(auth, end, OAuthFlow.VERIFIER);
        assertThat(linked.status()).isEqualTo(200);
        assertThat(linked.text("provider_token")).isEqualTo("foreign-access");
        assertThat(linked.object("user").findText("id"))
                .isEqualTo(session.object("user").findText("id"));
        assertThat(identities(auth, token)).isEqualTo(2);
        Answer other = signedUp(auth);
        String page = startLinking(auth, other.text("access_token"), ASKED).text("url");
        assertThat(back(auth, page, person, ""))
                .containsEntry("error_code", "identity_already_exists");
    }

    @Test
    void ofTwoWhoLinkOneIdentityOneGetsIt() {
        Map<String, Object> person = person();
        List<Answer> ends = new ArrayList<>();
        List<Map<String, String>> codes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String token = signedUp(auth).text("access_token");
            codes.add(back(auth, startLinking(auth, token, ASKED).text("url"), person, ""));
        }
        codes.forEach(end -> ends.add(exchange(auth, end, OAuthFlow.VERIFIER)));
        assertThat(ends.getFirst().status()).isEqualTo(200);
        refuses(ends.getLast(), 422, "identity_already_exists");
    }

    @Test
    void withoutPkceNothingIsLinkedUnlessSwitchedOn() {
        String token = signedUp(auth).text("access_token");
        refuses(startLinking(auth, token, ""), 400, "validation_failed");
        String there = signedUp(lax).text("access_token");
        String page = startLinking(lax, there, "").text("url");
        assertThat(back(lax, page, person(), "")).containsKey("access_token");
        assertThat(identities(lax, there)).isEqualTo(2);
    }

    @Test
    void linkingEndsWithTheSessionItWasStartedIn() {
        Answer session = signedUp(auth);
        String token = session.text("access_token");
        Map<String, Object> person = person();
        String page = startLinking(auth, token, ASKED).text("url");
        auth.call("POST", "/logout", token, "");
        Map<String, String> end = back(auth, page, person, "");
        refuses(exchange(auth, end, OAuthFlow.VERIFIER), 403, "session_not_found");

        String there = signedUp(lax).text("access_token");
        String open = startLinking(lax, there, "").text("url");
        lax.call("POST", "/logout", there, "");
        assertThat(back(lax, open, person, "")).containsEntry("error_code", "session_not_found");
    }

    @Test
    void linkingNeedsTheSecondFactor() {
        Answer session = signedUp(auth);
        String token = session.text("access_token");
        Map<String, Object> person = person();
        String begun = startLinking(auth, token, ASKED).text("url");
        auth.database()
                .transaction(tx ->
                        tx.execute(
                                SqlText.of(
                                        """
                                        insert into auth.mfa_factors (id, user_id, factor_type,
                                          status, created_at, updated_at)
                                        values ($1, $2, 'totp', 'verified', now(), now())
                                        """,
                                        UUID.randomUUID(),
                                        UUID.fromString(
                                                session.object("user")
                                                        .findText("id")
                                                        .orElseThrow()))));
        refuses(startLinking(auth, token, ASKED), 403, "insufficient_aal");
        Map<String, String> end = back(auth, begun, person, "");
        refuses(exchange(auth, end, OAuthFlow.VERIFIER), 403, "insufficient_aal");
        Answer presented =
                auth.call(
                        "POST",
                        "/token?grant_type=id_token",
                        token,
                        "{\"provider\":\"keycloak\",\"link_identity\":true,\"id_token\":\""
                                + issuer.idToken(new LinkedHashMap<>(person))
                                + "\"}");
        refuses(presented, 403, "insufficient_aal");
        assertThat(identities(auth, token)).isEqualTo(1);
    }

    @Test
    void anotherIssuersPersonOfTheSameSubjectIsSomebodyElse() {
        Map<String, Object> person = person();
        assertThat(back(auth, page(auth, "provider=keycloak"), person, ""))
                .containsKey("access_token");
        long changed =
                auth.database()
                        .transaction(tx ->
                                tx.execute(
                                        SqlText.of(
                                                """
                                                update auth.identities set identity_data = jsonb_set(
                                                  identity_data, '{iss}', '"https://old.example"')
                                                where provider_id = $1
                                                """,
                                                String.valueOf(person.get("sub")))));
        assertThat(changed).isEqualTo(1);
        assertThat(back(auth, page(auth, "provider=keycloak"), person, ""))
                .containsEntry("error_code", "identity_already_exists");
    }

    /// RFC 9207, 2.4.
    @Test
    void aCallbackOfAnotherIssuerIsRefused() {
        String keycloak = page(auth, "provider=keycloak");
        assertThat(back(auth, keycloak, person(), "&iss=https%3A%2F%2Fevil.example"))
                .containsEntry("error_code", "bad_oauth_callback");
        String named = "&iss=" + issuer.url().replace(":", "%3A").replace("/", "%2F");
        assertThat(back(auth, page(auth, "provider=keycloak"), person(), named))
                .containsKey("access_token");
        assertThat(back(auth, page(auth, "provider=gitlab"), person(), ""))
                .containsEntry("error_code", "bad_oauth_callback");
        String other = "&iss=" + naming.url().replace(":", "%3A").replace("/", "%2F");
        assertThat(back(auth, page(auth, "provider=gitlab"), person(), other))
                .containsKey("access_token");
    }

    @Test
    void tokensAndSubjectsThatCannotBeKeptAreRefused() {
        Map<String, Object> nul = person();
        nul.put("sub", "a\0b");
        assertThat(back(auth, page(auth, "provider=keycloak"), nul, ""))
                .containsEntry("error_code", "bad_oauth_callback");
        issuer.answers.put("access_token", "a\\r\\nX-Evil: 1");
        try {
            assertThat(back(auth, page(auth, "provider=keycloak"), person(), ""))
                    .containsEntry("error_code", "bad_oauth_callback");
        } finally {
            issuer.answers.remove("access_token");
        }
    }
}
