package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Somebody comes first, with a provider that does not vouch for the address of another. Its owner
/// gets it, by whichever way they come, and shares nothing with the first.
class ReclaimedAddressIT {
    private static Vertx vertx;
    private static ForeignIssuer issuer;

    /// Addresses are confirmed by mail.
    private static RunningAuth careful;

    /// Addresses count as confirmed at once, numbers too.
    private static RunningAuth trusting;

    private final String email = UUID.randomUUID() + "@x.example";
    private final Map<String, Object> first =
            Map.of("sub", UUID.randomUUID().toString(), "email", email, "email_verified", false);

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        issuer = new ForeignIssuer();
        careful = running("auth.autoconfirm=false");
        trusting =
                running(
                        "auth.autoconfirm=true",
                        "auth.sms.provider=inbox",
                        "auth.sms.autoconfirm=true");
    }

    private static RunningAuth running(String... further) {
        String[] settings = {
            "auth.external.gitlab.client-id=" + ForeignIssuer.CLIENT,
            "auth.external.gitlab.client-secret=" + ForeignIssuer.SECRET,
            "auth.external.gitlab.url=" + issuer.url(),
            "auth.mail.frequency=0s",
            "auth.sms.frequency=0s"
        };
        return new RunningAuth(
                vertx,
                PostgresForTests.fresh(),
                java.util.stream.Stream.concat(
                                java.util.Arrays.stream(settings), java.util.Arrays.stream(further))
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        careful.close();
        trusting.close();
        issuer.close();
        vertx.close();
    }

    @Test
    void byACodeForRecovery() {
        String waiting = comesFirst(careful, "provider_email_needs_verification");
        post(careful, "/recover", "{\"email\":\"" + email + "\"}");
        Answer owner = careful.verify("recovery", email, code(careful));
        assertThat(owner.status()).isEqualTo(200);
        assertApart(careful, owner, waiting);
    }

    @Test
    void byACodeToSignIn() {
        String waiting = comesFirst(careful, "provider_email_needs_verification");
        post(careful, "/otp", "{\"email\":\"" + email + "\"}");
        Answer owner = careful.verify("email", email, code(careful));
        assertThat(owner.status()).isEqualTo(200);
        assertApart(careful, owner, waiting);
    }

    @Test
    void bySigningUp() {
        String waiting = comesFirst(careful, "provider_email_needs_verification");
        assertThat(careful.signUp(email).status()).isEqualTo(200);
        Answer owner = careful.verify("signup", email, code(careful));
        assertThat(owner.status()).isEqualTo(200);
        assertApart(careful, owner, waiting);
        assertThat(careful.signIn(email, "correct horse").status()).isEqualTo(200);
    }

    @Test
    void byAnInvitation() {
        String waiting = comesFirst(careful, "provider_email_needs_verification");
        Answer invited =
                careful.call(
                        "POST",
                        "/invite",
                        careful.serviceKey(),
                        "{\"email\":\"" + email + "\"}");
        assertThat(invited.status()).isEqualTo(200);
        Answer owner = careful.verify("invite", email, code(careful));
        assertThat(owner.status()).isEqualTo(200);
        assertApart(careful, owner, waiting);
    }

    @Test
    void whoConfirmsWhatTheyBeganKeepsIt() {
        comesFirst(careful, "provider_email_needs_verification");
        assertThat(careful.verify("signup", email, code(careful)).status()).isEqualTo(200);
        assertThat(visit(careful)).containsKey("access_token");
    }

    @Test
    void whoHasWaysOfTheirOwnKeepsTheirAccountWithoutTheAddress() {
        Map<String, String> session = visit(trusting);
        String squatter = id(trusting, session);
        post(trusting, "/recover", "{\"email\":\"" + email + "\"}");
        Answer owner = trusting.verify("recovery", email, code(trusting));
        assertThat(owner.status()).isEqualTo(200);
        assertThat(owner.object("user").findText("id").orElseThrow()).isNotEqualTo(squatter);
        Map<String, String> back = visit(trusting);
        assertThat(id(trusting, back)).isEqualTo(squatter);
        assertThat(user(trusting, back).findText("email")).contains("");
    }

    @Test
    void aNumberIsAWayOfOnesOwn() {
        Answer squatter =
                trusting.call(
                        "POST",
                        "/signup",
                        trusting.anonKey(),
                        "{\"phone\":\"+4915155500777\",\"password\":\"correct horse\"}");
        assertThat(squatter.status()).isEqualTo(200);
        Answer taken =
                trusting.call(
                        "PUT",
                        "/user",
                        squatter.text("access_token"),
                        "{\"email\":\"" + email + "\"}");
        assertThat(taken.text("email")).isEqualTo(email);
        post(trusting, "/recover", "{\"email\":\"" + email + "\"}");
        Answer owner = trusting.verify("recovery", email, code(trusting));
        assertThat(owner.status()).isEqualTo(200);
        assertThat(owner.object("user").findText("id"))
                .isNotEqualTo(squatter.object("user").findText("id"));
        assertThat(owner.object("user").findText("phone")).contains("");
        assertThat(trusting.refresh(squatter.text("refresh_token")).status()).isEqualTo(200);
    }

    /// The account that now waits for the address to be confirmed.
    private String comesFirst(RunningAuth on, String refusal) {
        assertThat(visit(on)).containsEntry("error_code", refusal);
        Answer known =
                on.call("GET", "/admin/users?page=1&per_page=1", on.serviceKey(), "");
        return known.body().toString().replaceAll("(?s).*?([0-9a-f]{8}-[0-9a-f-]{27}).*", "$1");
    }

    private Map<String, String> visit(RunningAuth on) {
        String page = on.call("GET", "/authorize?provider=gitlab", "", "").location();
        String state = String.valueOf(fields(page).get("state"));
        String code = issuer.signIn(page, first);
        return fields(on.call("GET", "/callback?state=" + state + "&code=" + code, "", "").location());
    }

    private static Map<String, String> fields(String location) {
        int start = Math.max(location.indexOf('#'), 0);
        return FormFields.parse(location.substring(start == 0 ? location.indexOf('?') + 1 : start + 1));
    }

    /// The first cannot get at what the owner has.
    private void assertApart(RunningAuth on, Answer owner, String waiting) {
        String id = owner.object("user").findText("id").orElseThrow();
        assertThat(waiting).isNotEmpty();
        Map<String, String> again = visit(on);
        if (again.containsKey("access_token")) {
            assertThat(id(on, again)).isNotEqualTo(id);
        }
        JsonObject mine = on.call("GET", "/user", owner.text("access_token"), "").body();
        assertThat(mine.toString()).doesNotContain("gitlab");
        assertThat(mine.findText("email")).contains(email);
    }

    private static JsonObject user(RunningAuth on, Map<String, String> session) {
        assertThat(session).containsKey("access_token");
        return on.call("GET", "/user", session.getOrDefault("access_token", ""), "").body();
    }

    private static String id(RunningAuth on, Map<String, String> session) {
        return user(on, session).findText("id").orElseThrow();
    }

    private String code(RunningAuth on) {
        return RunningAuth.code(on.message(email));
    }

    private static void post(RunningAuth on, String path, String body) {
        assertThat(on.call("POST", path, on.anonKey(), body).status()).isEqualTo(200);
    }
}
