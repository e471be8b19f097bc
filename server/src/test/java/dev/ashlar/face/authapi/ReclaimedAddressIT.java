package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
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

    /// Numbers are confirmed by text.
    private static RunningAuth texting;

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
        texting = running("auth.sms.provider=inbox");
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
                Stream.concat(Arrays.stream(settings), Arrays.stream(further))
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        careful.close();
        texting.close();
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
    }

    @Test
    void byAnInvitation() {
        String waiting = comesFirst(careful, "provider_email_needs_verification");
        Answer invited =
                careful.call(
                        "POST", "/invite", careful.serviceKey(), "{\"email\":\"" + email + "\"}");
        assertThat(invited.status()).isEqualTo(200);
        Answer owner = careful.verify("invite", email, code(careful));
        assertThat(owner.status()).isEqualTo(200);
        assertApart(careful, owner, waiting);
    }

    /// Whoever reads the mail cannot tell whose sign-up it came of.
    @Test
    void aPasswordOnWhichTwoSignUpsDisagreeIsNobodys() {
        String second = "{\"email\":\"" + email + "\",\"password\":\"battery staple\"}";
        assertThat(careful.signUp(email).status()).isEqualTo(200);
        post(careful, "/signup", second);
        assertThat(careful.verify("signup", email, code(careful)).status()).isEqualTo(200);
        for (String password : new String[] {"correct horse", "battery staple"}) {
            assertThat(careful.signIn(email, password).text("code"))
                    .isEqualTo("invalid_credentials");
        }
    }

    @Test
    void aPasswordOnWhichTheyAgreeGoesOn() {
        assertThat(careful.signUp(email).status()).isEqualTo(200);
        assertThat(careful.signUp(email).status()).isEqualTo(200);
        assertThat(careful.verify("signup", email, code(careful)).status()).isEqualTo(200);
        assertThat(careful.signIn(email, "correct horse").status()).isEqualTo(200);
    }

    @Test
    void aStrangerPutsNothingOnAnInvitation() {
        String invitation = "{\"email\":\"" + email + "\",\"data\":{\"team\":\"red\"}}";
        assertThat(careful.call("POST", "/invite", careful.serviceKey(), invitation).status())
                .isEqualTo(200);
        Answer stranger =
                careful.call(
                        "POST",
                        "/signup",
                        careful.anonKey(),
                        "{\"email\":\""
                                + email
                                + "\",\"password\":\"correct horse\",\"data\":{\"team\":\"blue\"}}");
        assertThat(stranger.status()).isEqualTo(200);
        assertThat(stranger.body().toString()).doesNotContain("red");
        Answer invited = careful.verify("signup", email, code(careful));
        assertThat(invited.object("user").find("user_metadata").toString())
                .contains("red")
                .doesNotContain("blue");
        assertThat(careful.signIn(email, "correct horse").text("code"))
                .isEqualTo("invalid_credentials");
    }

    @Test
    void byACodeToTheNumber() {
        signsInByText("4915155500778", 1, _ -> {});
    }

    @Test
    void byACodeToTheNumberThatIsSentAgain() {
        signsInByText(
                "4915155500779", 2, body -> post(texting, "/resend", body + ",\"type\":\"sms\"}"));
    }

    /// After a stranger has signed up with the number, whose password goes; by what comes after
    /// `before` texts.
    private static void signsInByText(String phone, int before, Consumer<String> further) {
        String body = "{\"phone\":\"+" + phone + "\"";
        post(texting, "/signup", body + ",\"password\":\"correct horse\"}");
        post(texting, "/otp", body + "}");
        assertThat(texting.messages("+" + phone)).hasSize(2);
        further.accept(body);
        String code = RunningAuth.code(texting.messageAfter(before, "+" + phone));
        Answer owner =
                texting.call(
                        "POST",
                        "/verify",
                        texting.anonKey(),
                        body + ",\"type\":\"sms\",\"token\":\"" + code + "\"}");
        assertThat(owner.status()).isEqualTo(200);
        Answer stranger =
                texting.call(
                        "POST",
                        "/token?grant_type=password",
                        texting.anonKey(),
                        body + ",\"password\":\"correct horse\"}");
        assertThat(stranger.text("code")).isEqualTo("invalid_credentials");
    }

    @Test
    void whatWasSentToAnAddressThatIsLeftIsOver() {
        assertThat(careful.signUp(email).status()).isEqualTo(200);
        Answer owner = careful.verify("signup", email, code(careful));
        post(careful, "/recover", "{\"email\":\"" + email + "\"}");
        String code = code(careful);
        String id = owner.object("user").findText("id").orElseThrow();
        String fresh = UUID.randomUUID() + "@x.example";
        assertThat(
                        careful.call(
                                        "PUT",
                                        "/admin/users/" + id,
                                        careful.serviceKey(),
                                        "{\"email\":\"" + fresh + "\"}")
                                .status())
                .isEqualTo(200);
        assertThat(careful.verify("recovery", fresh, code).text("code")).isEqualTo("otp_expired");
        assertThat(careful.verify("recovery", email, code).text("code")).isEqualTo("otp_expired");
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
        Answer known = on.call("GET", "/admin/users?page=1&per_page=1", on.serviceKey(), "");
        return known.body().toString().replaceAll("(?s).*?([0-9a-f]{8}-[0-9a-f-]{27}).*", "$1");
    }

    private Map<String, String> visit(RunningAuth on) {
        String page = location(on.call("GET", "/authorize?provider=gitlab", "", ""));
        String state = String.valueOf(fields(page).get("state"));
        String code = issuer.signIn(page, first);
        return fields(
                location(on.call("GET", "/callback?state=" + state + "&code=" + code, "", "")));
    }

    private static String location(Answer answer) {
        assertThat(answer.status()).isEqualTo(302);
        return String.valueOf(answer.headers().get("Location"));
    }

    private static Map<String, String> fields(String location) {
        int start = Math.max(location.indexOf('#'), 0);
        return FormFields.parse(
                location.substring(start == 0 ? location.indexOf('?') + 1 : start + 1));
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
