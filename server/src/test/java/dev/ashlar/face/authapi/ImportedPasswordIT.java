package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ashlar.auth.UserImport;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.password.StoredPassword;
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
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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

    /// What the refusal of an account with a slow hash takes, that of nobody and of any other takes
    /// too.
    @ParameterizedTest
    @ValueSource(strings = {"nobody@x.example", "quick@x.example"})
    void refusalsTakeAsLongAsTheSlowestHash(String other) {
        String slow = "$2b$13$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC";
        auth.signUp("quick@x.example");
        auth.signIn("warm@x.example", "wrong horse");
        assertThat(create(UUID.randomUUID() + "@x.example", slow).status()).isEqualTo(200);
        auth.domain().upkeep().reload();
        StoredPassword stored = StoredPassword.parse(slow).orElseThrow();
        Duration comparison =
                Stream.generate(() -> timed(() -> stored.matches("wrong horse")))
                        .limit(3)
                        .min(Duration::compareTo)
                        .orElseThrow();
        assertThat(comparison).as("slower than the floor for all").isGreaterThan(FLOOR);
        assertThat(timed(() -> auth.signIn(other, "wrong horse"))).isGreaterThan(comparison);
    }

    private static final Duration FLOOR = Duration.ofMillis(200);

    private static Duration timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /// Also where somebody wrote the row by hand; and none for hashes that are ours.
    @Test
    void theKindsOfHashesAreKnown() {
        DatabaseForTests database = PostgresForTests.fresh();
        database.executeAs(
                "supabase_auth_admin",
                """
                insert into auth.users (id, encrypted_password) values
                  (gen_random_uuid(), '$2y$11$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC'),
                  (gen_random_uuid(), '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=secret$42xEC$lSrfV15cp'),
                  (gen_random_uuid(), '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8'),
                  (gen_random_uuid(), '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8'),
                  (gen_random_uuid(), 'unknown'),
                  (gen_random_uuid(), null)
                """);
        assertThat(
                        database.ask(
                                "select string_agg(form, ' ' order by form) from auth.password_forms"))
                .isEqualTo("$2y$11 $argon2i$v=19$m=256,t=2,p=1 $fbscrypt$v=1,n=14,r=8,p=1");
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
                null, email, null, null, null, null, null, user, app, List.of(), null, null);
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
