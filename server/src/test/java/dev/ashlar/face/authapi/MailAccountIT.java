package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static dev.ashlar.face.authapi.RunningAuth.code;
import static dev.ashlar.face.authapi.RunningAuth.link;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What people and servers change by mail: addresses, passwords, invitations, links made to order.
class MailAccountIT {

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
                        "auth.autoconfirm=false",
                        "auth.redirect-urls=https://app.example/**",
                        "auth.password.update-requires-reauthentication=true");
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    private static String fresh() {
        return UUID.randomUUID() + "@x.example";
    }

    private static Answer post(String path, String body) {
        return auth.call("POST", path, "", body);
    }

    @Test
    void aNewAddressIsConfirmedFromBoth() {
        String old = fresh();
        String fresh = fresh();
        String token = auth.confirmed(old).text("access_token");
        Answer pending = auth.call("PUT", "/user", token, "{\"email\":\"" + fresh + "\"}");
        assertThat(pending.text("new_email")).isEqualTo(fresh);
        assertThat(pending.body().members()).containsKey("email_change_sent_at");
        Answer half = auth.verify("email_change", old, code(auth.message(old)));
        assertThat(half.status()).isEqualTo(200);
        assertThat(half.text("code")).isEqualTo("200");
        assertThat(half.text("msg")).startsWith("Confirmation link accepted");
        assertThat(auth.signIn(old, "correct horse").status()).isEqualTo(200);
        Answer done = auth.verify("email_change", fresh, code(auth.message(fresh)));
        assertThat(done.object("user").findText("email")).contains(fresh);
        assertThat(done.object("user").members()).doesNotContainKey("new_email");
        assertThat(auth.signIn(fresh, "correct horse").status()).isEqualTo(200);
        assertError(auth.signIn(old, "correct horse"), 400, "invalid_credentials");
    }

    @Test
    void oneLinkTwiceIsNoSecondHalf() {
        String old = fresh();
        String fresh = fresh();
        String token = auth.confirmed(old).text("access_token");
        auth.call("PUT", "/user", token, "{\"email\":\"" + fresh + "\"}");
        String path = link(auth.message(fresh));
        assertThat(auth.call("GET", path, "", "").location())
                .contains("#message=Confirmation+link");
        assertThat(auth.call("GET", path, "", "").location()).contains("otp_expired");
        auth.pass(Duration.ofMinutes(2));
        post("/resend", "{\"type\":\"email_change\",\"email\":\"" + old + "\"}");
        // Both are asked anew: the first half from before does not count.
        assertThat(auth.call("GET", link(auth.message(fresh)), "", "").location())
                .contains("#message=");
        assertThat(auth.call("GET", link(auth.message(old)), "", "").location())
                .contains("#access_token=", "type=email_change");
    }

    @Test
    void aNewAddressAloneIsEnoughWhereTheSettingSaysSo() {
        try (RunningAuth lax =
                new RunningAuth(
                        vertx,
                        database,
                        "auth.autoconfirm=false",
                        "auth.mail.secure-email-change=false")) {
            String old = fresh();
            String fresh = fresh();
            lax.signUp(old);
            Answer session =
                    lax.call(
                            "POST",
                            "/verify",
                            "",
                            "{\"type\":\"signup\",\"email\":\"%s\",\"token\":\"%s\"}"
                                    .formatted(old, code(lax.message(old))));
            lax.call("PUT", "/user", session.text("access_token"), "{\"email\":\"" + fresh + "\"}");
            assertThat(lax.messages(old)).hasSize(1);
            assertThat(lax.call("GET", link(lax.message(fresh)), "", "").location())
                    .contains("#access_token=");
        }
    }

    @Test
    void anOldSessionNeedsACodeForANewPassword() {
        String email = fresh();
        String token = auth.confirmed(email).text("access_token");
        assertThat(change(token, "{\"password\":\"battery staple\"}").status()).isEqualTo(200);
        String refresh = auth.signIn(email, "battery staple").text("refresh_token");
        auth.pass(Duration.ofHours(25));
        String old = auth.refresh(refresh).text("access_token");
        assertError(
                change(old, "{\"password\":\"third password\"}"), 400, "reauthentication_needed");
        assertThat(auth.call("GET", "/reauthenticate", old, "").status()).isEqualTo(200);
        assertError(change(old, "{\"password\":\"third password\"}"), 422, "reauth_nonce_missing");
        String nonce = code(auth.message(email));
        String wrong = nonce.equals("000000") ? "000001" : "000000";
        assertError(
                change(old, "{\"password\":\"third password\",\"nonce\":\"" + wrong + "\"}"),
                422,
                "reauthentication_not_valid");
        assertThat(
                        change(old, "{\"password\":\"third password\",\"nonce\":\"" + nonce + "\"}")
                                .status())
                .isEqualTo(200);
        assertThat(auth.signIn(email, "third password").status()).isEqualTo(200);
        assertError(auth.verify("email", email, nonce), 403, "otp_expired");
    }

    @Test
    void aNewPasswordNeedsThePresentOneWhereTheSettingSaysSo() {
        try (RunningAuth strict =
                new RunningAuth(
                        vertx,
                        database,
                        "auth.autoconfirm=true",
                        "auth.password.update-requires-current=true")) {
            String token = strict.signUp(fresh()).text("access_token");
            String body = "{\"password\":\"battery staple\"%s}";
            assertError(
                    strict.call("PUT", "/user", token, body.formatted("")),
                    400,
                    "current_password_required");
            assertError(
                    strict.call(
                            "PUT",
                            "/user",
                            token,
                            body.formatted(",\"current_password\":\"wrong horse\"")),
                    400,
                    "current_password_mismatch");
            assertThat(
                            strict.call(
                                            "PUT",
                                            "/user",
                                            token,
                                            body.formatted(
                                                    ",\"current_password\":\"correct horse\""))
                                    .status())
                    .isEqualTo(200);
        }
    }

    private static Answer change(String token, String body) {
        return auth.call("PUT", "/user", token, body);
    }

    @Test
    void invitedPeopleComeByTheirLink() {
        String email = fresh();
        String body = "{\"email\":\"%s\",\"data\":{\"team\":\"<b>\"}}".formatted(email);
        Answer invited = auth.call("POST", "/invite", auth.serviceKey(), body);
        assertThat(invited.status()).isEqualTo(200);
        assertThat(invited.body().members()).containsKeys("invited_at", "confirmation_sent_at");
        assertThat(auth.call("GET", link(auth.message(email)), "", "").location())
                .contains("#access_token=", "type=invite");
        assertError(auth.call("POST", "/invite", auth.serviceKey(), body), 422, "email_exists");
        assertError(auth.call("POST", "/invite", auth.anonKey(), body), 403, "not_admin");
    }

    @Test
    void linksOfEveryTypeAreMadeForServers() {
        String email = fresh();
        Answer signup = made("signup", email, ",\"password\":\"correct horse\"");
        assertThat(signup.text("verification_type")).isEqualTo("signup");
        assertThat(signup.text("email")).isEqualTo(email);
        assertThat(auth.verify("signup", email, signup.text("email_otp")).status()).isEqualTo(200);
        assertThat(auth.signIn(email, "correct horse").status()).isEqualTo(200);
        Answer magic = made("magiclink", email, "");
        assertThat(byHash("magiclink", magic.text("hashed_token")).status()).isEqualTo(200);
        assertError(byHash("magiclink", magic.text("hashed_token")), 403, "otp_expired");
        Answer recovery = made("recovery", email, ",\"redirect_to\":\"https://app.example/x\"");
        assertThat(recovery.text("redirect_to")).isEqualTo("https://app.example/x");
        String path = recovery.text("action_link").replace("http://localhost:8000/auth/v1", "");
        assertThat(auth.call("GET", path, "", "").location())
                .startsWith("https://app.example/x#access_token=");
        String invited = fresh();
        Answer invite = made("invite", invited, "");
        assertThat(byHash("invite", invite.text("hashed_token")).status()).isEqualTo(200);
        String fresh = fresh();
        Answer current = made("email_change_current", email, ",\"new_email\":\"" + fresh + "\"");
        Answer next = made("email_change_new", email, ",\"new_email\":\"" + fresh + "\"");
        assertThat(current.text("verification_type")).isEqualTo("email_change");
        assertThat(byHash("email_change", current.text("hashed_token")).text("code"))
                .isEqualTo("200");
        // The same half again is not the other one.
        Answer twice = made("email_change_current", email, ",\"new_email\":\"" + fresh + "\"");
        assertThat(byHash("email_change", twice.text("hashed_token")).text("code"))
                .isEqualTo("200");
        Answer done = byHash("email_change", next.text("hashed_token"));
        assertThat(done.object("user").findText("email")).contains(fresh);
        assertError(made("recovery", fresh(), ""), 404, "user_not_found");
        assertError(made("signup", fresh, ",\"password\":\"correct horse\""), 422, "email_exists");
        assertError(made("signup", fresh(), ""), 400, "validation_failed");
        assertError(made("email_change_new", fresh, ""), 400, "validation_failed");
        assertError(made("other", fresh, ""), 400, "validation_failed");
        assertThat(auth.messages(email)).isEmpty();
    }

    private static Answer made(String type, String email, String more) {
        return auth.call(
                "POST",
                "/admin/generate_link",
                auth.serviceKey(),
                "{\"type\":\"%s\",\"email\":\"%s\"%s}".formatted(type, email, more));
    }

    @Test
    void linksCanWaitForAButton() {
        try (RunningAuth careful =
                new RunningAuth(
                        vertx, database, "auth.autoconfirm=false", "auth.mail.link-page=true")) {
            String email = fresh();
            careful.signUp(email);
            String path = link(careful.message(email));
            Answer page = careful.call("GET", path + "%22%3E%3Cscript%3E", "", "");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.headers()).containsEntry("Content-Type", "text/html; charset=utf-8");
            careful.call("GET", path, "", "");
            assertThat(careful.call("GET", path + "&confirm=1", "", "").location())
                    .contains("#access_token=");
        }
    }

    @Test
    void withoutAWayForMailNothingIsPromised() {
        try (RunningAuth mute =
                new RunningAuth(vertx, database, "auth.autoconfirm=false", "auth.mail.inbox=off")) {
            for (String path : List.of("/otp", "/recover", "/magiclink")) {
                assertError(
                        mute.call("POST", path, "", "{\"email\":\"a@x.example\"}"),
                        422,
                        "email_provider_disabled");
            }
            assertError(mute.signUp(fresh()), 422, "email_provider_disabled");
        }
    }

    private static Answer byHash(String type, String hash) {
        return post("/verify", "{\"type\":\"%s\",\"token_hash\":\"%s\"}".formatted(type, hash));
    }

    @Test
    void anonymousPeopleGetANameWhenTheirAddressIsConfirmed() {
        try (RunningAuth open =
                new RunningAuth(
                        vertx, database, "auth.autoconfirm=false", "auth.anonymous-sign-in=true")) {
            String email = fresh();
            Answer nobody = open.call("POST", "/signup", "", "{}");
            String id = nobody.object("user").findText("id").orElseThrow();
            open.call("PUT", "/user", nobody.text("access_token"), "{\"email\":\"" + email + "\"}");
            Answer somebody =
                    open.call(
                            "POST",
                            "/verify",
                            "",
                            "{\"type\":\"email_change\",\"email\":\"%s\",\"token\":\"%s\"}"
                                    .formatted(email, code(open.message(email))));
            assertThat(somebody.object("user").findText("id")).contains(id);
            assertThat(somebody.object("user").findText("email")).contains(email);
            assertThat(somebody.object("user").toString()).contains("is_anonymous=FALSE");
        }
    }

    @Test
    void codesOfAnErasedAccountAreWorthNothing() {
        String email = fresh();
        Answer session = auth.confirmed(email);
        auth.pass(Duration.ofMinutes(2));
        post("/recover", "{\"email\":\"" + email + "\"}");
        String path = link(auth.message(email));
        String id = session.object("user").findText("id").orElseThrow();
        auth.call(
                "DELETE", "/admin/users/" + id, auth.serviceKey(), "{\"should_soft_delete\":true}");
        assertThat(auth.call("GET", path, "", "").location()).contains("otp_expired");
    }
}
