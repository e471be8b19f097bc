package dev.ashlar.app;

import static dev.ashlar.app.DataApiServing.environment;
import static dev.ashlar.app.DataApiServing.send;
import static dev.ashlar.app.DataApiServing.text;
import static dev.ashlar.app.DataApiServing.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.testing.DatabaseForTests;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The description of the API in OpenAPI 3.1, beside that in 2.0.
class OpenApi31IT {
    private static final String TYPE = "application/vnd.oai.openapi+json;version=3.1";
    private static DatabaseForTests database;

    @BeforeAll
    static void create() {
        database = DataApiServing.database("openapi31");
        database.executeAs(
                EmbeddedPostgres.SUPERUSER,
                """
                create type shop.size as enum ('S', 'L');
                create domain shop.code as varchar(8);
                create table shop.orders (
                  id bigint primary key generated always as identity,
                  good int not null references shop.goods,
                  size shop.size default 'S', code shop.code, letter char(1) not null,
                  tags text[] default '{}', numbers int[], extra jsonb default '{}', paid boolean default false,
                  price numeric not null default 1.5, made timestamptz default now(), day date default current_date, token uuid default gen_random_uuid(),
                  twice numeric generated always as (price * 2) stored);
                comment on table shop.orders is 'Orders';
                comment on column shop.orders.good is 'What was bought';
                create table shop."odd {name}/ö" ("a b" int primary key, "a.b" text, "$c" json);
                create table shop.box (note text);
                grant select on shop.orders, shop."odd {name}/ö" to dropin_web;
                grant insert on shop.box to dropin_web;
                create function shop.one_of(label text, variadic tags text[]) returns shop.orders
                  language sql stable as 'select * from shop.orders limit 1';
                create function shop.many() returns setof shop.goods language sql stable as 'select * from shop.goods';
                create function shop.pairs() returns table (a int, b text) language sql volatile as $$ select 1, 'x' $$;
                create function shop.nothing(a int default 1) returns void language sql as '';
                create function shop.whole(json) returns json language sql immutable as 'select $1';
                comment on function shop.many() is 'All goods';
                """);
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    private static Map<String, String> settings() {
        return environment(database.address("openapi31"));
    }

    private static JsonObject document(DataApi api, Map<String, String> headers)
            throws MalformedJsonException {
        HttpResponse<String> answer = send(api.port(), "GET", "/", "", headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return (JsonObject) Json.parse(answer.body());
    }

    private static String part(JsonObject document, String... path) {
        @Nullable JsonValue at = document;
        for (String name : path) {
            at = at instanceof JsonObject object ? object.find(name).orElse(null) : null;
        }
        return at == null ? "-" : Json.write(at);
    }

    @Test
    void isAValidDocument() throws MalformedJsonException {
        Map<String, String> settings = settings();
        settings.put("PGRST_OPENAPI_MODE", "ignore-privileges");
        try (DataApi api = DataApiServing.start("", settings)) {
            JsonObject all = document(api, Map.of("Accept", TYPE));
            assertThat(OpenApiRules.faults(all)).isEmpty();
            assertThat(all.members().keySet())
                    .containsExactly(
                            "openapi",
                            "info",
                            "servers",
                            "paths",
                            "components",
                            "security",
                            "externalDocs");
            JsonObject swagger = document(api, Map.of());
            assertThat(OpenApiRules.faults(swagger)).as("the rules can fail").isNotEmpty();
            JsonObject clerk =
                    document(
                            api,
                            Map.of(
                                    "Accept",
                                    TYPE,
                                    "Authorization",
                                    "Bearer " + token("dropin_clerk"),
                                    "Accept-Profile",
                                    "stock"));
            assertThat(OpenApiRules.faults(clerk)).isEmpty();
            assertThat(part(clerk, "paths", "/shelves", "get", "operationId"))
                    .isEqualTo("\"shelves.read\"");
        }
    }

    @Test
    void describesRowsAsTheyAreReadMadeAndChanged() throws MalformedJsonException {
        try (DataApi api = DataApiServing.start("", settings())) {
            JsonObject document = document(api, Map.of("Accept", TYPE));
            String[] row = {"components", "schemas", "orders", "properties", "id"};
            Map<String, String> expected =
                    Map.of(
                            "id",
                            "{\"type\":\"integer\",\"format\":\"int64\",\"x-postgresql-type\":\"bigint\","
                                    + "\"description\":\"Note:\\nThis is a Primary Key.<pk/>\",\"readOnly\":true}",
                            "size",
                            "{\"type\":[\"string\",\"null\"],\"x-postgresql-type\":\"shop.size\","
                                    + "\"default\":\"S\",\"enum\":[\"S\",\"L\",null]}",
                            "code",
                            "{\"type\":[\"string\",\"null\"],\"x-postgresql-type\":\"character varying\","
                                    + "\"maxLength\":8}",
                            "numbers",
                            "{\"type\":[\"array\",\"null\"],\"items\":{\"type\":[\"integer\",\"null\"],"
                                    + "\"format\":\"int32\",\"x-postgresql-type\":\"integer\"},"
                                    + "\"x-postgresql-type\":\"integer[]\"}",
                            "extra",
                            "{\"x-postgresql-type\":\"jsonb\"}",
                            "made",
                            "{\"type\":[\"string\",\"null\"],\"format\":\"date-time\","
                                    + "\"x-postgresql-type\":\"timestamp with time zone\"}",
                            "price",
                            "{\"type\":\"number\",\"x-postgresql-type\":\"numeric\",\"default\":1.5}",
                            "day",
                            "{\"type\":[\"string\",\"null\"],\"format\":\"date\","
                                    + "\"x-postgresql-type\":\"date\"}",
                            "twice",
                            "{\"type\":[\"number\",\"null\"],\"x-postgresql-type\":\"numeric\","
                                    + "\"readOnly\":true}");
            expected.forEach((column, property) -> {
                row[4] = column;
                assertThat(part(document, row)).as(column).isEqualTo(property);
            });
            assertThat(part(document, "components", "schemas", "orders", "required"))
                    .isEqualTo("[\"id\",\"good\",\"letter\",\"price\"]");
            assertThat(part(document, "components", "schemas", "orders.new", "required"))
                    .isEqualTo("[\"good\",\"letter\"]");
            assertThat(part(document, "components", "schemas", "orders.change", "required"))
                    .isEqualTo("-");
            assertThat(part(document, "paths", "/odd%20%7Bname%7D%2F%C3%B6", "get", "tags"))
                    .isEqualTo("[\"odd {name}/ö\"]");
            assertThat(part(document, "paths", "/rpc/one_of", "get", "parameters"))
                    .contains("\"name\":\"tags\",\"in\":\"query\",\"required\":")
                    .contains("\"explode\":true");
            assertThat(part(document, "paths", "/rpc/many", "post", "responses", "200"))
                    .contains(
                            "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/goods\"}}");
            assertThat(part(document, "paths", "/rpc/pairs", "get")).isEqualTo("-");
            assertThat(part(document, "paths", "/rpc/nothing", "post", "responses", "204"))
                    .isEqualTo("{\"description\":\"No Content\"}");
            assertThat(part(document, "paths", "/rpc/whole", "post", "requestBody", "content"))
                    .isEqualTo(
                            "{\"application/json\":{\"schema\":{\"x-postgresql-type\":\"json\"}}}");
            assertThat(part(document, "security")).isEqualTo("[{},{\"JWT\":[]}]");
            assertThat(part(document, "servers"))
                    .isEqualTo("[{\"url\":\"http://127.0.0.1:" + api.port() + "\"}]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.oai.openapi+json;version=3.1 | openapi",
                "application/vnd.oai.openapi+json; version=3.1.0 | openapi",
                "application/vnd.oai.openapi+json | openapi",
                "application/openapi+json;version=3.1 | openapi",
                "application/json;q=0.5, application/openapi+json;version=3.1 | openapi",
                "application/openapi+json | swagger",
                "application/openapi+json;version=2.0 | swagger",
                "application/vnd.oai.openapi+json;version=2.0 | swagger",
                "application/json | swagger",
                "application/json, application/openapi+json;version=3.1;q=0.5 | swagger",
                "*/* | swagger",
            })
    void theCallerChoosesTheForm(String accept, String form) throws MalformedJsonException {
        try (DataApi api = DataApiServing.start("", settings())) {
            assertThat(part(document(api, Map.of("Accept", accept)), form)).startsWith("\"");
        }
    }

    @Test
    void otherFormsAreNotThere() {
        try (DataApi api = DataApiServing.start("", settings())) {
            assertThat(
                            text(
                                    send(
                                            api.port(),
                                            "GET",
                                            "/",
                                            "",
                                            Map.of(
                                                    "Accept",
                                                    "application/vnd.oai.openapi+json;version=4"))))
                    .startsWith("406 {\"code\":\"PGRST107\"");
            HttpResponse<String> answer = send(api.port(), "GET", "/", "", Map.of("Accept", TYPE));
            assertThat(answer.headers().firstValue("Content-Type")).hasValue(TYPE);
        }
    }

    /// What the document in 2.0 says of the same.
    @Test
    void theOlderFormKnowsDomainsVariadicsAndWhoMayOnlyWrite() throws MalformedJsonException {
        try (DataApi api = DataApiServing.start("", settings())) {
            JsonObject document = document(api, Map.of());
            String[] at = {"definitions", "orders", "properties", "code"};
            assertThat(part(document, at))
                    .isEqualTo(
                            "{\"maxLength\":8,\"format\":\"character varying\",\"type\":\"string\"}");
            at[3] = "letter";
            assertThat(part(document, at))
                    .isEqualTo("{\"maxLength\":1,\"format\":\"character\",\"type\":\"string\"}");
            at[3] = "tags";
            assertThat(part(document, at)).as("no value of its kind").doesNotContain("default");
            at[3] = "id";
            assertThat(part(document, at)).contains("\"format\":\"int64\"");
            assertThat(part(document, "paths", "/rpc/one_of", "get", "parameters"))
                    .endsWith(
                            "\"in\":\"query\",\"collectionFormat\":\"multi\",\"type\":\"array\","
                                    + "\"items\":{\"format\":\"text\",\"type\":\"string\"}}]");
            assertThat(part(document, "paths", "/odd {name}/ö", "get", "responses"))
                    .contains("\"#/definitions/odd {name}~1ö\"");
            assertThat(part(document, "paths", "/box", "post", "tags")).isEqualTo("[\"box\"]");
        }
    }
}
