package dev.ashlar.app;

import static dev.ashlar.app.DataApiServing.await;
import static dev.ashlar.app.DataApiServing.environment;
import static dev.ashlar.app.DataApiServing.get;
import static dev.ashlar.app.DataApiServing.send;
import static dev.ashlar.app.DataApiServing.text;
import static dev.ashlar.app.DataApiServing.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.app.postgrest.PostgrestSettings;
import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.testing.DatabaseForTests;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The data API alone, as `ashlar postgrest` starts it, on a database of somebody else's.
class DataApiIT {
    private static final String CENSUS =
            "select (select count(*) from pg_class) || ' ' || (select count(*) from pg_namespace) || ' '"
                    + " || (select count(*) from pg_proc) || ' ' || (select count(*) from"
                    + " pg_event_trigger) || ' ' || (select count(*) from pg_roles) || ' ' ||"
                    + " (select count(*) from pg_db_role_setting)";

    @Test
    void servesRolesAndSchemasAndCreatesNothing() {
        DatabaseForTests database = DataApiServing.database("dropin_all");
        String before = database.ask(CENSUS);
        Map<String, String> clerk =
                Map.of(
                        "Authorization",
                        "Bearer " + token("dropin_clerk"),
                        "Content-Type",
                        "application/json",
                        "Prefer",
                        "return=representation");
        try (DataApi api = DataApiServing.start("", environment(database.address("dropin_all")))) {
            assertThat(await("200", () -> get(api, "/goods?select=name&order=id")))
                    .isEqualTo("200 [{\"name\":\"lamp\"}, \n {\"name\":\"chair\"}]");
            assertThat(get(api, "/notes")).startsWith("401 {\"code\":\"42501\"");
            assertThat(text(send(api.port(), "POST", "/notes", "{\"id\":1}", clerk)))
                    .isEqualTo("201 [{\"id\":1,\"text\":\"none\"}]");
            assertThat(
                            text(
                                    send(
                                            api.port(),
                                            "PATCH",
                                            "/notes?id=eq.1",
                                            "{\"text\":\"new\"}",
                                            clerk)))
                    .isEqualTo("200 [{\"id\":1,\"text\":\"new\"}]");
            assertThat(text(send(api.port(), "DELETE", "/notes?id=eq.1", "", clerk)))
                    .isEqualTo("200 [{\"id\":1,\"text\":\"new\"}]");
            assertThat(get(api, "/rpc/sum_up?a=2&b=3")).isEqualTo("200 5");
            assertThat(
                            text(
                                    send(
                                            api.port(),
                                            "GET",
                                            "/shelves?select=id",
                                            "",
                                            Map.of("Accept-Profile", "stock"))))
                    .isEqualTo("200 [{\"id\":7}]");
            assertThat(get(api, "/shelves")).startsWith("404 {\"code\":\"PGRST205\"");
            Map<String, String> stranger = Map.of("Authorization", "Bearer " + token("postgres"));
            assertThat(text(send(api.port(), "GET", "/goods", "", stranger)))
                    .startsWith("403 {\"code\":\"42501\"");
        }
        assertThat(database.ask(CENSUS)).isEqualTo(before);
    }

    @Test
    void theDatabaseWinsOverTheEnvironmentAndThatOverTheFile() {
        DatabaseForTests database = DataApiServing.database("dropin_order");
        PostgresAddress address = database.address("dropin_order");
        Map<String, String> environment = environment(address);
        environment.put("PGRST_DB_MAX_ROWS", "2");
        String file = "db-max-rows = 0\napp.settings.motto = \"from the file\"\n";
        String goods = "/goods?select=id&order=id";
        database.executeAs(
                EmbeddedPostgres.SUPERUSER, "insert into shop.goods (name) values ('desk')");

        try (DataApi api = DataApiServing.start(file, environment)) {
            assertThat(await("200", () -> get(api, goods)))
                    .isEqualTo("200 [{\"id\":1}, \n {\"id\":2}]");
            assertThat(get(api, "/rpc/motto")).isEqualTo("200 \"from the file\"");
        }
        environment.put("PGRST_DB_PRE_CONFIG", "shop.pre_config");
        database.executeAs(
                EmbeddedPostgres.SUPERUSER, "grant usage on schema shop to dropin_order");
        try (DataApi api = DataApiServing.start(file, environment)) {
            assertThat(await("200", () -> get(api, goods))).isEqualTo("200 [{\"id\":1}]");
        }
        environment.remove("PGRST_DB_PRE_CONFIG");
        database.executeAs(
                EmbeddedPostgres.SUPERUSER,
                "alter role dropin_order set pgrst.db_max_rows = '9';"
                        + "alter role dropin_order in database "
                        + address.database()
                        + " set pgrst.db_max_rows = '1'");
        try (DataApi api = DataApiServing.start(file, environment)) {
            assertThat(await("200", () -> get(api, goods))).isEqualTo("200 [{\"id\":1}]");
        }
        environment.put("PGRST_DB_CONFIG", "false");
        try (DataApi api = DataApiServing.start(file, environment)) {
            assertThat(await("200", () -> get(api, goods)))
                    .isEqualTo("200 [{\"id\":1}, \n {\"id\":2}]");
        }
    }

    @Test
    void callsThePreRequestFunctionFirst() {
        DatabaseForTests database = DataApiServing.database("dropin_gate");
        Map<String, String> environment = environment(database.address("dropin_gate"));
        environment.put("PGRST_DB_PRE_REQUEST", "shop.gate");
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(await("200", () -> get(api, "/goods?select=id&id=eq.1")))
                    .isEqualTo("200 [{\"id\":1}]");
            assertThat(text(send(api.port(), "GET", "/goods", "", Map.of("X-Closed", "1"))))
                    .startsWith("418 ")
                    .contains("closed");
        }
    }

    @Test
    void waitsForADatabaseThatComesLater() {
        DatabaseForTests other = DataApiServing.database("dropin_late");
        PostgresAddress there = other.address("dropin_late");
        PostgresAddress later =
                new PostgresAddress(
                        there.host(),
                        there.port(),
                        "dropin_later",
                        there.user(),
                        there.password(),
                        there.tls());
        Map<String, String> environment = environment(later);
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(get(api, "/goods")).startsWith("503 {\"code\":\"PGRST00");
            other.executeAs(
                    EmbeddedPostgres.SUPERUSER,
                    "create database dropin_later template " + there.database());
            assertThat(await("200", () -> get(api, "/goods?select=id&id=eq.1")))
                    .isEqualTo("200 [{\"id\":1}]");
        } finally {
            other.executeAs(
                    EmbeddedPostgres.SUPERUSER,
                    "drop database if exists dropin_later with (force)");
        }
    }

    @Test
    void readsTheSchemaAnewWhenNotified() {
        DatabaseForTests database = DataApiServing.database("dropin_news");
        Map<String, String> environment = environment(database.address("dropin_news"));
        environment.put("PGRST_DB_CHANNEL", "shop_news");
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(await("200", () -> get(api, "/goods"))).startsWith("200");
            database.executeAs(
                    EmbeddedPostgres.SUPERUSER,
                    "create table shop.offers as select 3 as id;"
                            + "grant select on shop.offers to dropin_web");
            assertThat(get(api, "/offers")).startsWith("404 {\"code\":\"PGRST205\"");
            database.execute("notify shop_news, 'reload schema'");
            assertThat(await("200", () -> get(api, "/offers"))).isEqualTo("200 [{\"id\":3}]");
        }
    }

    @Test
    void readsTheSettingsAnewWhenAsked() {
        DatabaseForTests database = DataApiServing.database("dropin_anew");
        Map<String, String> environment = environment(database.address("dropin_anew"));
        AtomicReference<String> file = new AtomicReference<>("db-max-rows = 1");
        try (DataApi api =
                DataApi.start(
                        () -> PostgrestSettings.of(file.get(), environment),
                        DataApiServing.project())) {
            String goods = "/goods?select=id&order=id";
            assertThat(get(api, goods)).isEqualTo("200 [{\"id\":1}]");
            file.set("db-max-rows = 2\napp.settings.motto = \"new\"");
            api.reloadSettings();
            assertThat(await("200 [{\"id\":1}, ", () -> get(api, goods)))
                    .isEqualTo("200 [{\"id\":1}, \n {\"id\":2}]");
            assertThat(get(api, "/rpc/motto")).isEqualTo("200 \"new\"");
            database.executeAs(
                    EmbeddedPostgres.SUPERUSER,
                    "alter role dropin_anew set pgrst.db_max_rows = '1'");
            assertThat(get(api, goods)).isEqualTo("200 [{\"id\":1}, \n {\"id\":2}]");
            database.execute("notify pgrst, 'reload config'");
            assertThat(await("200 [{\"id\":1}]", () -> get(api, goods)))
                    .isEqualTo("200 [{\"id\":1}]");
            file.set("this is no setting");
            api.reloadSettings();
            file.set("db-max-rows = 1");
            assertThat(get(api, goods)).as("the present settings hold").startsWith("200");
        }
    }

    @Test
    void aChangedSecretEndsTheTokensOfTheOldOne(@TempDir Path folder) throws IOException {
        DatabaseForTests database = DataApiServing.database("dropin_keys");
        Map<String, String> environment = environment(database.address("dropin_keys"));
        Path secret = Files.writeString(folder.resolve("secret"), DataApiServing.SECRET);
        environment.put("PGRST_JWT_SECRET", "@" + secret);
        Map<String, String> clerk = Map.of("Authorization", "Bearer " + token("dropin_clerk"));
        try (DataApi api =
                DataApi.start(
                        () -> PostgrestSettings.of("", environment), DataApiServing.project())) {
            for (int i = 0; i < 2; i++) {
                assertThat(send(api.port(), "GET", "/goods?limit=1", "", clerk).statusCode())
                        .isEqualTo(200);
            }
            // The setting is as it was: what the file says counts.
            Files.writeString(secret, "another-secret-that-is-as-long-as-the-first");
            api.reloadSettings();
            assertThat(
                            await(
                                    "401",
                                    () ->
                                            String.valueOf(
                                                    send(
                                                                    api.port(),
                                                                    "GET",
                                                                    "/goods?limit=1",
                                                                    "",
                                                                    clerk)
                                                            .statusCode())))
                    .isEqualTo("401");
        }
    }

    @Test
    void theOperatorsEndpointsAreOnAPortOfTheirOwn() {
        DatabaseForTests database = DataApiServing.database("dropin_admin");
        Map<String, String> environment = environment(database.address("dropin_admin"));
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(api.adminPort()).as("off by default").isEmpty();
            assertThat(get(api, "/live")).startsWith("404");
        }
        environment.put("PGRST_ADMIN_SERVER_PORT", "0");
        try (DataApi api = DataApiServing.start("", environment)) {
            int admin = api.adminPort().orElseThrow();
            assertThat(ask(admin, "/live")).isEqualTo("200 ");
            assertThat(ask(admin, "/ready")).isEqualTo("200 ");
            assertThat(ask(admin, "/config"))
                    .startsWith("200 client-error-verbosity = \"verbose\"\n")
                    .contains("db-schemas = \"shop,stock\"\n", "jwt-secret = \"***\"\n")
                    .contains(" password=***");
            assertThat(ask(admin, "/goods")).startsWith("404");
            assertThat(ask(admin, "/metrics"))
                    .containsPattern("pgrst_schema_cache_loads_total\\{status=\"SUCCESS\"} [1-9]")
                    .contains("# TYPE pgrst_schema_cache_query_time_seconds gauge")
                    .contains("pgrst_db_pool_max 10.0", "pgrst_db_pool_waiting 0.0")
                    .contains("pgrst_db_pool_timeouts_total 0.0")
                    .containsPattern("pgrst_db_pool_available [0-9]");
            Map<String, String> clerk = Map.of("Authorization", "Bearer " + token("dropin_clerk"));
            for (int i = 0; i < 3; i++) {
                assertThat(send(api.port(), "GET", "/goods?limit=1", "", clerk).statusCode())
                        .isEqualTo(200);
            }
            assertThat(ask(admin, "/metrics"))
                    .contains("pgrst_jwt_cache_requests_total 3.0")
                    .contains("pgrst_jwt_cache_hits_total 2.0")
                    .contains("pgrst_jwt_cache_evictions_total 0.0");
            environment.put("PGRST_ADMIN_SERVER_PORT", Integer.toString(admin));
            DataInspection inspection =
                    new DataInspection(
                            PostgrestSettings.of("", environment), DataApiServing.project());
            assertThat(inspection.requireReady())
                    .hasToString("http://127.0.0.1:" + admin + "/ready");
            assertThat(inspection.catalog()).startsWith("{\"dbTables\":[{").contains("\"goods\"");
            assertThat(ask(admin, "/schema_cache"))
                    .startsWith("200 {\"dbTables\":[{")
                    .contains("\"name\":\"goods\"")
                    .contains("\"dbRoutines\"", "\"dbRepresentations\":[");
        }
        assertThatThrownBy(() ->
                        new DataInspection(
                                        PostgrestSettings.of("", environment),
                                        DataApiServing.project())
                                .requireReady())
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("/ready cannot be reached");
        environment.put("PGRST_SERVER_PORT", "3999");
        environment.put("PGRST_ADMIN_SERVER_PORT", "3999");
        assertThatThrownBy(() -> DataApiServing.start("", environment))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("admin-server-port");
    }

    @Test
    void isNotReadyWithoutItsDatabase() {
        Map<String, String> environment =
                environment(PostgresAddress.parse("postgres://ada:x@127.0.0.1:1/none"));
        environment.put("PGRST_ADMIN_SERVER_PORT", "0");
        try (DataApi api = DataApiServing.start("", environment)) {
            int admin = api.adminPort().orElseThrow();
            assertThat(ask(admin, "/live")).isEqualTo("200 ");
            assertThat(ask(admin, "/ready")).isEqualTo("503 ");
            assertThat(ask(admin, "/schema_cache")).isEqualTo("503 ");
        }
    }

    @Test
    void pagesOfAnyOriginMayCallUnlessSomeAreNamed() {
        DatabaseForTests database = DataApiServing.database("dropin_cors");
        Map<String, String> environment = environment(database.address("dropin_cors"));
        environment.put("PGRST_SERVER_TRACE_HEADER", "X-Trace");
        Map<String, String> asking =
                Map.of(
                        "Origin",
                        "http://shop.test",
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "X-Own,Prefer");
        try (DataApi api = DataApiServing.start("", environment)) {
            HttpResponse<String> preflight = send(api.port(), "OPTIONS", "/goods", "", asking);
            assertThat(preflight.statusCode()).isEqualTo(200);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("http://shop.test");
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                    .hasValue(
                            "Authorization, X-Own, Prefer, Accept, Accept-Language, Content-Language");
            assertThat(preflight.headers().firstValue("Access-Control-Max-Age")).hasValue("86400");
            HttpResponse<String> read =
                    send(
                            api.port(),
                            "GET",
                            "/none",
                            "",
                            Map.of("Origin", "http://shop.test", "X-Trace", "t-1"));
            assertThat(read.statusCode()).isEqualTo(404);
            assertThat(read.headers().firstValue("Access-Control-Allow-Credentials"))
                    .hasValue("true");
            assertThat(read.headers().firstValue("X-Trace")).hasValue("t-1");
        }
        environment.put("PGRST_SERVER_CORS_ALLOWED_ORIGINS", "http://a.test, http://b.test");
        try (DataApi api = DataApiServing.start("", environment)) {
            HttpResponse<String> preflight = send(api.port(), "OPTIONS", "/goods", "", asking);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
            HttpResponse<String> read =
                    send(api.port(), "GET", "/goods", "", Map.of("Origin", "http://b.test"));
            assertThat(read.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("http://b.test");
        }
    }

    @Test
    void listensOnAUnixSocketInsteadOfAPort(@TempDir Path folder) throws IOException {
        DatabaseForTests database = DataApiServing.database("dropin_socket");
        Map<String, String> environment = environment(database.address("dropin_socket"));
        Path file = folder.resolve("api.sock");
        environment.put("PGRST_SERVER_UNIX_SOCKET", file.toString());
        environment.put("PGRST_SERVER_UNIX_SOCKET_MODE", "640");
        environment.put("PGRST_ADMIN_SERVER_PORT", "0");
        for (int run = 0; run < 2; run++) {
            try (DataApi api = DataApiServing.start("", environment)) {
                assertThat(Files.getPosixFilePermissions(file))
                        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
                assertThat(ask(api.adminPort().orElseThrow(), "/live")).isEqualTo("200 ");
                try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
                    channel.write(
                            ByteBuffer.wrap(
                                    "GET /goods?select=id&id=eq.1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                                            .getBytes(StandardCharsets.US_ASCII)));
                    assertThat(
                                    new String(
                                            Channels.newInputStream(channel).readAllBytes(),
                                            StandardCharsets.UTF_8))
                            .startsWith("HTTP/1.1 200 OK")
                            .endsWith("[{\"id\":1}]");
                }
            }
        }
    }

    private static String ask(int port, String path) {
        return text(send(port, "GET", path, "", Map.of()));
    }

    @Test
    void settingsThatCannotBeUsedAreNamed() {
        DatabaseForTests database = DataApiServing.database("dropin_bad");
        Map<String, String> environment = environment(database.address("dropin_bad"));
        environment.put("PGRST_JWT_SECRET", "short");
        assertThatThrownBy(() -> DataApiServing.start("", environment))
                .isInstanceOf(StartFailure.class)
                .hasMessageNotContaining(database.authenticator().password().reveal());
        environment.put("PGRST_JWT_SECRET", DataApiServing.SECRET);
        environment.put("PGRST_LOG_LEVEL", "loud");
        assertThatThrownBy(() -> DataApiServing.start("", environment))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("Invalid log level");
        environment.remove("PGRST_LOG_LEVEL");
        environment.put("PGTARGETSESSIONATTRS", "fastest");
        assertThatThrownBy(() -> DataApiServing.start("", environment))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("invalid target_session_attrs value: \"fastest\"");
    }
}
