package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.keys.SigningKey;
import dev.ashlar.auth.keys.SigningKey.Status;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Keys in the database: made once, rotated and revoked over several nodes.
class SigningKeysIT {
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    @Test
    void theFirstStartMakesTwoPairsAndTheNextFindsThem() {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth one = new RunningAuth(vertx, database);
                RunningAuth two = new RunningAuth(vertx, database)) {
            assertThat(statuses(one)).containsExactlyInAnyOrder(Status.CURRENT, Status.STANDBY);
            assertThat(two.domain().keys().all()).isEqualTo(one.domain().keys().all());
            assertThat(database.ask("select string_agg(private_jwk, '') from auth.signing_keys"))
                    .startsWith("v1.")
                    .doesNotContain("kty");
            Answer jwks = one.call("GET", "/.well-known/jwks.json", "", "");
            assertThat(((JsonArray) jwks.body().find("keys").orElseThrow()).elements())
                    .hasSize(2)
                    .allSatisfy(key ->
                            assertThat(Json.write(key))
                                    .contains("\"kid\"", "\"alg\":\"ES256\"", "\"key_ops\"")
                                    .doesNotContain("\"d\":"));
            JsonObject header = header(one.signUp("kid@example.com").text("access_token"));
            assertThat(header.findText("alg")).contains("ES256");
            assertThat(header.findText("kid")).contains(id(one, Status.CURRENT));
        }
    }

    @Test
    void aRotationEndsNoSession() {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth one = new RunningAuth(vertx, database);
                RunningAuth two = new RunningAuth(vertx, database)) {
            String before = one.signUp("rotate@example.com").text("access_token");
            String standby = id(one, Status.STANDBY);
            String old = id(one, Status.CURRENT);
            Answer rotated = one.call("POST", "/admin/keys/rotate", one.serviceKey(), "");
            assertThat(rotated.status()).isEqualTo(200);
            assertThat(id(one, Status.CURRENT)).isEqualTo(standby);
            assertThat(id(one, Status.PREVIOUS)).isEqualTo(old);
            String after = one.signIn("rotate@example.com", "correct horse").text("access_token");
            assertThat(header(after).findText("kid")).contains(standby);
            for (RunningAuth node : List.of(one, two)) {
                // The other node has heard of nothing, and knows the standby all the same.
                assertThat(node.call("GET", "/user", before, "").status()).isEqualTo(200);
                assertThat(node.call("GET", "/user", after, "").status()).isEqualTo(200);
            }
            assertThat(
                            database.ask(
                                    "select private_jwk is null from auth.signing_keys where status"
                                            + " = 'previous'"))
                    .isEqualTo("t");

            Answer revoked =
                    one.call("POST", "/admin/keys/" + old + "/revoke", one.serviceKey(), "");
            assertThat(revoked.status()).isEqualTo(200);
            assertError(one.call("GET", "/user", before, ""), 403, "bad_jwt");
            two.domain().upkeep().reload();
            assertError(two.call("GET", "/user", before, ""), 403, "bad_jwt");
            assertThat(two.call("GET", "/user", after, "").status()).isEqualTo(200);
            assertThat(
                            database.ask(
                                    "select string_agg(payload->>'action', ',' order by sequence)"
                                            + " from auth.audit_log_entries where"
                                            + " payload->>'log_type' = 'server'"))
                    .isEqualTo("signing_key_rotated,signing_key_revoked");
        }
    }

    @Test
    void revokingTheCurrentKeyPutsTheStandbyInItsPlace() {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth auth = new RunningAuth(vertx, database)) {
            String token = auth.signUp("leak@example.com").text("access_token");
            String current = id(auth, Status.CURRENT);
            String standby = id(auth, Status.STANDBY);
            auth.call("POST", "/admin/keys/" + current + "/revoke", auth.serviceKey(), "");
            assertError(auth.call("GET", "/user", token, ""), 403, "bad_jwt");
            assertThat(id(auth, Status.CURRENT)).isEqualTo(standby);
            assertThat(statuses(auth))
                    .containsExactlyInAnyOrder(Status.REVOKED, Status.CURRENT, Status.STANDBY);
        }
    }

    @Test
    void keysBelongToAdmins() {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth auth = new RunningAuth(vertx, database)) {
            String token = auth.signUp("curious@example.com").text("access_token");
            assertError(auth.call("GET", "/admin/keys", token, ""), 403, "not_admin");
            assertError(auth.call("POST", "/admin/keys/rotate", token, ""), 403, "not_admin");
            assertError(auth.call("POST", "/admin/keys/x/revoke", token, ""), 403, "not_admin");
            assertError(auth.call("GET", "/admin/keys", "", ""), 401, "no_authorization");
            assertError(
                    auth.call("POST", "/admin/keys/x/revoke", auth.serviceKey(), ""),
                    400,
                    "validation_failed");
        }
    }

    @Test
    void theSecretAloneSignsForParity() {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth auth = new RunningAuth(vertx, database, "auth.signing-algorithm=hs256")) {
            JsonObject header = header(auth.signUp("parity@example.com").text("access_token"));
            assertThat(header.findText("alg")).contains("HS256");
            assertThat(header.findText("kid")).isEmpty();
            Answer jwks = auth.call("GET", "/.well-known/jwks.json", "", "");
            assertThat(Json.write(jwks.body())).isEqualTo("{\"keys\":[]}");
            assertError(
                    auth.call("POST", "/admin/keys/rotate", auth.serviceKey(), ""),
                    400,
                    "validation_failed");
        }
    }

    /// Tokens of the former algorithm are good until they end.
    @Test
    void anotherAlgorithmComesWithTheRotationsAfterIt() {
        DatabaseForTests database = PostgresForTests.fresh();
        String before;
        try (RunningAuth auth = new RunningAuth(vertx, database)) {
            before = auth.signUp("change@example.com").text("access_token");
        }
        for (String algorithm : List.of("RS256", "EdDSA")) {
            try (RunningAuth auth =
                    new RunningAuth(
                            vertx,
                            database,
                            "auth.signing-algorithm="
                                    + algorithm.toLowerCase(java.util.Locale.ROOT))) {
                auth.domain().keys().rotate(new dev.ashlar.auth.audit.Visitor("", "test"));
                String token =
                        auth.signIn("change@example.com", "correct horse").text("access_token");
                assertThat(header(token).findText("alg")).contains(algorithm);
                assertThat(auth.call("GET", "/user", token, "").status()).isEqualTo(200);
                assertThat(auth.call("GET", "/user", before, "").status()).isEqualTo(200);
            }
        }
    }

    /// Whoever changes the secret after a leak expects that nothing made with it lives on.
    @Test
    void anotherSecretMakesOtherPairs() {
        DatabaseForTests database = PostgresForTests.fresh();
        String former;
        try (RunningAuth auth = new RunningAuth(vertx, database)) {
            former = id(auth, Status.CURRENT);
        }
        database.executeAs(
                "supabase_auth_admin", "update auth.signing_keys set private_jwk = 'v1.AAAA'");
        try (RunningAuth auth = new RunningAuth(vertx, database)) {
            assertThat(id(auth, Status.CURRENT)).isNotEqualTo(former);
            assertThat(auth.domain().keys().all())
                    .filteredOn(key -> key.id().equals(former))
                    .allMatch(key -> key.status() == Status.REVOKED);
        }
    }

    private static List<Status> statuses(RunningAuth auth) {
        return auth.domain().keys().all().stream().map(SigningKey::status).toList();
    }

    private static String id(RunningAuth auth, Status status) {
        return auth.domain().keys().all().stream()
                .filter(key -> key.status() == status)
                .map(SigningKey::id)
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject header(String token) {
        try {
            String part = token.substring(0, token.indexOf('.'));
            return (JsonObject)
                    Json.parse(
                            new String(
                                    Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }
}
