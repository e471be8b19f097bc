package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Signing in with foreign providers: the ways of the browser, and whose account it is in the end.
class SocialIT {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static Vertx vertx;
    private static ForeignIssuer issuer;

    /// Addresses count as confirmed at once.
    private static RunningAuth auth;

    /// Addresses are confirmed by mail.
    private static RunningAuth careful;

    /// Nobody new may come, and nothing may be linked.
    private static RunningAuth closed;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        issuer = new ForeignIssuer();
        auth = running("auth.autoconfirm=true", "auth.anonymous-sign-in=true");
        careful = running("auth.autoconfirm=false", "auth.mail.frequency=0s");
        closed = running("auth.disable-signup=true", "auth.social.manual-linking=false");
    }

    @AfterAll
    static void stop() {
        auth.close();
        careful.close();
        closed.close();
        issuer.close();
        vertx.close();
    }

    private static RunningAuth running(String... further) {
        DatabaseForTests database = PostgresForTests.fresh();
        List<String> settings = new java.util.ArrayList<>();
        settings.add("auth.social.manual-linking=true");
        settings.add("auth.social.implicit-linking=true");
        for (String provider : List.of("keycloak", "gitlab", "github", "spotify")) {
            settings.add("auth.external." + provider + ".client-id=" + ForeignIssuer.CLIENT);
            settings.add("auth.external." + provider + ".client-secret=" + ForeignIssuer.SECRET);
            settings.add("auth.external." + provider + ".url=" + issuer.url());
        }
        settings.add("auth.external.google.enabled=false");
        settings.addAll(List.of(further));
        return new RunningAuth(vertx, database, settings.toArray(String[]::new));
    }

    private static Map<String, Object> person(String email, boolean verified) {
        return person(UUID.randomUUID().toString(), email, verified);
    }

    private static Map<String, Object> person(String subject, String email, boolean verified) {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("sub", subject);
        person.put("email", email);
        person.put("email_verified", verified);
        person.put("name", "Ada Lovelace");
        return person;
    }

    private static String email() {
        return UUID.randomUUID() + "@x.example";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// The address of the provider's page.
    private static String page(RunningAuth on, String query) {
        Answer answer = on.call("GET", "/authorize?" + query, "", "");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(302);
        return String.valueOf(answer.headers().get("Location"));
    }

    private static String state(String page) {
        return String.valueOf(FormFields.parse(page.substring(page.indexOf('?') + 1)).get("state"));
    }

    /// Where the browser ends.
    private static String back(RunningAuth on, String query) {
        Answer answer = on.call("GET", "/callback?" + query, "", "");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(302);
        assertThat(answer.headers())
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Referrer-Policy", "no-referrer");
        return String.valueOf(answer.headers().get("Location"));
    }

    private static Map<String, String> fields(String location) {
        int fragment = location.indexOf('#');
        return FormFields.parse(
                fragment < 0
                        ? location.substring(location.indexOf('?') + 1)
                        : location.substring(fragment + 1));
    }

    private static Map<String, String> signIn(
            RunningAuth on, String provider, Map<String, Object> person) {
        String page = page(on, "provider=" + provider);
        return fields(back(on, "state=" + state(page) + "&code=" + issuer.signIn(page, person)));
    }

    private static JsonObject user(RunningAuth on, Map<String, String> session) {
        assertThat(session).containsKey("access_token");
        Answer user = on.call("GET", "/user", session.getOrDefault("access_token", ""), "");
        assertThat(user.status()).isEqualTo(200);
        return user.body();
    }

    private static String id(RunningAuth on, Map<String, String> session) {
        return user(on, session).findText("id").orElseThrow();
    }

    private static List<JsonObject> identities(JsonObject user) {
        return ((JsonArray) user.find("identities").orElseThrow())
                .elements().stream().map(JsonObject.class::cast).toList();
    }

    @Test
    void aNewPersonGetsAnAccountAndComesBackToIt() {
        String email = email();
        Map<String, Object> ada = person(email, true);
        Map<String, String> session = signIn(auth, "keycloak", ada);
        assertThat(session)
                .containsEntry("token_type", "bearer")
                .containsEntry("provider_token", "foreign-access")
                .containsEntry("provider_refresh_token", "foreign-refresh")
                .containsKeys("refresh_token", "expires_in", "expires_at");
        JsonObject user = user(auth, session);
        assertThat(user.findText("email")).contains(email);
        assertThat(user.findText("email_confirmed_at")).isPresent();
        assertThat(user.findObject("app_metadata").orElseThrow().findText("provider"))
                .contains("keycloak");
        assertThat(user.findObject("user_metadata").orElseThrow().findText("full_name"))
                .contains("Ada Lovelace");
        assertThat(identities(user)).hasSize(1);
        assertThat(id(auth, signIn(auth, "keycloak", ada)))
                .isEqualTo(user.findText("id").orElseThrow());
    }

    @Test
    void thePageIsAskedWithStateNonceAndChallenge() {
        String page =
                page(
                        auth,
                        "provider=keycloak&scopes=calendar&prompt=consent&client_id=evil"
                                + "&redirect_uri=evil&state=evil");
        Map<String, String> asked = FormFields.parse(page.substring(page.indexOf('?') + 1));
        assertThat(page).startsWith(issuer.url() + "/authorize?");
        assertThat(asked)
                .containsEntry("client_id", ForeignIssuer.CLIENT)
                .containsEntry("redirect_uri", "http://localhost:8000/auth/v1/callback")
                .containsEntry("response_type", "code")
                .containsEntry("scope", "openid email profile calendar")
                .containsEntry("prompt", "consent")
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("nonce", "code_challenge");
        assertThat(asked.get("state")).hasSize(43);
        List<String> stored =
                auth.database()
                        .transaction(tx ->
                                tx
                                        .query(
                                                SqlText.of(
                                                        "select state_hash || sealed as all_of_it"
                                                                + " from auth.oauth_states"))
                                        .stream()
                                        .map(row -> row.requireText("all_of_it"))
                                        .toList());
        assertThat(stored)
                .isNotEmpty()
                .noneMatch(row ->
                        row.contains(String.valueOf(asked.get("state")))
                                || row.contains(String.valueOf(asked.get("nonce"))));
    }

    @Test
    void aPkceFlowEndsInACodeAndTheTokensOfTheProviderWaitSealed() {
        String page =
                page(
                        auth,
                        "provider=keycloak&code_challenge="
                                + CHALLENGE
                                + "&code_challenge_method=s256&redirect_to="
                                + encode("http://localhost:3000/welcome?a=b"));
        String location =
                back(
                        auth,
                        "state="
                                + state(page)
                                + "&code="
                                + issuer.signIn(page, person(email(), true)));
        assertThat(location).startsWith("http://localhost:3000/welcome?a=b&code=");
        String code = fields(location).get("code");
        List<String> stored =
                auth.database()
                        .transaction(tx ->
                                tx
                                        .query(
                                                SqlText.of(
                                                        "select provider_access_token as t from"
                                                                + " auth.flow_state"))
                                        .stream()
                                        .flatMap(row -> row.findText("t").stream())
                                        .toList());
        assertThat(stored).isNotEmpty().noneMatch(text -> text.contains("foreign"));
        Answer session =
                auth.call(
                        "POST",
                        "/token?grant_type=pkce",
                        "",
                        "{\"auth_code\":\"" + code + "\",\"code_verifier\":\"" + VERIFIER + "\"}");
        assertThat(session.status()).isEqualTo(200);
        assertThat(session.text("provider_token")).isEqualTo("foreign-access");
        assertThat(session.text("provider_refresh_token")).isEqualTo("foreign-refresh");
        Answer later = auth.refresh(session.text("refresh_token"));
        assertThat(later.body().members()).doesNotContainKey("provider_token");
    }

    @Test
    void aStateIsGoodForOneReturn() {
        String page = page(auth, "provider=keycloak");
        Map<String, Object> person = person(email(), true);
        String first = "state=" + state(page) + "&code=" + issuer.signIn(page, person);
        assertThat(fields(back(auth, first))).containsKey("access_token");
        Map<String, String> again =
                fields(back(auth, "state=" + state(page) + "&code=" + issuer.signIn(page, person)));
        assertThat(again)
                .containsEntry("error", "invalid_request")
                .containsEntry("error_code", "bad_oauth_state")
                .containsKey("error_description");
    }

    @Test
    void oneOfManyReturnsWithOneStateGetsTheSession() {
        String page = page(auth, "provider=keycloak");
        String query =
                "state=" + state(page) + "&code=" + issuer.signIn(page, person(email(), true));
        List<String> ends = Race.of(12, () -> back(auth, query));
        assertThat(ends.stream().filter(end -> end.contains("access_token="))).hasSize(1);
        assertThat(ends.stream().filter(end -> end.contains("bad_oauth_state"))).hasSize(11);
    }

    @Test
    void inventedLateAndMissingStatesAreRefused() {
        assertThat(back(auth, "state=invented&code=x"))
                .startsWith("http://localhost:3000")
                .contains("bad_oauth_state");
        assertThat(back(auth, "code=x")).contains("bad_oauth_callback");
        String page = page(closed, "provider=keycloak");
        assertThat(back(closed, "state=" + state(page))).contains("bad_oauth_callback");
        String late = page(closed, "provider=keycloak");
        String code = issuer.signIn(late, person(email(), true));
        closed.pass(Duration.ofMinutes(11));
        assertThat(back(closed, "state=" + state(late) + "&code=" + code))
                .contains("bad_oauth_state");
    }

    @Test
    void whatTheProviderRefusesIsPassedOn() {
        String page = page(auth, "provider=keycloak");
        Map<String, String> end =
                fields(
                        back(
                                auth,
                                "state="
                                        + state(page)
                                        + "&error=access_denied&error_description=not%20today"));
        assertThat(end)
                .containsEntry("error", "access_denied")
                .containsEntry("error_description", "not today");
        String again = page(auth, "provider=keycloak");
        assertThat(back(auth, "state=" + state(again) + "&error=%3Cscript%3E"))
                .contains("error=server_error")
                .doesNotContain("%3C", "<");
    }

    @Test
    void anotherSiteIsNotRedirectedTo() {
        String page = page(auth, "provider=keycloak&redirect_to=https%3A%2F%2Fevil.example");
        assertThat(
                        back(
                                auth,
                                "state="
                                        + state(page)
                                        + "&code="
                                        + issuer.signIn(page, person(email(), true))))
                .startsWith("http://localhost:3000/#");
    }

    @Test
    void aCodeOfAnotherVisitIsRefused() {
        String own = page(auth, "provider=keycloak");
        String other = page(auth, "provider=keycloak");
        String code = issuer.signIn(other, person(email(), true));
        assertThat(back(auth, "state=" + state(own) + "&code=" + code))
                .contains("error_code=bad_oauth_callback");
    }

    @Test
    void aTokenWithAnotherNonceIsRefused() {
        String page = page(auth, "provider=keycloak");
        Map<String, Object> person = person(email(), true);
        person.put("nonce", "of another visit");
        assertThat(back(auth, "state=" + state(page) + "&code=" + issuer.signIn(page, person)))
                .contains("error=invalid_grant");
    }

    @Test
    void bothAddressesProvedMeansOneAccount() {
        String email = email();
        String first = id(careful, signIn(careful, "keycloak", person(email, true)));
        Map<String, String> second = signIn(careful, "gitlab", person(email, true));
        assertThat(id(careful, second)).isEqualTo(first);
        assertThat(identities(user(careful, second))).hasSize(2);
        assertThat(
                        user(careful, second)
                                .findObject("app_metadata")
                                .orElseThrow()
                                .find("providers")
                                .orElseThrow())
                .hasToString(
                        "JsonArray[elements=[JsonString[text=keycloak], JsonString[text=gitlab]]]");
    }

    @Test
    void anAccountProvedByMailIsJoinedAndKeepsItsPassword() {
        String email = email();
        Answer own = careful.confirmed(email);
        Map<String, String> session = signIn(careful, "keycloak", person(email, true));
        assertThat(id(careful, session)).isEqualTo(own.object("user").findText("id").orElseThrow());
        assertThat(careful.signIn(email, "correct horse").status()).isEqualTo(200);
        assertThat(careful.refresh(own.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void whoeverSquatsOnAnAddressLosesItToItsOwner() {
        String email = email();
        Answer squatter = auth.signUp(email);
        String id = squatter.object("user").findText("id").orElseThrow();
        plantPasskeyAndFactor(UUID.fromString(id));
        Map<String, String> owner = signIn(auth, "keycloak", person(email, true));
        assertThat(id(auth, owner)).isEqualTo(id);
        assertThat(passkeysAndFactors(UUID.fromString(id))).isZero();
        assertThat(auth.signIn(email, "correct horse").text("code"))
                .isEqualTo("invalid_credentials");
        assertThat(auth.refresh(squatter.text("refresh_token")).status()).isEqualTo(400);
        assertThat(auth.call("GET", "/user", squatter.text("access_token"), "").text("code"))
                .isEqualTo("session_not_found");
        assertThat(
                        auth.call("GET", "/user", String.valueOf(owner.get("access_token")), "")
                                .status())
                .isEqualTo(200);
    }

    private static void plantPasskeyAndFactor(UUID account) {
        auth.database()
                .transaction(tx ->
                        tx.execute(
                                        SqlText.of(
                                                """
                                                with recovery as (
                                                  insert into auth.mfa_recovery_sets
                                                    (user_id, id, created_at)
                                                  values ($2, $1, now()))
                                                insert into auth.mfa_factors (id, user_id,
                                                  factor_type, status, created_at, updated_at)
                                                values ($1, $2, 'totp', 'verified', now(), now())
                                                """,
                                                UUID.randomUUID(),
                                                account))
                                + tx.execute(
                                        SqlText.of(
                                                """
                                                insert into auth.webauthn_credentials (id, user_id,
                                                  credential_id, public_key, aaguid, sign_count,
                                                  transports, backup_eligible, backed_up,
                                                  created_at, updated_at)
                                                values ($1, $2, $1::uuid::text, 'x', $1, 0, '{}', false,
                                                  false, now(), now())
                                                """,
                                                UUID.randomUUID(),
                                                account)));
        assertThat(passkeysAndFactors(account)).isEqualTo(3);
    }

    private static long passkeysAndFactors(UUID account) {
        return auth.database()
                .transaction(tx ->
                        tx.query(
                                        SqlText.of(
                                                """
                                                select (select count(*) from auth.mfa_factors
                                                    where user_id = $1)
                                                  + (select count(*) from auth.mfa_recovery_sets
                                                    where user_id = $1)
                                                  + (select count(*) from auth.webauthn_credentials
                                                    where user_id = $1) as n
                                                """,
                                                account))
                                .getFirst()
                                .requireLong("n"));
    }

    @Test
    void whatASquatterHasBegunLeadsNowhereOnceTheOwnerIsThere() {
        String email = email();
        Answer squatter = auth.signUp(email);
        Answer begun =
                auth.call(
                        "GET",
                        "/user/identities/authorize?provider=gitlab&skip_http_redirect=true",
                        squatter.text("access_token"),
                        "");
        Map<String, String> owner = signIn(auth, "keycloak", person(email, true));
        String url = begun.text("url");
        String code = issuer.signIn(url, person(email(), true));
        assertThat(back(auth, "state=" + state(url) + "&code=" + code)).contains("bad_oauth_state");
        assertThat(identities(user(auth, owner)))
                .noneMatch(one -> one.findText("provider").orElseThrow().equals("gitlab"));
    }

    @Test
    void anUnconfirmedSignUpIsNoReasonToKeepItsPassword() {
        String email = email();
        assertThat(careful.signUp(email).status()).isEqualTo(200);
        Map<String, String> owner = signIn(careful, "keycloak", person(email, true));
        assertThat(user(careful, owner).findText("email_confirmed_at")).isPresent();
        assertThat(careful.signIn(email, "correct horse").text("code"))
                .isEqualTo("invalid_credentials");
        // The code of the sign-up is worth nothing any more.
        Answer late = careful.verify("signup", email, RunningAuth.code(careful.message(email)));
        assertThat(late.text("code")).isEqualTo("otp_expired");
    }

    @Test
    void aForeignIdentityDoesNotHoldAnAddressThatIsNotItsOwn() {
        // The provider does not vouch for the address, and it counts as confirmed all the same.
        String email = email();
        Map<String, Object> squatting = person(email, false);
        String squatter = id(auth, signIn(auth, "gitlab", squatting));
        Map<String, String> owner = signIn(auth, "keycloak", person(email, true));
        assertThat(id(auth, owner)).isNotEqualTo(squatter);
        assertThat(user(auth, owner).findText("email")).contains(email);
        JsonObject left = user(auth, signIn(auth, "gitlab", squatting));
        assertThat(left.findText("id")).contains(squatter);
        assertThat(left.findText("email")).contains("");
    }

    @Test
    void anAddressTakenByAChangeIsNotProvedEither() {
        String victim = email();
        Map<String, Object> attacking = person(email(), true);
        Map<String, String> attacker = signIn(auth, "keycloak", attacking);
        Answer changed =
                auth.call(
                        "PUT",
                        "/user",
                        String.valueOf(attacker.get("access_token")),
                        "{\"email\":\"" + victim + "\",\"password\":\"battery staple\"}");
        assertThat(changed.text("email")).isEqualTo(victim);
        Map<String, String> owner = signIn(auth, "gitlab", person(victim, true));
        assertThat(id(auth, owner)).isNotEqualTo(id(auth, attacker));
        assertThat(auth.signIn(victim, "battery staple").text("code"))
                .isEqualTo("invalid_credentials");
        assertThat(user(auth, owner).findText("email")).contains(victim);
    }

    @Test
    void anAddressThatNobodyVouchesForJoinsNothing() {
        String email = email();
        String owner = id(auth, signIn(auth, "keycloak", person(email, true)));
        Map<String, String> stranger = signIn(auth, "gitlab", person(email, false));
        assertThat(id(auth, stranger)).isNotEqualTo(owner);
        assertThat(user(auth, stranger).findText("email")).contains("");
    }

    @Test
    void theCodeOfAMailProvesAnAddressAndEndsWhatWasThereBefore() {
        String email = email();
        Answer squatter = auth.signUp(email);
        assertThat(auth.call("POST", "/recover", "", "{\"email\":\"" + email + "\"}").status())
                .isEqualTo(200);
        Answer owner = auth.verify("recovery", email, RunningAuth.code(auth.message(email)));
        assertThat(owner.status()).isEqualTo(200);
        assertThat(auth.refresh(squatter.text("refresh_token")).status()).isEqualTo(400);
        assertThat(auth.signIn(email, "correct horse").text("code"))
                .isEqualTo("invalid_credentials");
        // From now on it is proved: nothing goes when a provider joins.
        Map<String, String> joined = signIn(auth, "keycloak", person(email, true));
        assertThat(id(auth, joined)).isEqualTo(owner.object("user").findText("id").orElseThrow());
        assertThat(auth.refresh(owner.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void anUnverifiedAddressIsAskedForByMail() {
        String email = email();
        Map<String, Object> person = person(email, false);
        Map<String, String> end = signIn(careful, "keycloak", person);
        assertThat(end)
                .containsEntry("error", "access_denied")
                .containsEntry("error_code", "provider_email_needs_verification");
        assertThat(signIn(careful, "keycloak", person))
                .containsEntry("error_code", "provider_email_needs_verification");
        Answer verified = careful.verify("signup", email, RunningAuth.code(careful.message(email)));
        assertThat(verified.status()).isEqualTo(200);
        assertThat(signIn(careful, "keycloak", person)).containsKey("access_token");
    }

    @Test
    void withoutAnAddressNobodyIsLetIn() {
        Map<String, Object> person = person(email(), true);
        person.remove("email");
        assertThat(signIn(auth, "keycloak", person))
                .containsEntry("error_code", "email_address_not_provided");
    }

    @Test
    void closedAndBanned() {
        assertThat(signIn(closed, "keycloak", person(email(), true)))
                .containsEntry("error_code", "signup_disabled");
        Map<String, Object> person = person(email(), true);
        String id = id(auth, signIn(auth, "keycloak", person));
        auth.call("PUT", "/admin/users/" + id, auth.serviceKey(), "{\"ban_duration\":\"24h\"}");
        assertThat(signIn(auth, "keycloak", person)).containsEntry("error_code", "user_banned");
    }

    @Test
    void firstSignInsAtTheSameTimeMakeOneAccount() {
        Map<String, Object> person = person(email(), true);
        List<String> ids = Race.of(8, () -> id(auth, signIn(auth, "keycloak", person)));
        assertThat(ids).hasSize(8).containsOnly(ids.getFirst());
    }

    @Test
    void firstSignInsWithTwoProvidersAtTheSameTimeMakeOneAccount() {
        String email = email();
        Map<String, Object> one = person(email, true);
        Map<String, Object> other = person(email, true);
        var turn = new java.util.concurrent.atomic.AtomicInteger();
        List<String> ids =
                Race.of(
                        8,
                        () ->
                                turn.getAndIncrement() % 2 == 0
                                        ? id(auth, signIn(auth, "keycloak", one))
                                        : id(auth, signIn(auth, "gitlab", other)));
        assertThat(ids).containsOnly(ids.getFirst());
    }

    @Test
    void aFormOfAppleIsUnderstoodAndTellsTheName() {
        String page = page(auth, "provider=keycloak");
        Map<String, Object> person = person(email(), true);
        person.remove("name");
        String body =
                "state="
                        + state(page)
                        + "&code="
                        + issuer.signIn(page, person)
                        + "&user="
                        + encode("{\"name\":{\"firstName\":\"Grace\",\"lastName\":\"Hopper\"}}");
        Answer answer = auth.call("POST", "/callback", "", body);
        assertThat(answer.status()).isEqualTo(302);
        Map<String, String> session = fields(String.valueOf(answer.headers().get("Location")));
        assertThat(
                        user(auth, session)
                                .findObject("user_metadata")
                                .orElseThrow()
                                .findText("full_name"))
                .contains("Grace Hopper");
    }
}
