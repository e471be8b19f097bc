package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ashlar.auth.UserImport;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.transfer.ImportedUser;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.identity.Role;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Accounts that bring a hash sign in with the password they always had.
class ImportedPasswordIT {
    private static Vertx vertx;
    private static RunningAuth auth;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        auth = new RunningAuth(vertx, PostgresForTests.fresh());
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    private static String stored(String email) {
        return auth.database()
                .transaction(tx ->
                        tx.find(
                                        SqlText.of(
                                                "select encrypted_password from auth.users where"
                                                        + " email = $1",
                                                email))
                                .orElseThrow()
                                .requireText("encrypted_password"));
    }

    private static Answer create(String email, String hash) {
        return auth.call(
                "POST",
                "/admin/users",
                auth.serviceKey(),
                "{\"email\":\"%s\",\"password_hash\":\"%s\",\"email_confirm\":true}"
                        .formatted(email, hash));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2b$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC",
                "$scrypt$ln=14,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$1idRgu6ns74sljt005o5BblTKV7Jul0HPGT6aXWnXKY"
            })
    void theHashBecomesOursAtTheFirstSignIn(String hash) {
        String email = UUID.randomUUID() + "@x.example";
        assertThat(create(email, hash).status()).isEqualTo(200);
        assertThat(auth.signIn(email, "wrong horse").text("code")).isEqualTo("invalid_credentials");
        assertThat(stored(email)).isEqualTo(hash);
        assertThat(auth.signIn(email, "correct horse").status()).isEqualTo(200);
        assertThat(stored(email)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(auth.signIn(email, "correct horse").status()).isEqualTo(200);
        assertThat(auth.signIn(email, "wrong horse").status()).isEqualTo(400);
    }

    @Test
    void aHashThatWouldExhaustTheServerIsNotTaken() {
        Answer answer =
                create(
                        "dear@x.example",
                        "$2a$31$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("validation_failed");
    }

    /// It would be stored, and then no list of users could be read.
    @ParameterizedTest
    @ValueSource(strings = {"{\"x\":1e2000}", "{\"x\":[\"\\u0000\"]}", "{\"x\":\"\\ud83d\"}"})
    void metadataThatCannotBeReadAgainIsNotTaken(String text) throws MalformedJsonException {
        JsonObject metadata = (JsonObject) Json.parse(text);
        for (ImportedUser user :
                List.of(
                        imported(metadata, JsonObject.EMPTY),
                        imported(JsonObject.EMPTY, metadata))) {
            assertThatThrownBy(() -> add(user))
                    .asInstanceOf(type(ProblemException.class))
                    .extracting(ProblemException::problem)
                    .isInstanceOf(ValidationFailed.class);
        }
        assertThat(add(imported(JsonObject.EMPTY, JsonObject.EMPTY)))
                .isEqualTo(UserImport.Outcome.ADDED);
        assertThat(auth.call("GET", "/admin/users", auth.serviceKey(), "").status()).isEqualTo(200);
    }

    private static UserImport.Outcome add(ImportedUser user) {
        return auth.domain()
                .userImport()
                .add(new Caller.Bearer(Role.SERVICE, Claims.NONE), user, new Visitor("", ""));
    }

    private static ImportedUser imported(JsonObject user, JsonObject app) {
        String email = UUID.randomUUID() + "@x.example";
        return new ImportedUser(
                null, email, null, null, null, null, null, user, app, null, null);
    }

    @Test
    void weakPasswordsAreRefusedWithTheReasons() {
        Answer answer =
                auth.call(
                        "POST",
                        "/signup",
                        "",
                        RunningAuth.credentials("weak@x.example", "password123"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("code")).isEqualTo("weak_password");
        assertThat(answer.object("weak_password").toString()).contains("pwned");
    }
}
