package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.SsoCalls.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.face.authapi.SsoCalls.Page;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import dev.ashlar.testing.SoftwareIdentityProvider;
import dev.ashlar.testing.SoftwareIdentityProvider.Words;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Signing in by an organisation's identity provider, which signs with a real key.
class SsoIT {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String SITE = "http://localhost:3000";

    private static final SoftwareIdentityProvider IDP =
            SoftwareIdentityProvider.rsa("https://idp.example/metadata");

    private static final SoftwareIdentityProvider OTHER =
            SoftwareIdentityProvider.ec("https://other.example/metadata");

    private static Vertx vertx;
    private static RunningAuth auth;
    private static SsoCalls sso;
    private static String provider;
    private static String other;

    /// Takes answers that nobody asked for.
    private static RunningAuth open;

    private static SsoCalls openSso;

    /// Has single sign-on switched off.
    private static RunningAuth off;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        auth =
                new RunningAuth(
                        vertx,
                        PostgresForTests.fresh(),
                        "auth.saml.enabled=true",
                        "auth.passkeys.enabled=true",
                        "auth.social.manual-linking=true",
                        "auth.external.keycloak.client-id=x",
                        "auth.external.keycloak.url=https://issuer.example",
                        "auth.autoconfirm=true");
        sso = new SsoCalls(auth);
        provider = sso.add(IDP, "acme.example", "acme.test");
        other = sso.add(OTHER, "other.example");
        open =
                new RunningAuth(
                        vertx,
                        PostgresForTests.fresh(),
                        "auth.saml.enabled=true",
                        "auth.saml.allow-idp-initiated=true",
                        "auth.redirect-urls=https://app.example/in");
        openSso = new SsoCalls(open);
        off = new RunningAuth(vertx, PostgresForTests.fresh());
    }

    @AfterAll
    static void stop() {
        auth.close();
        open.close();
        off.close();
        vertx.close();
    }

    private static String email() {
        return UUID.randomUUID() + "@acme.example";
    }

    private static String name() {
        return UUID.randomUUID().toString();
    }

    private static JsonObjectBuilder with(String name, String value) {
        return new JsonObjectBuilder().put(name, value);
    }

    private static Answer exchange(RunningAuth on, String code, String verifier) {
        return on.call(
                "POST",
                "/token?grant_type=pkce",
                "",
                "{\"auth_code\":\"%s\",\"code_verifier\":\"%s\"}".formatted(code, verifier));
    }

    @Test
    void theImplicitFlowEndsInASession() {
        String email = email();
        Page page = sso.page(provider);
        String end = sso.post(IDP.answer(sso.words(IDP, page, email)), page.state());
        assertThat(end).startsWith(SITE + "/#access_token=");
        JsonObject user = sso.user(fields(end));
        assertThat(user.findText("email")).contains(email);
        assertThat(user.find("is_sso_user")).contains(JsonBoolean.TRUE);
        assertThat(user.find("is_anonymous")).contains(JsonBoolean.FALSE);
        assertThat(user.findText("email_confirmed_at")).isPresent();
        assertThat(user.findObject("app_metadata").orElseThrow().findText("provider"))
                .contains("sso:" + provider);
        JsonObject identity =
                (JsonObject)
                        ((JsonArray) user.find("identities").orElseThrow()).elements().getFirst();
        assertThat(identity.findText("provider")).contains("sso:" + provider);
        assertThat(identity.findObject("identity_data").orElseThrow().findText("iss"))
                .contains(IDP.entityId());
        JsonObject method =
                (JsonObject)
                        ((JsonArray)
                                        SsoCalls.claims(
                                                        fields(end)
                                                                .getOrDefault("access_token", ""))
                                                .find("amr")
                                                .orElseThrow())
                                .elements()
                                .getFirst();
        assertThat(method.findText("method")).contains("sso/saml");
        assertThat(method.findText("provider")).contains(provider);
    }

    @Test
    void pkceEndsInACode() {
        Page page =
                sso.page(
                        with("domain", "ACME.example")
                                .put("redirect_to", SITE + "/in?x=1")
                                .put("code_challenge", CHALLENGE)
                                .put("code_challenge_method", "s256"));
        Words words = sso.words(IDP, page, email());
        words.sessionEnd = auth.now().plus(Duration.ofHours(9));
        String end = sso.post(IDP.answerSignedAsAWhole(words), page.state());
        assertThat(end).startsWith(SITE + "/in?x=1&code=");
        String code = String.valueOf(fields(end).get("code"));
        assertThat(exchange(auth, code, VERIFIER.replace('d', 'e')).text("code"))
                .isEqualTo("bad_code_verifier");

        Page again =
                sso.page(
                        with("provider_id", provider)
                                .put("code_challenge", CHALLENGE)
                                .put("code_challenge_method", "s256"));
        Words more = sso.words(IDP, again, email());
        more.sessionEnd = words.sessionEnd;
        String next = sso.post(IDP.answer(more), again.state());
        Answer session = exchange(auth, String.valueOf(fields(next).get("code")), VERIFIER);
        assertThat(session.status()).as(session.body().toString()).isEqualTo(200);
        JsonObject method =
                (JsonObject)
                        ((JsonArray)
                                        SsoCalls.claims(session.text("access_token"))
                                                .find("amr")
                                                .orElseThrow())
                                .elements()
                                .getFirst();
        assertThat(method.findText("method")).contains("sso/saml");
        assertThat(method.findText("provider")).contains(provider);
        // The identity provider said when the session is over.
        assertThat(sessionEnd(session.object("user").findText("id").orElseThrow()))
                .isEqualTo(words.sessionEnd.getEpochSecond());
    }

    private static long sessionEnd(String account) {
        return auth.database()
                .transaction(tx ->
                        tx.query(
                                        SqlText.of(
                                                """
                                                select floor(extract(epoch from not_after))::bigint
                                                  as n
                                                from auth.sessions where user_id = $1
                                                """,
                                                UUID.fromString(account)))
                                .getFirst()
                                .requireLong("n"));
    }

    @Test
    void aSessionEndsWhenTheIdentityProviderSays() {
        Page page = sso.page(provider);
        Words words = sso.words(IDP, page, email());
        words.sessionEnd = auth.now().plusSeconds(3_600);
        Map<String, String> session = fields(sso.post(IDP.answer(words), page.state()));
        String id = sso.user(session).findText("id").orElseThrow();
        assertThat(sessionEnd(id)).isEqualTo(words.sessionEnd.getEpochSecond());
    }

    @Test
    void theRequestNamesUsAndWhereToAnswer() {
        Page page = sso.page(provider);
        assertThat(page.url()).startsWith(SoftwareIdentityProvider.PAGE + "?SAMLRequest=");
        assertThat(page.query()).doesNotContainKey("Signature");
        assertThat(page.state().length()).isLessThanOrEqualTo(80);
        assertThat(page.asked().getAttribute("AssertionConsumerServiceURL"))
                .isEqualTo(SsoCalls.HERE);
        assertThat(page.asked().getAttribute("Destination"))
                .isEqualTo(SoftwareIdentityProvider.PAGE);
        assertThat(page.asked().getAttribute("ID")).matches("_[0-9a-f]{64}");
        assertThat(
                        SoftwareIdentityProvider.required(
                                        page.asked(), SoftwareIdentityProvider.SAML, "Issuer")
                                .getTextContent())
                .isEqualTo(SsoCalls.SELF);
        Answer redirect = auth.call("POST", "/sso", "", "{\"domain\":\"acme.example\"}");
        assertThat(redirect.location()).startsWith(SoftwareIdentityProvider.PAGE);
    }

    @Test
    void nobodyElsesAccountIsJoined() {
        String email = email();
        Answer before = auth.signUp(email);
        assertThat(before.status()).isEqualTo(200);
        Map<String, String> session = sso.signIn(IDP, provider, name(), email);
        String id = sso.user(session).findText("id").orElseThrow();
        assertThat(before.object("user").findText("id")).isPresent().get().isNotEqualTo(id);
        // Nor one of another provider's, whatever name and address it claims.
        String subject = name();
        Map<String, String> ours = sso.signIn(IDP, provider, subject, email);
        Map<String, String> theirs = sso.signIn(OTHER, other, subject, email);
        assertThat(sso.user(theirs).findText("id")).isNotEqualTo(sso.user(ours).findText("id"));
        // And the password is still that of the one who has it.
        assertThat(auth.signIn(email, "correct horse").object("user").findText("id"))
                .isEqualTo(before.object("user").findText("id"));
    }

    @Test
    void whoComesBackIsKnownByNameAndBroughtUpToDate() {
        String subject = name();
        String first = email();
        String second = email();
        String id =
                sso.user(sso.signIn(IDP, provider, subject, first)).findText("id").orElseThrow();
        JsonObject later = sso.user(sso.signIn(IDP, provider, subject, second));
        assertThat(later.findText("id")).contains(id);
        assertThat(later.findText("email")).contains(second);
        assertThat(later.find("is_sso_user")).contains(JsonBoolean.TRUE);
    }

    @Test
    void firstSignInsAtTheSameTimeMakeOneAccount() {
        String subject = name();
        String email = email();
        List<String> ids =
                Race.of(
                        6,
                        () ->
                                sso.user(sso.signIn(IDP, provider, subject, email))
                                        .findText("id")
                                        .orElseThrow());
        assertThat(ids).containsOnly(ids.getFirst());
    }

    @Test
    void waysInAreTheIdentityProvidersBusiness() {
        Map<String, String> session = sso.signIn(IDP, provider, name(), email());
        String token = String.valueOf(session.get("access_token"));
        for (String change :
                List.of("{\"password\":\"battery staple\"}", "{\"email\":\"new@acme.example\"}")) {
            Answer answer = auth.call("PUT", "/user", token, change);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text("code")).isEqualTo("user_sso_managed");
        }
        assertThat(auth.call("PUT", "/user", token, "{\"data\":{\"theme\":\"dark\"}}").status())
                .isEqualTo(200);
        assertThat(auth.call("POST", "/passkeys/registration/options", token, "{}").text("code"))
                .isEqualTo("user_sso_managed");
        String id = sso.user(session).findText("id").orElseThrow();
        for (String change :
                List.of(
                        "{\"password\":\"battery staple\"}",
                        "{\"email\":\"new@acme.example\"}",
                        "{\"phone\":\"15550001111\"}")) {
            assertThat(
                            auth.call("PUT", "/admin/users/" + id, auth.serviceKey(), change)
                                    .text("code"))
                    .isEqualTo("user_sso_managed");
        }
        assertThat(
                        auth.call(
                                        "PUT",
                                        "/admin/users/" + id,
                                        auth.serviceKey(),
                                        "{\"app_metadata\":{\"plan\":\"pro\"}}")
                                .status())
                .isEqualTo(200);
        assertThat(sso.user(session).find("is_sso_user")).contains(JsonBoolean.TRUE);
    }

    @Test
    void aRelayStateIsGoodOnce() {
        Page page = sso.page(provider);
        String answer = IDP.answer(sso.words(IDP, page, email()));
        assertThat(fields(sso.post(answer, page.state()))).containsKey("access_token");
        assertThat(fields(sso.post(answer, page.state())))
                .containsEntry("error", "access_denied")
                .containsEntry("error_code", "saml_relay_state_not_found");
        // Also when what came with it was bad.
        Page spoiled = sso.page(provider);
        assertThat(fields(sso.post("bad", spoiled.state())))
                .containsEntry("error_code", "validation_failed");
        assertThat(fields(sso.post(IDP.answer(sso.words(IDP, spoiled, email())), spoiled.state())))
                .containsEntry("error_code", "saml_relay_state_not_found");
        assertThat(fields(sso.post(answer, UUID.randomUUID().toString())))
                .containsEntry("error_code", "saml_relay_state_not_found");
    }

    @Test
    void ofSeveralWhoBringTheSameAnswerOneGetsIn() {
        Page page = sso.page(provider);
        String answer = IDP.answer(sso.words(IDP, page, email()));
        List<Map<String, String>> ends = Race.of(8, () -> fields(sso.post(answer, page.state())));
        assertThat(ends.stream().filter(end -> end.containsKey("access_token"))).hasSize(1);
    }

    @Test
    void anAnswerToOneRequestIsNoneToAnother() {
        Page mine = sso.page(provider);
        Page theirs = sso.page(provider);
        String answer = IDP.answer(sso.words(IDP, theirs, email()));
        assertThat(fields(sso.post(answer, mine.state())))
                .containsEntry("error_code", "validation_failed");
    }

    @Test
    void anAnswerOfOneProviderIsNoneOfAnother() {
        Page page = sso.page(provider);
        String answer = OTHER.answer(sso.words(OTHER, page, email()));
        assertThat(fields(sso.post(answer, page.state())))
                .containsEntry("error_code", "validation_failed");
        // Nor when it claims to be the other.
        Page again = sso.page(provider);
        Words words = sso.words(IDP, again, email());
        assertThat(fields(sso.post(OTHER.answer(words), again.state())))
                .containsEntry("error_code", "validation_failed");
    }

    @Test
    void clocksAndPatience() {
        Page page = sso.page(provider);
        Words words = sso.words(IDP, page, email());
        words.confirmedUntil = auth.now().minusSeconds(31);
        assertThat(fields(sso.post(IDP.answer(words), page.state())).get("error_description"))
                .contains("expired");
        Page slow = sso.page(with("provider_id", provider).put("redirect_to", SITE + "/in"));
        auth.pass(Duration.ofMinutes(11));
        String end = sso.post(IDP.answer(sso.words(IDP, slow, email())), slow.state());
        assertThat(end).startsWith(SITE + "/in?");
        assertThat(fields(end)).containsEntry("error_code", "saml_relay_state_expired");
    }

    @Test
    void peopleWithoutANameOrAnAddressAreTurnedAway() {
        Page page = sso.page(provider);
        Words nameless = sso.words(IDP, page, email());
        nameless.format = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
        assertThat(fields(sso.post(IDP.answer(nameless), page.state())))
                .containsEntry("error_code", "saml_assertion_no_user_id");
        Page next = sso.page(provider);
        Words words = sso.words(IDP, next, "nobody");
        assertThat(fields(sso.post(IDP.answer(words), next.state())))
                .containsEntry("error_code", "saml_assertion_no_email");
    }

    @Test
    void failuresOfAPkceFlowStandInTheQueryAlone() {
        Page page =
                sso.page(
                        with("provider_id", provider)
                                .put("code_challenge", CHALLENGE)
                                .put("code_challenge_method", "s256"));
        String end = sso.post("bad", page.state());
        assertThat(end).contains("?error=").doesNotContain("#");
    }

    @Test
    void browsersAreSentNowhereElse() {
        Page page =
                sso.page(with("provider_id", provider).put("redirect_to", "https://evil.example"));
        assertThat(sso.post(IDP.answer(sso.words(IDP, page, email())), page.state()))
                .startsWith(SITE + "/#access_token=");
    }

    @Test
    void theBannedAndTheDeletedStayOutside() {
        String subject = name();
        String email = email();
        String id =
                sso.user(sso.signIn(IDP, provider, subject, email)).findText("id").orElseThrow();
        auth.call("PUT", "/admin/users/" + id, auth.serviceKey(), "{\"ban_duration\":\"24h\"}");
        assertThat(sso.signIn(IDP, provider, subject, email))
                .containsEntry("error_code", "user_banned");
        auth.call("DELETE", "/admin/users/" + id, auth.serviceKey(), "{}");
        assertThat(sso.user(sso.signIn(IDP, provider, subject, email)).findText("id"))
                .isPresent()
                .get()
                .isNotEqualTo(id);
    }

    @Test
    void whereItIsSwitchedOffNothingAnswers() {
        for (Answer answer :
                List.of(
                        off.call("POST", "/sso", "", "{\"domain\":\"acme.example\"}"),
                        off.call("GET", "/sso/saml/metadata", "", ""),
                        off.call("POST", "/sso/saml/acs", "", "SAMLResponse=x"))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text("code")).isEqualTo("saml_provider_disabled");
        }
        assertThat(off.call("GET", "/settings", "", "").body().find("saml_enabled"))
                .contains(JsonBoolean.FALSE);
        assertThat(auth.call("GET", "/settings", "", "").body().find("saml_enabled"))
                .contains(JsonBoolean.TRUE);
    }

    @Test
    void whatIsUnknownOrDisabledIsNotFound() {
        for (JsonObjectBuilder body :
                List.of(
                        with("domain", "unknown.example"),
                        with("provider_id", UUID.randomUUID().toString()),
                        with("provider_id", "no-id"))) {
            Answer answer = sso.start(body);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text("code")).isEqualTo("sso_provider_not_found");
        }
        assertThat(sso.start(new JsonObjectBuilder()).text("code")).isEqualTo("validation_failed");
        assertThat(
                        sso.start(with("domain", "acme.example").put("provider_id", provider))
                                .text("code"))
                .isEqualTo("validation_failed");

        SoftwareIdentityProvider idp = SoftwareIdentityProvider.ec("https://closing.example");
        String id = sso.add(idp, "closing.example");
        Page page = sso.page(id);
        sso.update(id, new JsonObjectBuilder().put("disabled", true).build());
        assertThat(sso.start(with("domain", "closing.example")).text("code"))
                .isEqualTo("sso_provider_not_found");
        assertThat(fields(sso.post(idp.answer(sso.words(idp, page, email())), page.state())))
                .containsEntry("error_code", "saml_idp_not_found");
    }

    @Test
    void whatNobodyAskedForIsTakenWhereTheSettingSaysSo() {
        SoftwareIdentityProvider idp = SoftwareIdentityProvider.rsa("https://portal.example");
        openSso.add(idp);
        Words words = idp.words(SsoCalls.SELF, SsoCalls.HERE, null, open.now()).email(email());
        String answer = idp.answer(words);
        String end = openSso.post(answer, "https://app.example/in");
        assertThat(end).startsWith("https://app.example/in#access_token=");
        assertThat(fields(openSso.post(answer, "https://app.example/in")).get("error_description"))
                .contains("used before");
        // To a page that is not ours nobody is sent.
        Words again = idp.words(SsoCalls.SELF, SsoCalls.HERE, null, open.now()).email(email());
        assertThat(openSso.post(idp.answer(again), "https://evil.example/"))
                .startsWith(SITE + "/#");
        // Where the setting does not say so, it is not taken.
        sso.add(idp);
        Words unasked = idp.words(SsoCalls.SELF, SsoCalls.HERE, null, auth.now()).email(email());
        assertThat(fields(sso.post(idp.answer(unasked), "")))
                .containsEntry("error_code", "saml_relay_state_not_found");
        SoftwareIdentityProvider stranger = SoftwareIdentityProvider.ec("https://stranger.example");
        Words words2 =
                stranger.words(SsoCalls.SELF, SsoCalls.HERE, null, open.now()).email(email());
        assertThat(fields(openSso.post(stranger.answer(words2), "")))
                .containsEntry("error_code", "saml_idp_not_found");
    }

    @Test
    void ofSeveralWhoBringAnAnswerThatNobodyAskedForOneGetsIn() {
        SoftwareIdentityProvider idp = SoftwareIdentityProvider.rsa("https://racing.example");
        openSso.add(idp);
        Words words = idp.words(SsoCalls.SELF, SsoCalls.HERE, null, open.now()).email(email());
        String answer = idp.answer(words);
        List<Map<String, String>> ends = Race.of(8, () -> fields(openSso.post(answer, "")));
        assertThat(ends.stream().filter(end -> end.containsKey("access_token"))).hasSize(1);
    }

    @Test
    void anAnswerIsRememberedForAsLongAsItIsGood() {
        SoftwareIdentityProvider idp = SoftwareIdentityProvider.rsa("https://patient.example");
        openSso.add(idp);
        Words words = idp.words(SsoCalls.SELF, SsoCalls.HERE, null, open.now()).email(email());
        words.notOnOrAfter = null;
        words.confirmedUntil = open.now().plus(Duration.ofHours(2));
        String answer = idp.answer(words);
        assertThat(fields(openSso.post(answer, ""))).containsKey("access_token");
        open.pass(Duration.ofHours(2));
        assertThat(fields(openSso.post(answer, "")).get("error_description"))
                .contains("used before");
        open.pass(Duration.ofSeconds(31));
        assertThat(fields(openSso.post(answer, "")).get("error_description")).contains("expired");
    }

    @Test
    void linkingIsNotForThem() {
        Map<String, String> session = sso.signIn(IDP, provider, name(), email());
        Answer answer =
                auth.call(
                        "GET",
                        "/user/identities/authorize?provider=keycloak&skip_http_redirect=true"
                                + "&code_challenge_method=s256&code_challenge="
                                + "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                        String.valueOf(session.get("access_token")),
                        "");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("code")).isEqualTo("user_sso_managed");
    }
}
