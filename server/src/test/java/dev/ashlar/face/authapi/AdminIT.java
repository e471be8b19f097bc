package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What scripts with the service role's key do.
class AdminIT {
    private static Vertx vertx;
    private static DatabaseForTests database;
    private static RunningAuth auth;
    private static String key;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
        auth = new RunningAuth(vertx, database);
        key = auth.serviceKey();
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    @Test
    void isForAdminsOnly() {
        String user = auth.signUp("plain@example.com").text("access_token");
        String one = "/admin/users/" + UUID.randomUUID();
        for (String[] call :
                new String[][] {
                    {"GET", "/admin/users"},
                    {"POST", "/admin/users"},
                    {"GET", one},
                    {"PUT", one},
                    {"DELETE", one}
                }) {
            String body = "{\"email\":\"x@example.com\"}";
            assertError(auth.call(call[0], call[1], "", body), 401, "no_authorization");
            assertError(auth.call(call[0], call[1], user, body), 403, "not_admin");
            assertError(auth.call(call[0], call[1], auth.anonKey(), body), 403, "not_admin");
            assertError(auth.call(call[0], call[1], key + "x", body), 403, "bad_jwt");
        }
    }

    /// Their tokens outlive what they were made for.
    @Test
    void adminsWhoArePeopleNeedAnAccountAndASession() {
        Answer out = admin("out@example.com");
        assertThat(list(out)).isEqualTo(200);
        auth.call("POST", "/logout?scope=local", out.text("access_token"), "");
        assertRefused(out, 403, "session_not_found");

        Answer banned = admin("banned-admin@example.com");
        assertThat(list(banned)).isEqualTo(200);
        String id = banned.object("user").findText("id").orElseThrow();
        update(id, "{\"ban_duration\":\"1h\"}");
        assertRefused(banned, 400, "user_banned");

        Answer gone = admin("gone@example.com");
        assertThat(list(gone)).isEqualTo(200);
        String other = gone.object("user").findText("id").orElseThrow();
        assertThat(auth.call("DELETE", "/admin/users/" + other, key, "").status()).isEqualTo(200);
        assertRefused(gone, 403, "user_not_found");
        assertThat(auth.call("GET", "/admin/users", key, "").status()).isEqualTo(200);
    }

    private static Answer admin(String email) {
        auth.signUp(email);
        database.execute(
                "update auth.users set role = 'service_role' where email = '" + email + "'");
        return auth.signIn(email, "correct horse");
    }

    private static int list(Answer session) {
        return auth.call("GET", "/admin/users", session.text("access_token"), "").status();
    }

    private static void assertRefused(Answer session, int status, String code) {
        String token = session.text("access_token");
        for (String path : List.of("/admin/users", "/admin/audit", "/admin/keys")) {
            assertError(auth.call("GET", path, token, ""), status, code);
        }
        String email = "{\"email\":\"" + UUID.randomUUID() + "@example.com\"}";
        assertError(auth.call("POST", "/admin/users", token, email), status, code);
        assertError(auth.call("POST", "/invite", token, email), status, code);
    }

    @Test
    void createsAccountsThatCanSignIn() {
        Answer made =
                create(
                        "{\"email\":\"New@example.com\",\"password\":\"correct horse\","
                                + "\"email_confirm\":true,\"user_metadata\":{\"a\":1},"
                                + "\"app_metadata\":{\"team\":\"red\"}}");
        assertThat(made.status()).isEqualTo(200);
        assertThat(Json.write(made.object("app_metadata")))
                .isEqualTo("{\"provider\":\"email\",\"providers\":[\"email\"],\"team\":\"red\"}");
        Answer session = auth.signIn("new@example.com", "correct horse");
        assertThat(session.status()).isEqualTo(200);
        assertThat(session.object("user").findText("id")).contains(made.text("id"));
        assertThat(get(made.text("id")).object("user_metadata"))
                .isEqualTo(made.object("user_metadata"));
    }

    @Test
    void unconfirmedUnlessAsked() {
        create("{\"email\":\"un@example.com\",\"password\":\"correct horse\"}");
        assertError(auth.signIn("un@example.com", "correct horse"), 400, "email_not_confirmed");
    }

    @Test
    void takesAnIdAndAHashOfAnothersMaking() {
        UUID id = UUID.randomUUID();
        String hash =
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                        + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        Answer made =
                create(
                        "{\"id\":\""
                                + id
                                + "\",\"email\":\"hash@example.com\","
                                + "\"email_confirm\":true,\"password_hash\":\""
                                + hash
                                + "\"}");
        assertThat(made.text("id")).isEqualTo(id.toString());
        assertThat(auth.signIn("hash@example.com", "password").status()).isEqualTo(200);
        assertError(
                create("{\"email\":\"h2@example.com\",\"password_hash\":\"md5:abc\"}"),
                400,
                "validation_failed");
        assertError(
                create(
                        "{\"email\":\"h2@example.com\",\"password\":\"12345678\","
                                + "\"password_hash\":\""
                                + hash
                                + "\"}"),
                400,
                "validation_failed");
    }

    @Test
    void refusesWhatIsTakenOrWrong() {
        create("{\"email\":\"dup@example.com\"}");
        assertError(create("{\"email\":\"DUP@example.com\"}"), 422, "email_exists");
        assertError(create("{}"), 400, "validation_failed");
        assertError(create("{\"phone\":\"49\"}"), 400, "validation_failed");
        assertError(create("{\"email\":\"r@example.com\",\"id\":\"1\"}"), 400, "validation_failed");
        assertError(
                create("{\"email\":\"r@example.com\",\"password\":\"short\"}"),
                422,
                "weak_password");
        assertError(
                create("{\"email\":\"r@example.com\",\"ban_duration\":\"soon\"}"),
                400,
                "validation_failed");
        assertError(
                create("{\"email\":\"r@example.com\",\"email_confirm\":\"yes\"}"), 400, "bad_json");
        assertError(get(UUID.randomUUID().toString()), 404, "user_not_found");
        assertError(get("1"), 404, "user_not_found");
        assertError(
                auth.call("PUT", "/admin/users/" + UUID.randomUUID(), key, "{}"),
                404,
                "user_not_found");
    }

    @Test
    void aBannedUserIsOutAtOnceAndBackAfterwards() {
        Answer session = auth.signUp("banned@example.com");
        String id = session.object("user").findText("id").orElseThrow();
        assertThat(update(id, "{\"ban_duration\":\"1h30m\"}").body().members())
                .containsKey("banned_until");
        assertError(
                auth.call("GET", "/user", session.text("access_token"), ""), 400, "user_banned");
        assertError(auth.refresh(session.text("refresh_token")), 400, "refresh_token_not_found");
        assertError(auth.signIn("banned@example.com", "correct horse"), 400, "user_banned");
        assertError(auth.signIn("banned@example.com", "wrong"), 400, "invalid_credentials");
        assertThat(update(id, "{\"ban_duration\":\"none\"}").body().members())
                .doesNotContainKey("banned_until");
        assertThat(auth.signIn("banned@example.com", "correct horse").status()).isEqualTo(200);
    }

    @Test
    void changesEverythingAboutAnAccount() {
        Answer session = auth.signUp("old@example.com");
        String id = session.object("user").findText("id").orElseThrow();
        create("{\"email\":\"other@example.com\"}");
        assertError(update(id, "{\"email\":\"other@example.com\"}"), 422, "email_exists");
        Answer changed =
                update(
                        id,
                        "{\"email\":\"renamed@example.com\",\"password\":\"battery staple\","
                                + "\"role\":\"editor\",\"app_metadata\":{\"team\":\"blue\"}}");
        assertThat(changed.text("role")).isEqualTo("editor");
        assertThat(get(id).body()).isEqualTo(changed.body());
        Answer signedIn = auth.signIn("renamed@example.com", "battery staple");
        assertThat(AuthIT.claims(signedIn.text("access_token")).findText("role"))
                .contains("editor");
        assertError(
                auth.call("GET", "/user", session.text("access_token"), ""),
                403,
                "session_not_found");
    }

    @Test
    void deletesForGoodOrKeepsAnEmptyRow() {
        Answer hard = auth.signUp("hard@example.com");
        String id = hard.object("user").findText("id").orElseThrow();
        assertThat(auth.call("DELETE", "/admin/users/" + id, key, "").status()).isEqualTo(200);
        assertError(get(id), 404, "user_not_found");
        assertError(
                auth.call("GET", "/user", hard.text("access_token"), ""), 403, "user_not_found");
        assertError(auth.call("DELETE", "/admin/users/" + id, key, ""), 404, "user_not_found");
        Answer soft = auth.signUp("soft@example.com");
        String kept = soft.object("user").findText("id").orElseThrow();
        Answer deleted =
                auth.call("DELETE", "/admin/users/" + kept, key, "{\"should_soft_delete\":true}");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(get(kept).body().members()).containsKey("deleted_at");
        assertThat(get(kept).text("email")).isEmpty();
        assertError(
                auth.call("GET", "/user", soft.text("access_token"), ""), 403, "user_not_found");
        assertThat(auth.signUp("soft@example.com").status()).isEqualTo(200);
    }

    @Test
    void listsInPagesNewestFirst() {
        try (RunningAuth own = new RunningAuth(vertx, PostgresForTests.fresh())) {
            for (int i = 0; i < 5; i++) {
                own.pass(Duration.ofSeconds(1));
                own.call("POST", "/admin/users", key, "{\"email\":\"u" + i + "@example.com\"}");
            }
            Answer page = own.call("GET", "/admin/users?page=2&per_page=2", key, "");
            assertThat(emails(page)).isEqualTo("[u2@example.com, u1@example.com]");
            assertThat(page.headers())
                    .containsEntry("X-Total-Count", "5")
                    .containsEntry(
                            "Link",
                            "<https://api.example.com/auth/v1/admin/users?page=3&per_page=2>;"
                                    + " rel=\"next\","
                                    + " <https://api.example.com/auth/v1/admin/users?page=3&per_page=2>;"
                                    + " rel=\"last\"");
            Answer all = own.call("GET", "/admin/users?page=&per_page=", key, "");
            assertThat(emails(all)).startsWith("[u4@example.com, u3@");
            assertThat(all.headers().get("Link")).doesNotContain("next");
            assertError(own.call("GET", "/admin/users?page=0", key, ""), 400, "validation_failed");
            assertError(
                    own.call("GET", "/admin/users?per_page=x", key, ""), 400, "validation_failed");
        }
    }

    private static String emails(Answer page) {
        JsonArray users = (JsonArray) page.body().find("users").orElseThrow();
        return users.elements().stream()
                .map(user -> ((JsonObject) user).findText("email"))
                .map(email -> email.orElse("-"))
                .toList()
                .toString();
    }

    private static Answer create(String body) {
        return auth.call("POST", "/admin/users", key, body);
    }

    private static Answer get(String id) {
        return auth.call("GET", "/admin/users/" + id, key, "");
    }

    private static Answer update(String id, String body) {
        return auth.call("PUT", "/admin/users/" + id, key, body);
    }
}
