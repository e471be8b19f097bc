package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Providers that admins add while the server runs: how they are kept, and what is made of what
/// they tell.
class CustomProvidersIT {
    private static Vertx vertx;
    private static ForeignIssuer issuer;
    private static RunningAuth auth;
    private static RunningAuth strict;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        issuer = new ForeignIssuer();
        strict = new RunningAuth(vertx, PostgresForTests.fresh());
        auth =
                new RunningAuth(
                        vertx,
                        PostgresForTests.fresh(),
                        "auth.social.max-custom-providers=3",
                        "auth.outbound.private-addresses=true");
    }

    @AfterAll
    static void stop() {
        auth.close();
        strict.close();
        issuer.close();
        vertx.close();
    }

    private static String email() {
        return UUID.randomUUID() + "@x.example";
    }

    private static List<JsonObject> identities(Answer user) {
        return ((JsonArray) user.body().find("identities").orElseThrow())
                .elements().stream().map(JsonObject.class::cast).toList();
    }

    private static String custom(String identifier, String issuerUrl) {
        return """
        {"provider_type":"oidc","identifier":"%s","name":"Acme","client_id":"%s",
         "client_secret":"%s","issuer":"%s","unknown":"x"}\
        """
                .formatted(identifier, ForeignIssuer.CLIENT, ForeignIssuer.SECRET, issuerUrl);
    }

    @Test
    void anAdminAddsAProvider() {
        String path = "/admin/custom-providers";
        String key = auth.serviceKey();
        Answer made = auth.call("POST", path, key, custom("custom:acme", issuer.url()));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().toString())
                .doesNotContain(ForeignIssuer.SECRET)
                .doesNotContain("client_secret")
                .doesNotContain("unknown");
        assertThat(auth.call("POST", path, key, custom("custom:acme", issuer.url())).text("code"))
                .isEqualTo("custom_provider_already_exists");
        Answer page =
                auth.call("GET", "/authorize?provider=custom:acme&skip_http_redirect=true", "", "");
        String url = page.text("url");
        String state =
                String.valueOf(FormFields.parse(url.substring(url.indexOf('?') + 1)).get("state"));
        Map<String, Object> person = Map.of("sub", "1", "email", email(), "email_verified", true);
        Answer back =
                auth.call(
                        "GET",
                        "/callback?state=" + state + "&code=" + issuer.signIn(url, person),
                        "",
                        "");
        assertThat(back.headers().get("Location")).contains("access_token=");
        assertThat(auth.call("GET", path, key, "").body().toString()).contains("custom:acme");
        assertThat(auth.call("GET", path + "?type=oauth2", key, "").body().toString())
                .doesNotContain("custom:acme");
        Answer off = auth.call("PUT", path + "/custom:acme", key, "{\"enabled\":false}");
        assertThat(off.text("name")).isEqualTo("Acme");
        assertThat(auth.call("GET", "/authorize?provider=custom:acme", "", "").text("code"))
                .isEqualTo("provider_disabled");
        auth.call("POST", path, key, custom("custom:two", issuer.url()));
        auth.call("POST", path, key, custom("custom:three", issuer.url()));
        assertThat(auth.call("POST", path, key, custom("custom:four", issuer.url())).text("code"))
                .isEqualTo("over_custom_provider_quota");
        assertThat(auth.call("DELETE", path + "/custom:acme", key, "").status()).isEqualTo(204);
        assertThat(auth.call("DELETE", path + "/custom:acme", key, "").text("code"))
                .isEqualTo("custom_provider_not_found");
        assertThat(auth.call("GET", path + "/custom:acme", key, "").text("code"))
                .isEqualTo("custom_provider_not_found");
        assertThat(auth.call("GET", path, auth.anonKey(), "").status()).isEqualTo(403);
        List<String> stored =
                auth.database()
                        .transaction(tx ->
                                tx
                                        .query(
                                                SqlText.of(
                                                        "select client_secret as s from"
                                                                + " auth.custom_providers"))
                                        .stream()
                                        .map(row -> row.requireText("s"))
                                        .toList());
        assertThat(stored).isNotEmpty().noneMatch(text -> text.contains(ForeignIssuer.SECRET));
    }

    @Test
    void anAdminsUrlsLeadNowhereInside() {
        String path = "/admin/custom-providers";
        for (String inside :
                List.of(
                        issuer.url(),
                        "https://127.0.0.1/",
                        "https://169.254.169.254/",
                        "https://localhost/",
                        "https://10.0.0.1/",
                        "https://[::1]/",
                        "file:///etc/passwd")) {
            Answer answer =
                    strict.call("POST", path, strict.serviceKey(), custom("custom:inside", inside));
            assertThat(answer.status()).as(inside).isEqualTo(400);
            assertThat(answer.text("code")).isEqualTo("validation_failed");
        }
        for (String bad : List.of("acme", "custom:", "custom:A B", "google")) {
            assertThat(
                            strict.call(
                                            "POST",
                                            path,
                                            strict.serviceKey(),
                                            custom(bad, "https://1.1.1.1"))
                                    .text("code"))
                    .isEqualTo("validation_failed");
        }
    }

    private static final String MAPPING =
            """
            {"sub":"data.user.id","email":"data.mail.address","email_verified":"data.mail.proved",
             "name":"data.user.names.full","picture":"data.none.at.all"}\
            """;

    /// A provider of plain OAuth 2.0 whose API answers in a form of its own.
    private static RunningAuth plain(String more) {
        List<String> settings =
                List.of(
                        "auth.outbound.private-addresses=true",
                        "auth.autoconfirm=false",
                        "auth.mail.frequency=0");
        RunningAuth own =
                new RunningAuth(vertx, PostgresForTests.fresh(), settings.toArray(String[]::new));
        Answer made =
                own.call("POST", "/admin/custom-providers", own.serviceKey(), plainProvider(more));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return own;
    }

    private static String plainProvider(String more) {
        return """
        {"provider_type":"oauth2","identifier":"custom:plain","name":"Plain","client_id":"%s",
         "client_secret":"%s","authorization_url":"%3$s/authorize","token_url":"%3$s/token",
         "userinfo_url":"%3$s/people/me","attribute_mapping":%4$s%5$s}\
        """
                .formatted(ForeignIssuer.CLIENT, ForeignIssuer.SECRET, issuer.url(), MAPPING, more);
    }

    /// Where the browser ends after a visit at that provider, whose API then answers `told`.
    private static Map<String, String> visited(RunningAuth own, String told) {
        issuer.answers.put("/people/me", told);
        Answer page =
                own.call("GET", "/authorize?provider=custom:plain&skip_http_redirect=true", "", "");
        String url = page.text("url");
        String state =
                String.valueOf(FormFields.parse(url.substring(url.indexOf('?') + 1)).get("state"));
        Answer back =
                own.call(
                        "GET",
                        "/callback?state=" + state + "&code=" + issuer.signIn(url, Map.of()),
                        "",
                        "");
        String location = String.valueOf(back.headers().get("Location"));
        return FormFields.parse(location.substring(location.indexOf('#') + 1));
    }

    private static String told(String id, String mail) {
        return "{\"id\":99,\"data\":{\"user\":{\"id\":%s,\"names\":{\"full\":\"Ada L.\"}},\"mail\":%s}}"
                .formatted(id, mail);
    }

    @Test
    void attributesAreFoundByTheirPaths() {
        try (RunningAuth own = plain("")) {
            String email = email();
            String proved = "{\"address\":\"" + email + "\",\"proved\":true}";
            Map<String, String> session = visited(own, told("4711", proved));
            Answer user = own.call("GET", "/user", String.valueOf(session.get("access_token")), "");
            assertThat(user.text("email")).isEqualTo(email);
            assertThat(user.body().findText("email_confirmed_at")).isPresent();
            assertThat(user.object("user_metadata").findText("full_name")).contains("Ada L.");
            assertThat(user.object("user_metadata").findText("picture")).isEmpty();
            assertThat(identities(user).getFirst().findText("id")).contains("4711");
            Map<String, String> again = visited(own, told("\"4711\"", "{}"));
            assertThat(
                            own.call("GET", "/user", String.valueOf(again.get("access_token")), "")
                                    .text("id"))
                    .as("the same name, as text")
                    .isEqualTo(user.text("id"));
        }
    }

    /// An address that the provider does not vouch for is asked for; none at all is refused, but
    /// where the provider may leave it out; and nobody comes in without a name.
    @Test
    void whatAProviderDoesNotTellIsNotGuessed() {
        try (RunningAuth own = plain("")) {
            String email = email();
            String claimed = "{\"address\":\"" + email + "\"}";
            assertThat(visited(own, told("1", claimed)))
                    .doesNotContainKey("access_token")
                    .containsEntry("error_code", "provider_email_needs_verification");
            assertThat(own.messages(email)).hasSize(1);
            assertThat(visited(own, told("2", "null")))
                    .doesNotContainKey("access_token")
                    .containsEntry("error_code", "email_address_not_provided");
            assertThat(visited(own, told("null", "{\"address\":\"a@x.example\",\"proved\":true}")))
                    .doesNotContainKey("access_token")
                    .containsKey("error");
            assertThat(visited(own, "[]")).doesNotContainKey("access_token");
        }
        try (RunningAuth lenient = plain(",\"email_optional\":true")) {
            Map<String, String> session = visited(lenient, told("3", "null"));
            Answer user =
                    lenient.call("GET", "/user", String.valueOf(session.get("access_token")), "");
            assertThat(user.text("email")).isEmpty();
        }
    }

    /// It would stand there as if something were verified with it.
    @Test
    void keysArePartOfOpenIdConnectAlone() {
        Answer refused =
                auth.call(
                        "POST",
                        "/admin/custom-providers",
                        auth.serviceKey(),
                        plainProvider(",\"jwks_uri\":\"https://1.1.1.1/keys\""));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("message")).contains("jwks_uri is for oidc");
    }

    @Test
    void keysAreReadWhereTheAdminSaysTheyAre() {
        issuer.answers.put("/other-keys", "{\"keys\":[]}");
        String definition = custom("custom:keys", issuer.url());
        try (RunningAuth own =
                new RunningAuth(
                        vertx, PostgresForTests.fresh(), "auth.outbound.private-addresses=true")) {
            String path = "/admin/custom-providers";
            own.call(
                    "POST",
                    path,
                    own.serviceKey(),
                    definition.replace(
                            "\"unknown\"",
                            "\"jwks_uri\":\"" + issuer.url() + "/other-keys\",\"u\""));
            String token =
                    "{\"provider\":\"custom:keys\",\"id_token\":\""
                            + issuer.idToken(
                                    Map.of("sub", "1", "email", email(), "email_verified", true))
                            + "\"}";
            Answer refused = own.call("POST", "/token?grant_type=id_token", "", token);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("error_description")).contains("signature");
            String changed = "{\"jwks_uri\":\"" + issuer.url() + "/keys\"}";
            assertThat(own.call("PUT", path + "/custom:keys", own.serviceKey(), changed).status())
                    .isEqualTo(200);
            assertThat(own.call("POST", "/token?grant_type=id_token", "", token).status())
                    .isEqualTo(200);
        }
    }
}
