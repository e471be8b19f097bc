package dev.ashlar.app;

import static dev.ashlar.app.DataApiServing.environment;
import static dev.ashlar.app.DataApiServing.get;
import static dev.ashlar.app.DataApiServing.send;
import static dev.ashlar.app.DataApiServing.text;
import static dev.ashlar.app.DataApiServing.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.testing.DatabaseForTests;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The description of the API at its root.
class OpenApiIT {
    private static DatabaseForTests database;

    @BeforeAll
    static void create() {
        database = DataApiServing.database("dropin_openapi");
        database.executeAs(
                EmbeddedPostgres.SUPERUSER,
                """
                create type shop.size as enum ('S', 'L');
                create table shop.orders (
                  id bigint primary key,
                  good int not null default 1 references shop.goods,
                  size shop.size default 'S',
                  tags text[], extra jsonb, paid boolean default false,
                  made timestamptz default now());
                comment on column shop.orders.good is 'What was bought';
                grant select on shop.orders to dropin_clerk;
                create function shop.spec() returns json language sql immutable
                  as $$ select '{"swagger":"2.0"}'::json $$;
                create function shop.hidden(a int) returns int language sql as 'select a';
                revoke execute on function shop.hidden from public;
                """);
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    private static Map<String, String> settings() {
        return environment(database.address("dropin_openapi"));
    }

    private static JsonObject document(DataApi api, Map<String, String> headers)
            throws MalformedJsonException {
        HttpResponse<String> answer = send(api.port(), "GET", "/", "", headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/openapi+json; charset=utf-8");
        return (JsonObject) Json.parse(answer.body());
    }

    private static String part(JsonObject document, String... path) {
        JsonObject at = document;
        for (int i = 0; i < path.length - 1; i++) {
            at = at.findObject(path[i]).orElse(JsonObject.EMPTY);
        }
        return at.find(path[path.length - 1]).map(Json::write).orElse("-");
    }

    @Test
    void describesWhatTheRoleMayUse() throws MalformedJsonException {
        try (DataApi api = DataApiServing.start("", settings())) {
            JsonObject anonymous = document(api, Map.of());
            assertThat(part(anonymous, "swagger")).isEqualTo("\"2.0\"");
            assertThat(part(anonymous, "info"))
                    .isEqualTo(
                            "{\"title\":\"The shop\",\"description\":\"All that it sells.\",\"version\":\"16\"}");
            assertThat(part(anonymous, "host")).isEqualTo("\"127.0.0.1:" + api.port() + "\"");
            assertThat(part(anonymous, "basePath")).isEqualTo("\"/\"");
            assertThat(part(anonymous, "security")).isEqualTo("-");
            assertThat(part(anonymous, "paths", "/goods", "get", "summary")).isEqualTo("\"Goods\"");
            assertThat(part(anonymous, "paths", "/goods", "get", "description"))
                    .isEqualTo("\"What is sold.\"");
            assertThat(part(anonymous, "paths", "/goods", "delete", "parameters"))
                    .isEqualTo(
                            "[{\"$ref\":\"#/parameters/rowFilter.goods.id\"},"
                                    + "{\"$ref\":\"#/parameters/rowFilter.goods.name\"},"
                                    + "{\"$ref\":\"#/parameters/preferReturn\"}]");
            assertThat(part(anonymous, "definitions", "goods", "properties"))
                    .isEqualTo(
                            "{\"id\":{\"description\":\"Note:\\nThis is a Primary Key.<pk/>\","
                                    + "\"format\":\"int32\",\"type\":\"integer\"},"
                                    + "\"name\":{\"maxLength\":40,\"format\":\"character varying\","
                                    + "\"type\":\"string\"}}");
            assertThat(part(anonymous, "definitions", "goods", "required"))
                    .isEqualTo("[\"id\",\"name\"]");
            assertThat(part(anonymous, "paths", "/rpc/sum_up", "get", "parameters"))
                    .isEqualTo(
                            "[{\"name\":\"a\",\"required\":true,\"in\":\"query\",\"format\":\"int32\","
                                    + "\"type\":\"integer\"},{\"name\":\"b\",\"required\":true,"
                                    + "\"in\":\"query\",\"format\":\"int32\",\"type\":\"integer\"}]");
            assertThat(Json.write(anonymous))
                    .doesNotContain("orders")
                    .doesNotContain("hidden")
                    .doesNotContain("shelves");
        }
    }

    @Test
    void describesColumnsByTypeAndKeys() throws MalformedJsonException {
        Map<String, String> clerk = Map.of("Authorization", "Bearer " + token("dropin_clerk"));
        try (DataApi api = DataApiServing.start("", settings())) {
            JsonObject document = document(api, clerk);
            String[] at = {"definitions", "orders", "properties", ""};
            Map<String, String> expected =
                    Map.of(
                            "good",
                            "{\"description\":\"What was bought\\n\\nNote:\\nThis is a Foreign Key to"
                                    + " `goods.id`.<fk table='goods' column='id'/>\",\"default\":1,"
                                    + "\"format\":\"int32\",\"type\":\"integer\"}",
                            "size",
                            "{\"default\":\"S\",\"enum\":[\"S\",\"L\"],\"format\":\"shop.size\","
                                    + "\"type\":\"string\"}",
                            "tags",
                            "{\"format\":\"text[]\",\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
                            "extra",
                            "{\"format\":\"jsonb\"}",
                            "paid",
                            "{\"default\":false,\"format\":\"boolean\",\"type\":\"boolean\"}",
                            "made",
                            "{\"default\":\"now()\",\"format\":\"timestamp with time zone\","
                                    + "\"type\":\"string\"}");
            expected.forEach((column, property) -> {
                at[3] = column;
                assertThat(part(document, at)).isEqualTo(property);
            });
        }
    }

    @Test
    void theOperatorDecidesWhatIsShown() throws MalformedJsonException {
        Map<String, String> settings = settings();
        settings.put("PGRST_OPENAPI_MODE", "ignore-privileges");
        settings.put("PGRST_OPENAPI_SECURITY_ACTIVE", "true");
        settings.put("PGRST_OPENAPI_SERVER_PROXY_URI", "https://api.test/v1");
        try (DataApi api = DataApiServing.start("", settings)) {
            JsonObject document = document(api, Map.of("Accept", "application/json"));
            assertThat(part(document, "definitions", "orders", "type")).isEqualTo("\"object\"");
            assertThat(part(document, "paths", "/rpc/hidden", "post", "tags"))
                    .isEqualTo("[\"(rpc) hidden\"]");
            assertThat(part(document, "paths", "/rpc/hidden", "get")).isEqualTo("-");
            assertThat(part(document, "host")).isEqualTo("\"api.test:443\"");
            assertThat(part(document, "basePath")).isEqualTo("\"/v1\"");
            assertThat(part(document, "security")).isEqualTo("[{\"JWT\":[]}]");
            JsonObject stock = document(api, Map.of("Accept-Profile", "stock"));
            assertThat(part(stock, "definitions", "shelves", "type")).isEqualTo("\"object\"");
            assertThat(part(stock, "definitions", "goods")).isEqualTo("-");
            assertThat(text(send(api.port(), "GET", "/", "", Map.of("Accept", "text/csv"))))
                    .startsWith("406 {\"code\":\"PGRST107\"");
            assertThat(text(send(api.port(), "POST", "/", "{}", Map.of())))
                    .startsWith("405 {\"code\":\"PGRST117\"");
        }
        settings.put("PGRST_OPENAPI_MODE", "disabled");
        try (DataApi api = DataApiServing.start("", settings)) {
            assertThat(get(api, "/")).startsWith("404 {\"code\":\"PGRST126\"");
        }
        settings.put("PGRST_DB_ROOT_SPEC", "shop.spec");
        try (DataApi api = DataApiServing.start("", settings)) {
            assertThat(get(api, "/")).isEqualTo("200 {\"swagger\":\"2.0\"}");
        }
    }
}
