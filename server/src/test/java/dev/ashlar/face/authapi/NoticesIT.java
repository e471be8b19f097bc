package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.RunningAuth.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.message.Inbox.Received;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What people are told by mail after it has happened to their account.
class NoticesIT {
    private static final String ALL =
            "password-changed,email-changed,phone-changed,identity-linked,identity-unlinked,"
                    + "mfa-factor-enrolled,mfa-factor-unenrolled,passkey-added,passkey-removed";

    private static Vertx vertx;
    private static ForeignIssuer issuer;
    private static RunningAuth auth;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        issuer = new ForeignIssuer();
        auth = running("auth.mail.notices=" + ALL);
    }

    @AfterAll
    static void stop() {
        auth.close();
        issuer.close();
        vertx.close();
    }

    private static RunningAuth running(String... more) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "auth.site-url=https://app.example.com",
                                "auth.passkeys.enabled=true",
                                "auth.passkeys.rp-id=example.com",
                                "auth.mail.inbox=on",
                                "auth.mail.frequency=0",
                                "auth.sms.provider=inbox",
                                "auth.sms.frequency=0",
                                "auth.social.manual-linking=true",
                                "auth.external.keycloak.client-id=" + ForeignIssuer.CLIENT,
                                "auth.external.keycloak.client-secret=" + ForeignIssuer.SECRET,
                                "auth.external.keycloak.url=" + issuer.url()));
        settings.addAll(List.of(more));
        return new RunningAuth(vertx, PostgresForTests.fresh(), settings.toArray(String[]::new));
    }

    private static String email() {
        return UUID.randomUUID() + "@x.example";
    }

    private static Answer change(String token, String body) {
        Answer answer = auth.call("PUT", "/user", token, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer;
    }

    private static void assertTold(String to, String subject, String... words) {
        assertThat(auth.messages(to)).extracting(Received::subject).containsExactly(subject);
        Received notice = auth.message(to);
        assertThat(notice.text()).contains(words).contains("https://app.example.com");
        assertThat(notice.html()).contains(words).contains("<p>");
    }

    @Test
    void aNewPassword() {
        String email = email();
        change(auth.signUp(email).text("access_token"), "{\"password\":\"battery staple horse\"}");
        assertTold(email, "Your password was changed", email);
    }

    @Test
    void aNewPasswordByAnAdmin() {
        String email = email();
        String id = auth.signUp(email).object("user").findText("id").orElseThrow();
        Answer changed =
                auth.call(
                        "PUT",
                        "/admin/users/" + id,
                        auth.serviceKey(),
                        "{\"password\":\"battery staple horse\",\"user_metadata\":{\"a\":1}}");
        assertThat(changed.status()).isEqualTo(200);
        assertTold(email, "Your password was changed", email);
    }

    /// The old one is told, where its owner still reads; the new one is not.
    @Test
    void aNewAddressAtOnce() {
        String old = email();
        String fresh = email();
        change(auth.signUp(old).text("access_token"), "{\"email\":\"" + fresh + "\"}");
        assertTold(old, "Your email address was changed", old, fresh);
        assertThat(auth.messages(fresh)).isEmpty();
    }

    @Test
    void aNewAddressWhenItIsConfirmed() {
        try (RunningAuth own =
                running(
                        "auth.mail.notices=email-changed",
                        "auth.autoconfirm=false",
                        "auth.mail.secure-email-change=false")) {
            String old = email();
            String fresh = email();
            String token = own.confirmed(old).text("access_token");
            own.call("PUT", "/user", token, "{\"email\":\"" + fresh + "\"}");
            assertThat(own.messages(old)).as("nothing has happened yet").hasSize(1);
            own.verify("email_change", fresh, code(own.message(fresh)));
            assertThat(own.message(old).subject()).isEqualTo("Your email address was changed");
            assertThat(own.message(old).text()).contains(old, fresh);
        }
    }

    @Test
    void aNewNumber() {
        String email = email();
        String token = auth.signUp(email).text("access_token");
        change(token, "{\"phone\":\"+4915200007777\"}");
        assertThat(auth.messages(email)).isEmpty();
        auth.call(
                "POST",
                "/verify",
                "",
                "{\"type\":\"phone_change\",\"phone\":\"+4915200007777\",\"token\":\"%s\"}"
                        .formatted(code(auth.message("+4915200007777"))));
        assertTold(email, "Your phone number was changed", email, "+4915200007777");
    }

    @Test
    void factors() {
        String email = email();
        String token = auth.signUp(email).text("access_token");
        Answer factor = auth.call("POST", "/factors", token, "{\"factor_type\":\"totp\"}");
        assertThat(auth.messages(email)).as("not before it is verified").isEmpty();
        String path = "/factors/" + factor.text("id");
        String challenge = auth.call("POST", path + "/challenge", token, "").text("id");
        String secret = factor.object("totp").findText("secret").orElseThrow();
        Answer raised =
                auth.call(
                        "POST",
                        path + "/verify",
                        token,
                        "{\"challenge_id\":\"%s\",\"code\":\"%s\"}"
                                .formatted(challenge, TestTotp.code(secret, auth.now())));
        assertTold(email, "A second factor was added", email, "totp");
        String second = raised.text("access_token");
        auth.call("POST", "/factors/recovery-codes", second, "{}");
        assertThat(auth.message(email).text()).contains("recovery_code");
        auth.call("DELETE", "/factors/recovery-codes", second, "");
        assertThat(auth.message(email).subject()).isEqualTo("A second factor was removed");
        auth.call("DELETE", path, second, "");
        assertThat(auth.messages(email)).hasSize(4);
        assertThat(auth.message(email).text()).contains("totp", "removed");
    }

    @Test
    void passkeys() {
        String email = email();
        String token = auth.signUp(email).text("access_token");
        PasskeyCalls.registered(auth, token);
        assertTold(email, "A passkey was added", email);
        String id =
                PasskeyCalls.items(auth.call("GET", "/passkeys", token, ""))
                        .getFirst()
                        .findText("id")
                        .orElseThrow();
        auth.call("DELETE", "/passkeys/" + id, token, "");
        assertThat(auth.message(email).subject()).isEqualTo("A passkey was removed");
    }

    @Test
    void identities() {
        String email = email();
        String token = auth.signUp(email).text("access_token");
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("sub", email);
        claims.put("email", email());
        Answer linked =
                auth.call(
                        "POST",
                        "/token?grant_type=id_token",
                        token,
                        "{\"provider\":\"keycloak\",\"id_token\":\"%s\",\"link_identity\":true}"
                                .formatted(issuer.idToken(claims)));
        assertTold(email, "A way to sign in was added", email, "keycloak");
        JsonArray identities = (JsonArray) linked.object("user").find("identities").orElseThrow();
        String id =
                identities.elements().stream()
                        .map(JsonObject.class::cast)
                        .filter(one -> one.findText("provider").orElse("").equals("keycloak"))
                        .findFirst()
                        .flatMap(one -> one.findText("identity_id"))
                        .orElseThrow();
        auth.call("DELETE", "/user/identities/" + id, token, "");
        assertThat(auth.message(email).subject()).isEqualTo("A way to sign in was removed");
    }

    @Test
    void nobodyIsToldUnlessTheSettingSaysSo() {
        try (RunningAuth quiet = running("auth.mail.notices=phone-changed")) {
            String email = email();
            String token = quiet.signUp(email).text("access_token");
            quiet.call("PUT", "/user", token, "{\"password\":\"battery staple horse\"}");
            PasskeyCalls.registered(quiet, token);
            assertThat(quiet.messages(email)).isEmpty();
        }
    }

    @Test
    void anAddressThatNobodyConfirmedIsNotWrittenTo() {
        try (RunningAuth strict = running("auth.autoconfirm=false", "auth.mail.notices=" + ALL)) {
            String email = email();
            String id = strict.signUp(email).text("id");
            Answer changed =
                    strict.call(
                            "PUT",
                            "/admin/users/" + id,
                            strict.serviceKey(),
                            "{\"password\":\"battery staple horse\"}");
            assertThat(changed.status()).isEqualTo(200);
            assertThat(strict.messages(email))
                    .extracting(Received::subject)
                    .containsExactly("Confirm your email address");
        }
    }
}
