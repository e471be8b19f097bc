package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.face.authapi.SsoCalls.Page;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import dev.ashlar.testing.SoftwareIdentityProvider;
import dev.ashlar.testing.SoftwareIdentityProvider.Words;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Identity providers as admins add, change and remove them.
class SsoAdminIT {
    private static final SoftwareIdentityProvider KEYS = SoftwareIdentityProvider.rsa("https://k");

    private static Vertx vertx;
    private static RunningAuth auth;
    private static SsoCalls sso;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        auth =
                new RunningAuth(
                        vertx,
                        PostgresForTests.fresh(),
                        "auth.saml.enabled=true",
                        "auth.saml.max-providers=40");
        sso = new SsoCalls(auth);
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    /// Metadata of an entity of its own.
    private static String metadata(String entityId) {
        return KEYS.metadata().replace("https://k", entityId);
    }

    private static String entity() {
        return "https://" + UUID.randomUUID() + ".example/metadata";
    }

    private static String domain() {
        return UUID.randomUUID() + ".example";
    }

    private static Answer get(String path) {
        return auth.call("GET", "/admin/sso/providers" + path, auth.serviceKey(), "");
    }

    private static Answer delete(String id) {
        return auth.call("DELETE", "/admin/sso/providers/" + id, auth.serviceKey(), "");
    }

    @Test
    void madeReadChangedAndRemoved() {
        String entity = entity();
        String domain = domain();
        Answer made =
                sso.create(
                        SsoCalls.body(metadata(entity), domain.toUpperCase(java.util.Locale.ROOT))
                                .build());
        assertThat(made.status()).isEqualTo(201);
        String id = made.text("id");
        assertThat(made.object("saml").findText("entity_id")).contains(entity);
        assertThat(made.body().find("disabled")).contains(JsonBoolean.FALSE);
        assertThat(domains(made.body())).containsExactly(domain);

        assertThat(get("/" + id).object("saml").findText("metadata_xml"))
                .contains(metadata(entity));
        assertThat(get("/" + id).body()).isEqualTo(made.body());
        assertThat(((JsonArray) get("").body().find("items").orElseThrow()).elements())
                .contains(made.body());

        String second = domain();
        Answer changed =
                sso.update(
                        id,
                        parse(
                                """
                                {"type": "saml", "domains": ["%s"], "disabled": true,
                                 "name_id_format":
                                   "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                                 "attribute_mapping": {"keys": {"team": {"name": "dept"}}}}\
                                """
                                        .formatted(second)));
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        assertThat(domains(changed.body())).containsExactly(second);
        assertThat(changed.body().find("disabled")).contains(JsonBoolean.TRUE);
        assertThat(changed.object("saml").findObject("attribute_mapping")).isPresent();
        assertThat(get("/" + id).body()).isEqualTo(changed.body());
        // What is not sent stays.
        Answer enabled = sso.update(id, parse("{\"disabled\": false}"));
        assertThat(domains(enabled.body())).containsExactly(second);
        assertThat(enabled.object("saml")).isEqualTo(changed.object("saml"));

        Answer gone = delete(id);
        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.text("id")).isEqualTo(id);
        assertThat(get("/" + id).status()).isEqualTo(404);
        assertThat(audited(id))
                .containsExactly(
                        "sso_provider_created",
                        "sso_provider_modified",
                        "sso_provider_modified",
                        "sso_provider_deleted");
    }

    private static List<String> audited(String id) {
        return auth.database()
                .transaction(tx ->
                        tx
                                .query(
                                        SqlText.of(
                                                """
                                                select payload ->> 'action' as action
                                                from auth.audit_log_entries
                                                where payload ->> 'subject' = $1 order by created_at
                                                """,
                                                "sso:" + id))
                                .stream()
                                .map(row -> row.requireText("action"))
                                .toList());
    }

    private static List<String> domains(JsonObject provider) {
        return ((JsonArray) provider.find("domains").orElseThrow())
                .elements().stream()
                        .map(one -> ((JsonObject) one).findText("domain").orElseThrow())
                        .toList();
    }

    private static JsonObject parse(String json) {
        try {
            return (JsonObject) Json.parse(json);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void onlyForTheServiceRole() {
        String id = sso.create(SsoCalls.body(metadata(entity())).build()).text("id");
        for (String[] call :
                new String[][] {
                    {"GET", "", ""},
                    {"POST", "", "{}"},
                    {"GET", "/" + id, ""},
                    {"PUT", "/" + id, "{}"},
                    {"DELETE", "/" + id, ""}
                }) {
            String path = "/admin/sso/providers" + call[1];
            assertThat(auth.call(call[0], path, auth.anonKey(), call[2]).text("code"))
                    .as(call[0] + path)
                    .isEqualTo("not_admin");
            assertThat(auth.call(call[0], path, "", call[2]).status()).isEqualTo(401);
        }
        assertThat(get("/" + id).status()).isEqualTo(200);
    }

    @Test
    void unknownOnesAreNotFound() {
        for (String id : List.of(UUID.randomUUID().toString(), "no-id")) {
            for (Answer answer : List.of(get("/" + id), delete(id), sso.update(id, parse("{}")))) {
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.text("code")).isEqualTo("sso_provider_not_found");
            }
        }
    }

    @Test
    void entitiesAndDomainsAreTakenOnce() {
        String entity = entity();
        String domain = domain();
        String id = sso.create(SsoCalls.body(metadata(entity), domain).build()).text("id");
        Answer same = sso.create(SsoCalls.body(metadata(entity)).build());
        assertThat(same.status()).isEqualTo(422);
        assertThat(same.text("code")).isEqualTo("saml_idp_already_exists");
        String other = entity();
        Answer taken = sso.create(SsoCalls.body(metadata(other), domain).build());
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.text("code")).isEqualTo("sso_domain_already_exists");
        // Nothing is left of what was refused.
        String second = sso.create(SsoCalls.body(metadata(other)).build()).text("id");
        assertThat(sso.update(second, SsoCalls.body(metadata(other), domain).build()).text("code"))
                .isEqualTo("sso_domain_already_exists");
        assertThat(domains(get("/" + id).body())).containsExactly(domain);
        Answer mismatch = sso.update(id, SsoCalls.body(metadata(entity())).build());
        assertThat(mismatch.status()).isEqualTo(400);
        assertThat(mismatch.text("code")).isEqualTo("saml_entity_id_mismatch");
    }

    @Test
    void ofSeveralWhoAddTheSameOneDoes() {
        JsonObject body = SsoCalls.body(metadata(entity()), domain()).build();
        List<Integer> statuses = Race.of(6, () -> sso.create(body).status());
        assertThat(statuses).containsOnly(201, 422);
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
    }

    @Test
    void whatIsIncompleteOrWrongIsRefused() {
        String good = metadata(entity());
        for (JsonObject body :
                List.of(
                        parse("{}"),
                        parse("{\"type\": \"oidc\"}"),
                        parse("{\"type\": \"saml\"}"),
                        SsoCalls.body(good).put("metadata_url", "https://x.example").build(),
                        SsoCalls.body("<x/>").build(),
                        SsoCalls.body("no xml").build(),
                        SsoCalls.body(good.replaceAll("<KeyDescriptor.*</KeyDescriptor>", ""))
                                .build(),
                        SsoCalls.body(good.replace("HTTP-Redirect", "SOAP")).build(),
                        SsoCalls.body(good.replace("https://idp.example/sso", "http://idp.example"))
                                .build(),
                        SsoCalls.body(
                                        good.replace(
                                                "https://idp.example/sso", "javascript:alert(1)"))
                                .build(),
                        SsoCalls.body(
                                        good.replaceAll(
                                                "<X509Certificate>[^<]+", "<X509Certificate>AAAA"))
                                .build(),
                        SsoCalls.body(
                                        good.replace(
                                                "entityID",
                                                "validUntil=\"2020-01-01T00:00:00Z\" entityID"))
                                .build(),
                        SsoCalls.body(SoftwareIdentityProvider.rsa(entity(), 1_024).metadata())
                                .build(),
                        SsoCalls.body(good, "no domain").build(),
                        SsoCalls.body(good).put("name_id_format", "\"><x>").build(),
                        SsoCalls.body(good)
                                .put("attribute_mapping", parse("{\"keys\": {\"a\": \"b\"}}"))
                                .build())) {
            Answer answer = sso.create(body);
            assertThat(answer.status()).as(body.toString()).isEqualTo(400);
            assertThat(answer.text("code")).as(body.toString()).isEqualTo("validation_failed");
        }
    }

    @Test
    void metadataIsFetchedFromPublicPlacesAlone() {
        for (String url :
                List.of(
                        "http://idp.example/metadata",
                        "https://localhost/metadata",
                        "https://127.0.0.1/metadata",
                        "https://169.254.169.254/latest",
                        "file:///etc/passwd")) {
            Answer answer =
                    sso.create(
                            new JsonObjectBuilder()
                                    .put("type", "saml")
                                    .put("metadata_url", url)
                                    .build());
            assertThat(answer.text("code")).as(url).isEqualTo("validation_failed");
        }
        Answer unreachable =
                sso.create(
                        new JsonObjectBuilder()
                                .put("type", "saml")
                                .put("metadata_url", "https://no-such-host.invalid/metadata")
                                .build());
        assertThat(unreachable.status()).isEqualTo(400);
        assertThat(unreachable.text("code")).isEqualTo("saml_metadata_fetch_failed");
    }

    @Test
    void attributesBecomeClaims() {
        SoftwareIdentityProvider idp = SoftwareIdentityProvider.rsa(entity());
        Answer made =
                sso.create(
                        SsoCalls.body(idp.metadata())
                                .put(
                                        "attribute_mapping",
                                        parse(
                                                """
                                                {"keys": {
                                                  "email": {"name": "work"},
                                                  "team": {"names": ["none", "dept"]},
                                                  "groups": {"name": "memberOf", "array": true},
                                                  "role": {"name": "none", "default": "reader"},
                                                  "absent": {"name": "none"}}}\
                                                """))
                                .build());
        Page page = sso.page(made.text("id"));
        Words words = sso.words(idp, page, "other@acme.example");
        words.nameId = "ada";
        words.attributes.put("work", List.of("ada@acme.example"));
        words.attributes.put("dept", List.of("engines"));
        words.attributes.put("memberOf", List.of("a", "b"));
        JsonObject user = sso.user(SsoCalls.fields(sso.post(idp.answer(words), page.state())));
        assertThat(user.findText("email")).contains("ada@acme.example");
        JsonObject claims =
                user.findObject("user_metadata")
                        .orElseThrow()
                        .findObject("custom_claims")
                        .orElseThrow();
        assertThat(claims)
                .isEqualTo(
                        parse(
                                """
                                {"team": "engines", "groups": ["a", "b"], "role": "reader"}\
                                """));
        // Claims that are not made any more go.
        sso.update(made.text("id"), parse("{\"attribute_mapping\": {\"keys\": {}}}"));
        JsonObject later = sso.user(sso.signIn(idp, made.text("id"), "ada", "ada@acme.example"));
        assertThat(later.findText("id")).isEqualTo(user.findText("id"));
        assertThat(later.findObject("user_metadata").orElseThrow().find("custom_claims")).isEmpty();
    }

    @Test
    void ourOwnMetadataSaysWhereToAnswer() {
        Answer answer = auth.call("GET", "/sso/saml/metadata", "", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).doesNotContainKey("Content-Disposition");
        Answer file = auth.call("GET", "/sso/saml/metadata?download=true", "", "");
        assertThat(file.headers().get("Content-Disposition")).contains("metadata.xml");
    }
}
