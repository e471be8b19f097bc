package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever callers write where codes are asked for and presented, it is never our fault.
class CodeInputIT {
    private static final List<String> PATHS =
            List.of(
                    "/otp",
                    "/magiclink",
                    "/recover",
                    "/resend",
                    "/verify",
                    "/invite",
                    "/admin/generate_link",
                    "/signup",
                    "/token?grant_type=pkce",
                    "/token?grant_type=password");
    private static final List<String> FIELDS =
            List.of(
                    "email",
                    "phone",
                    "type",
                    "token",
                    "token_hash",
                    "password",
                    "data",
                    "create_user",
                    "channel",
                    "code_challenge",
                    "code_challenge_method",
                    "new_email",
                    "redirect_to",
                    "auth_code",
                    "code_verifier");
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "1",
                    "true",
                    "[]",
                    "{}",
                    "\"\"",
                    "\"x\"",
                    "\"a@x.example\"",
                    "\"\u00fc@x.example\"",
                    "\"a@x.example\\r\\nBcc: b@x.example\"",
                    "\"\\\"a\\\"@x.example\"",
                    "\"+491511234567\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"signup\"",
                    "\"email_change\"",
                    "\"sms\"",
                    "\"magiclink\"",
                    "\"s256\"",
                    "\"plain\"",
                    "\"correct horse\"",
                    "\"javascript:alert(1)\"",
                    "\"" + "x".repeat(50) + "\"",
                    "\"" + "y".repeat(5_000) + "\"",
                    "{\"a\":{\"b\":[1,2,3]}}",
                    "1e400");

    private static Vertx vertx;
    private static RunningAuth auth;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        auth =
                new RunningAuth(
                        vertx,
                        PostgresForTests.fresh(),
                        "auth.autoconfirm=false",
                        "auth.sms.provider=inbox");
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    @Test
    void bodiesOfAnyKindAreAnsweredOrRefused() {
        Random random = new Random(7);
        String key = auth.serviceKey();
        int refused = 0;
        for (int i = 0; i < 1_500; i++) {
            StringBuilder body = new StringBuilder("{");
            int count = random.nextInt(6);
            for (int field = 0; field < count; field++) {
                body.append(field == 0 ? "" : ",")
                        .append('"')
                        .append(FIELDS.get(random.nextInt(FIELDS.size())))
                        .append("\":")
                        .append(VALUES.get(random.nextInt(VALUES.size())));
            }
            String path = PATHS.get(random.nextInt(PATHS.size()));
            Answer answer = auth.call("POST", path, key, body.append('}').toString());
            assertThat(answer.status()).as("%s %s", path, body).isLessThan(500);
            if (answer.status() >= 400) {
                refused++;
                assertThat(answer.text("code")).isNotEmpty();
                assertThat(answer.text("message")).isNotEmpty();
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    void linksOfAnyKindLeadToTheSiteOrAreRefused() {
        for (String value : VALUES) {
            String text = URLEncoder.encode(value.replace("\"", ""), StandardCharsets.UTF_8);
            for (String path :
                    List.of(
                            "/verify?token=" + text + "&type=signup&redirect_to=" + text,
                            "/verify?token=pkce_x&type=" + text,
                            "/verify?type=recovery&token=%00&redirect_to=%00" + text)) {
                Answer answer = auth.call("GET", path, "", "");
                assertThat(answer.status()).as(path).isEqualTo(303);
                assertThat(answer.headers().get("Location"))
                        .as(path)
                        .startsWith("http://localhost:3000/?error=");
            }
        }
        assertThat(auth.call("GET", "/verify?token=%zz", "", "").status()).isEqualTo(400);
    }
}
