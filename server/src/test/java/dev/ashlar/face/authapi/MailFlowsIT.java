package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static dev.ashlar.face.authapi.RunningAuth.code;
import static dev.ashlar.face.authapi.RunningAuth.credentials;
import static dev.ashlar.face.authapi.RunningAuth.link;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.message.Inbox.Received;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Codes and links by mail, from the request to the session.
class MailFlowsIT {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String PKCE =
            "\"code_challenge\":\"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\","
                    + "\"code_challenge_method\":\"s256\"";
    private static final String SITE = "http://localhost:3000/";

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

    private static String otp(String email) {
        assertThat(post("/otp", "{\"email\":\"" + email + "\"}").status()).isEqualTo(200);
        return code(auth.message(email));
    }

    @Test
    void aSignUpIsConfirmedByItsCode() {
        String email = fresh();
        Answer waiting = auth.signUp(email);
        assertThat(waiting.body().members())
                .containsKey("confirmation_sent_at")
                .doesNotContainKeys("access_token", "email_confirmed_at");
        assertError(auth.signIn(email, "correct horse"), 400, "email_not_confirmed");
        Answer session = auth.verify("signup", email, code(auth.message(email)));
        assertThat(session.status()).isEqualTo(200);
        assertThat(session.object("user").members()).containsKey("email_confirmed_at");
        assertThat(session.object("user").toString()).contains("email_verified=TRUE");
        assertThat(auth.signIn(email, "correct horse").status()).isEqualTo(200);
        assertError(auth.verify("signup", email, "123456"), 403, "otp_expired");
    }

    @Test
    void aSignUpIsConfirmedByItsLink() {
        String email = fresh();
        auth.call(
                "POST",
                "/signup?redirect_to=https%3A%2F%2Fapp.example%2Fwelcome%3Fa%3D1",
                "",
                credentials(email, "correct horse"));
        String path = link(auth.message(email));
        assertThat(auth.call("HEAD", path, "", "").status()).isEqualTo(200);
        String target = auth.call("GET", path, "", "").location();
        assertThat(target)
                .startsWith("https://app.example/welcome?a=1#access_token=")
                .contains(
                        "&refresh_token=",
                        "&token_type=bearer",
                        "&type=signup",
                        "&expires_in=3600");
        String again = auth.call("GET", path, "", "").location();
        assertThat(again)
                .startsWith(
                        "https://app.example/welcome?a=1&error=access_denied&error_code=otp_expired")
                .contains(
                        "#error=access_denied&error_code=otp_expired&error_description=Email+link");
    }

    @Test
    void linksLeadNowhereElse() {
        String email = fresh();
        auth.call(
                "POST",
                "/signup?redirect_to=https%3A%2F%2Fapp.example%40evil.example%2F",
                "",
                credentials(email, "correct horse"));
        String path = link(auth.message(email));
        assertThat(path).doesNotContain("evil");
        String changed =
                path.replaceFirst("redirect_to=.*", "redirect_to=https%3A%2F%2Fevil.example%2F");
        assertThat(auth.call("GET", changed, "", "").location())
                .startsWith(SITE + "#access_token=");
        assertThat(auth.call("GET", "/verify?redirect_to=https://evil.example", "", "").location())
                .startsWith(SITE + "?error=");
    }

    @Test
    void aPkceFlowEndsInACode() {
        String email = fresh();
        post("/otp", "{\"email\":\"%s\",%s}".formatted(email, PKCE));
        String path = link(auth.message(email));
        assertThat(path).contains("token=pkce_");
        String target = auth.call("GET", path, "", "").location();
        assertThat(target).startsWith(SITE + "?code=").doesNotContain("access_token");
        String code = target.substring(target.indexOf("code=") + 5);
        Answer session =
                post(
                        "/token?grant_type=pkce",
                        "{\"auth_code\":\"%s\",\"code_verifier\":\"%s\"}"
                                .formatted(code, VERIFIER));
        assertThat(session.status()).isEqualTo(200);
        assertThat(session.object("user").findText("email")).contains(email);
        assertThat(auth.call("GET", path, "", "").location())
                .startsWith(SITE + "?error=access_denied")
                .doesNotContain("#");
    }

    @Test
    void aCodeWorksOnceAlsoInARace() {
        String email = fresh();
        String code = otp(email);
        List<Integer> statuses = Race.of(12, () -> auth.verify("email", email, code).status());
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 403);
    }

    @Test
    void aLinkWorksOnceAlsoInARace() {
        String email = fresh();
        otp(email);
        String path = link(auth.message(email));
        List<String> targets = Race.of(12, () -> auth.call("GET", path, "", "").location());
        assertThat(targets.stream().filter(target -> target.contains("access_token"))).hasSize(1);
    }

    @Test
    void aCodeCannotBeGuessed() {
        String email = fresh();
        String code = otp(email);
        String wrong = code.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < 5; i++) {
            assertError(auth.verify("email", email, wrong), 403, "otp_expired");
        }
        assertError(auth.verify("email", email, code), 403, "otp_expired");
        // The link beside it is still good: guessing spoils nothing for its owner.
        assertThat(auth.call("GET", link(auth.message(email)), "", "").location())
                .contains("access_token");
    }

    @Test
    void anAccountThatSawTooManyWrongCodesHasNoneForAWhile() {
        String email = fresh();
        for (int round = 0; round < 4; round++) {
            String code = otp(email);
            String wrong = code.equals("000000") ? "000001" : "000000";
            for (int i = 0; i < 5; i++) {
                auth.verify("email", email, wrong);
            }
            auth.pass(Duration.ofMinutes(2));
        }
        assertError(auth.verify("email", email, otp(email)), 403, "otp_expired");
        auth.pass(Duration.ofMinutes(61));
        assertThat(auth.verify("email", email, otp(email)).status()).isEqualTo(200);
    }

    @Test
    void codesAndLinksExpire() {
        String email = fresh();
        String code = otp(email);
        String path = link(auth.message(email));
        auth.pass(Duration.ofMinutes(61));
        assertError(auth.verify("email", email, code), 403, "otp_expired");
        assertThat(auth.call("GET", path, "", "").location()).contains("error_code=otp_expired");
        assertThat(auth.domain().housekeeping().sweep()).isPositive();
    }

    @Test
    void aNewCodeReplacesTheOld() {
        String email = fresh();
        String first = otp(email);
        auth.pass(Duration.ofSeconds(61));
        String second = otp(email);
        if (!first.equals(second)) {
            assertError(auth.verify("email", email, first), 403, "otp_expired");
        }
        assertThat(auth.verify("magiclink", email, second).status()).isEqualTo(200);
    }

    @Test
    void addressesAreNotWrittenToTooOftenKnownOrNot() {
        String known = fresh();
        auth.confirmed(known);
        for (String email : List.of(known, fresh())) {
            String body = "{\"email\":\"" + email + "\"}";
            assertThat(post("/recover", body).status()).isEqualTo(200);
            assertError(post("/recover", body), 429, "over_email_send_rate_limit");
            auth.pass(Duration.ofSeconds(61));
            assertThat(post("/recover", body).status()).isEqualTo(200);
        }
    }

    @Test
    void unknownAddressesAreAnsweredAlike() {
        String known = fresh();
        auth.confirmed(known);
        String unknown = fresh();
        for (String path : List.of("/recover", "/resend")) {
            String body = "{\"email\":\"%s\",\"type\":\"signup\"}";
            auth.pass(Duration.ofMinutes(2));
            Answer first = post(path, body.formatted(known));
            Answer second = post(path, body.formatted(unknown));
            assertThat(second).isEqualTo(first);
        }
        assertThat(auth.messages(unknown)).isEmpty();
        auth.pass(Duration.ofMinutes(2));
        Answer taken = auth.signUp(known);
        Answer free = auth.signUp(fresh());
        assertThat(taken.body().members().keySet())
                .containsExactlyElementsOf(free.body().members().keySet());
        assertError(
                post("/otp", "{\"email\":\"" + unknown + "\",\"create_user\":false}"),
                422,
                "otp_disabled");
    }

    @Test
    void aLostPasswordIsReplaced() {
        String email = fresh();
        auth.confirmed(email);
        auth.pass(Duration.ofMinutes(2));
        post("/recover", "{\"email\":\"" + email + "\"}");
        Answer session = auth.verify("recovery", email, code(auth.message(email)));
        assertThat(session.object("user").members()).containsKey("recovery_sent_at");
        Answer changed =
                auth.call(
                        "PUT",
                        "/user",
                        session.text("access_token"),
                        "{\"password\":\"battery staple\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(auth.signIn(email, "battery staple").status()).isEqualTo(200);
    }

    @Test
    void aPasswordChosenByAStrangerIsGoneOnceTheOwnerComes() {
        String email = fresh();
        auth.call("POST", "/signup", "", credentials(email, "strangers horse"));
        String code = otp(email);
        assertThat(auth.verify("email", email, code).status()).isEqualTo(200);
        assertError(auth.signIn(email, "strangers horse"), 400, "invalid_credentials");
    }

    @Test
    void aConfirmationCanBeSentAgain() {
        String email = fresh();
        auth.signUp(email);
        auth.pass(Duration.ofMinutes(2));
        post("/resend", "{\"type\":\"signup\",\"email\":\"" + email + "\"}");
        assertThat(auth.messages(email)).hasSize(2);
        assertThat(auth.verify("signup", email, code(auth.message(email))).status()).isEqualTo(200);
        assertError(post("/resend", "{\"type\":\"x\"}"), 400, "validation_failed");
        assertError(post("/resend", "{}"), 400, "validation_failed");
    }

    /// The work for a known address takes a few milliseconds, which must not show.

    @Test
    void unknownAddressesTakeAsLong() {
        String known = fresh();
        auth.confirmed(known);
        auth.pass(Duration.ofMinutes(2));
        for (String email : List.of(known, fresh())) {
            long start = System.nanoTime();
            post("/recover", "{\"email\":\"" + email + "\"}");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(119));
            start = System.nanoTime();
            auth.signIn(email, "wrong horse");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(199));
        }
    }

    private static Answer byHash(String type, String hash) {
        return post("/verify", "{\"type\":\"%s\",\"token_hash\":\"%s\"}".formatted(type, hash));
    }

    @Test
    void whatCannotBeVerifiedIsRefused() {
        String email = fresh();
        assertError(post("/verify", "{}"), 400, "validation_failed");
        assertError(post("/verify", "{\"type\":\"sigNup\"}"), 400, "validation_failed");
        assertError(post("/verify", "{\"type\":\"signup\"}"), 400, "validation_failed");
        assertError(
                post(
                        "/verify",
                        "{\"type\":\"sms\",\"email\":\"%s\",\"token\":\"1\"}".formatted(email)),
                400,
                "validation_failed");
        assertError(
                post(
                        "/verify",
                        "{\"type\":\"email\",\"email\":\"a@b.example\",\"phone\":\"491511234567\","
                                + "\"token\":\"1\"}"),
                400,
                "validation_failed");
        assertError(byHash("signup", "invented"), 403, "otp_expired");
        assertError(auth.verify("email", email, "x".repeat(5_000)), 403, "otp_expired");
        assertError(post("/otp", "{}"), 400, "validation_failed");
        assertError(
                post("/otp", "{\"email\":\"%s\",\"code_challenge\":\"x\"}".formatted(email)),
                400,
                "validation_failed");
    }

    @Test
    void bannedPeopleGetNoSession() {
        String email = fresh();
        String id = auth.confirmed(email).object("user").findText("id").orElseThrow();
        auth.pass(Duration.ofMinutes(2));
        String code = otp(email);
        auth.call("PUT", "/admin/users/" + id, auth.serviceKey(), "{\"ban_duration\":\"1h\"}");
        assertError(auth.verify("email", email, code), 400, "user_banned");
        auth.pass(Duration.ofMinutes(2));
        int before = auth.messages(email).size();
        assertThat(post("/otp", "{\"email\":\"" + email + "\"}").status()).isEqualTo(200);
        assertThat(auth.messages(email)).hasSize(before);
    }

    @Test
    void nothingThatWorksIsStoredReadably() {
        String email = fresh();
        String code = otp(email);
        Received message = auth.message(email);
        String token = link(message).replaceFirst(".*token=([^&]+).*", "$1");
        for (String table : List.of("one_time_tokens", "inbox", "message_pace", "outbox")) {
            String rows =
                    auth.database()
                            .transaction(tx ->
                                    tx
                                            .query(
                                                    new SqlText()
                                                            .sql("select t::text as row from ")
                                                            .qualified("auth", table)
                                                            .sql(" t")
                                                            .build())
                                            .stream()
                                            .map(row -> row.requireText("row"))
                                            .toList()
                                            .toString());
            assertThat(rows).doesNotContain(token).doesNotContain("code is " + code);
            if (!table.equals("one_time_tokens")) {
                assertThat(rows).doesNotContain(email);
            }
        }
        assertThat(message.toString()).doesNotContain(code);
    }
}
