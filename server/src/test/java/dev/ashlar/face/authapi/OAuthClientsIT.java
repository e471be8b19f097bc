package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Clients as administrators keep them, and what describes the server to them.
class OAuthClientsIT {
    private static Vertx vertx;
    private static DatabaseForTests database;
    private static RunningAuth auth;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
        auth = new RunningAuth(vertx, database, "auth.oauth-server.enabled=true");
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    private static Answer admin(String method, String path, String body) {
        return auth.call(method, "/admin/oauth/clients" + path, auth.serviceKey(), body);
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }

    @Test
    void aClientIsMadeChangedAndDeleted() {
        Answer made =
                admin(
                        "POST",
                        "",
                        """
                        {"client_name":"Shop","redirect_uris":["https://a.example/cb"],
                        "scope":"openid email","client_uri":"https://a.example/"}
                        """);
        assertThat(made.status()).isEqualTo(201);
        String secret = made.text("client_secret");
        assertThat(secret).hasSize(43);
        assertThat(made.text("client_type")).isEqualTo("confidential");
        assertThat(made.text("registration_type")).isEqualTo("manual");
        assertThat(made.text("token_endpoint_auth_method")).isEqualTo("client_secret_basic");
        assertThat(Json.write(made.body()))
                .contains("\"grant_types\":[\"authorization_code\",\"refresh_token\"]");
        assertThat(
                        database.ask(
                                "select count(*) from auth.oauth_clients where secret_hash = '"
                                        + secret
                                        + "'"))
                .isEqualTo("0");
        String path = "/" + made.text("client_id");
        assertThat(admin("GET", path, "").body().find("client_secret")).isEmpty();
        Answer changed =
                admin(
                        "PUT",
                        path,
                        "{\"client_name\":\"Store\",\"redirect_uris\":[\"https://b.example/cb\"]}");
        assertThat(changed.text("client_name")).isEqualTo("Store");
        assertThat(changed.text("scope")).isEqualTo("openid email");
        Answer renewed = admin("POST", path + "/regenerate_secret", "");
        assertThat(renewed.text("client_secret")).isNotEqualTo(secret);

        OAuthFlow old = new OAuthFlow(auth, made.text("client_id"), secret);
        assertThat(old.refresh("x").text("error")).isEqualTo("invalid_client");
        OAuthFlow now = new OAuthFlow(auth, old.clientId(), renewed.text("client_secret"));
        assertThat(now.refresh("x").text("error")).isEqualTo("invalid_grant");

        assertThat(admin("DELETE", path, "{}").status()).isEqualTo(204);
        for (Answer gone :
                List.of(
                        admin("GET", path, ""),
                        admin("PUT", path, "{}"),
                        admin("DELETE", path, ""),
                        admin("POST", path + "/regenerate_secret", ""),
                        admin("GET", "/x", ""))) {
            assertError(gone, 404, "oauth_client_not_found");
        }
        assertThat(
                        database.ask(
                                "select string_agg(payload ->> 'action', ' ' order by sequence)"
                                        + " from auth.audit_log_entries where payload ->> 'subject' = '"
                                        + old.clientId()
                                        + "'"))
                .isEqualTo(
                        "oauth_client_created oauth_client_modified oauth_client_secret_regenerated"
                                + " oauth_client_deleted");
    }

    @Test
    void aDeletedClientsSessionsEnd() {
        OAuthFlow client = OAuthFlow.confidential(auth);
        String token = auth.signUp(UUID.randomUUID() + "@x.example").text("access_token");
        Answer tokens = client.exchange(client.code(token));
        admin("DELETE", "/" + client.clientId(), "");
        assertError(
                auth.call("GET", "/user", tokens.text("access_token"), ""),
                403,
                "session_not_found");
        assertThat(auth.call("GET", "/user", token, "").status()).isEqualTo(200);
    }

    @Test
    void badClientsAreRefused() {
        for (String body :
                List.of(
                        "{\"redirect_uris\":[\"https://a.example/\"]}",
                        "{\"client_name\":\"x\"}",
                        "{\"client_name\":\"x\",\"redirect_uris\":[\"http://a.example/\"]}",
                        "{\"client_name\":\"x\",\"redirect_uris\":[\"https://a.example/\"],"
                                + "\"scope\":\"openid everything\"}")) {
            assertError(admin("POST", "", body), 400, "validation_failed");
        }
        OAuthFlow client = OAuthFlow.publicClient(auth, "https://a.example/");
        String path = "/" + client.clientId();
        assertError(
                admin("PUT", path, "{\"token_endpoint_auth_method\":\"client_secret_post\"}"),
                400,
                "validation_failed");
        assertError(admin("PUT", path, "{\"redirect_uris\":[]}"), 400, "validation_failed");
        assertError(admin("POST", path + "/regenerate_secret", ""), 400, "validation_failed");
        String person = auth.signUp(UUID.randomUUID() + "@x.example").text("access_token");
        assertError(auth.call("GET", "/admin/oauth/clients", person, ""), 403, "not_admin");
    }

    @Test
    void clientsAreListedByPages() {
        try (RunningAuth own =
                new RunningAuth(
                        vertx, PostgresForTests.fresh(), "auth.oauth-server.enabled=true")) {
            for (int i = 0; i < 3; i++) {
                OAuthFlow.confidential(own);
            }
            Answer page =
                    own.call("GET", "/admin/oauth/clients?page=1&per_page=2", own.serviceKey(), "");
            assertThat(((JsonArray) page.body().find("clients").orElseThrow()).elements())
                    .hasSize(2);
            assertThat(page.headers())
                    .containsEntry("X-Total-Count", "3")
                    .containsEntry(
                            "Link",
                            "<https://api.example.com/auth/v1/admin/oauth/clients?page=2&per_page=2>;"
                                    + " rel=\"next\", <https://api.example.com/auth/v1/admin/oauth/clients"
                                    + "?page=2&per_page=2>; rel=\"last\"");
        }
    }

    @Test
    void theServerDescribesItself() {
        for (String name : List.of("openid-configuration", "oauth-authorization-server")) {
            Answer about = auth.call("GET", "/.well-known/" + name, "", "");
            assertThat(about.text("issuer")).isEqualTo(OAuthFlow.ISSUER);
            assertThat(about.text("jwks_uri"))
                    .isEqualTo(OAuthFlow.ISSUER + "/.well-known/jwks.json");
            assertThat(about.body().find("registration_endpoint")).isEmpty();
            assertThat(Json.write(about.body()))
                    .contains("\"id_token_signing_alg_values_supported\":[\"ES256\"]")
                    .contains("\"code_challenge_methods_supported\":[\"S256\"]");
        }
        try (RunningAuth open =
                new RunningAuth(
                        vertx,
                        database,
                        "auth.oauth-server.enabled=true",
                        "auth.oauth-server.dynamic-registration=true",
                        "auth.external-url=https://id.example/auth/v1/")) {
            assertThat(
                            open.call("GET", "/.well-known/openid-configuration", "", "")
                                    .text("registration_endpoint"))
                    .isEqualTo("https://id.example/auth/v1/oauth/clients/register");
        }
    }

    @Test
    void clientsNeedKeysThatTheyCanVerifyWith() {
        assertThatThrownBy(() ->
                        new RunningAuth(
                                vertx,
                                database,
                                "auth.oauth-server.enabled=true",
                                "auth.signing-algorithm=hs256"))
                .hasStackTraceContaining("auth.oauth-server needs keys");
    }
}
