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
import dev.ashlar.testing.DatabaseForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
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

/// What single settings of the drop-in do to a running program.
class DropInSettingsIT {
    @Test
    void everyAnswerSaysWhoAnswersAndWhatItDependsOn() {
        DatabaseForTests database = DataApiServing.database("set_headers");
        try (DataApi api = DataApiServing.start("", environment(database.address("set_headers")))) {
            for (String path : new String[] {"/", "/goods", "/nothing", "/rpc/sum_up?a=1&b=2"}) {
                HttpResponse<String> answer = send(api.port(), "GET", path, "", Map.of());
                assertThat(answer.headers().allValues("Vary"))
                        .as(path)
                        .containsExactly("Accept, Prefer, Range");
                assertThat(answer.headers().allValues("Server"))
                        .as(path)
                        .containsExactly("ashlar/" + Version.current());
            }
        }
    }

    @Test
    void theChannelMayChangeWhileItRuns() {
        DatabaseForTests database = DataApiServing.database("set_channel");
        Map<String, String> environment = environment(database.address("set_channel"));
        AtomicReference<String> file = new AtomicReference<>("db-channel-enabled = false");
        try (DataApi api =
                DataApi.start(
                        () -> PostgrestSettings.of(file.get(), environment),
                        DataApiServing.project())) {
            assertThat(get(api, "/goods?limit=1")).startsWith("200");
            database.executeAs(
                    EmbeddedPostgres.SUPERUSER,
                    "create table shop.offers as select 3 as id;"
                            + "grant select on shop.offers to dropin_web");
            database.execute("notify pgrst, 'reload schema'");
            assertThat(get(api, "/offers")).as("nobody listens").startsWith("404");
            file.set("db-channel = \"news\"");
            api.reloadSettings();
            assertThat(await("200", () -> get(api, "/offers"))).isEqualTo("200 [{\"id\":3}]");
            awaitListener(database, "news");
            database.executeAs(EmbeddedPostgres.SUPERUSER, "drop table shop.offers");
            database.execute("notify news, 'reload schema'");
            assertThat(await("404", () -> get(api, "/offers"))).startsWith("404");
        }
    }

    private static void awaitListener(DatabaseForTests database, String channel) {
        assertThat(
                        await(
                                "1",
                                () ->
                                        database.ask(
                                                "select count(*) from pg_stat_activity where datname"
                                                        + " = current_database() and query ilike"
                                                        + " 'listen%"
                                                        + channel
                                                        + "%'")))
                .isEqualTo("1");
    }

    @Test
    void onlyHoistedSettingsOfAFunctionHoldForItsTransaction() {
        DatabaseForTests database = DataApiServing.database("set_hoist");
        database.executeAs(
                EmbeddedPostgres.SUPERUSER,
                """
                create function shop.seen() returns json language sql stable as $$
                  select json_build_array(current_setting('work_mem'), current_setting('statement_timeout')) $$;
                create function shop.hoisted() returns json language sql stable
                  set work_mem = '3MB' set statement_timeout = '7s' as $$ select shop.seen() $$;
                """);
        Map<String, String> environment = environment(database.address("set_hoist"));
        environment.put("PGRST_DB_HOISTED_TX_SETTINGS", "work_mem");
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(get(api, "/rpc/hoisted")).isEqualTo("200 [\"3MB\", \"7s\"]");
        }
    }

    @Test
    void idleConnectionsAreClosed() {
        DatabaseForTests database = DataApiServing.database("set_idle");
        Map<String, String> environment = environment(database.address("set_idle"));
        environment.put("PGRST_DB_POOL_MAX_IDLETIME", "1");
        environment.put("PGRST_APP_SETTINGS_MOTTO", "takes a connection of its own");
        environment.put("PGRST_ADMIN_SERVER_PORT", "0");
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(get(api, "/goods?limit=1")).startsWith("200");
            assertThat(
                            await(
                                    "[1-9]",
                                    () ->
                                            admin(api, "/metrics")
                                                            .contains("pgrst_db_pool_available 0.0")
                                                    ? "none"
                                                    : "[1-9]"))
                    .isEqualTo("[1-9]");
            assertThat(
                            await(
                                    "none",
                                    () ->
                                            admin(api, "/metrics")
                                                            .contains("pgrst_db_pool_available 0.0")
                                                    ? "none"
                                                    : "some"))
                    .isEqualTo("none");
            assertThat(get(api, "/goods?limit=1")).startsWith("200");
        }
    }

    @Test
    void theSqlOfRequestsMayBeLogged() throws IOException {
        DatabaseForTests database = DataApiServing.database("set_log");
        Map<String, String> environment = environment(database.address("set_log"));
        environment.put("PGRST_LOG_QUERY", "true");
        environment.put("PGRST_LOG_LEVEL", "warn");
        PrintStream usual = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(get(api, "/goods?name=eq.hush")).startsWith("200");
            assertThat(get(api, "/notes?text=eq.hush")).startsWith("401");
        } finally {
            System.setErr(usual);
        }
        assertThat(written.toString(StandardCharsets.UTF_8))
                .containsPattern(
                        "\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}: (?i)(select|with).*\"notes\"")
                .doesNotContain("hush")
                .doesNotContain("from \"shop\".\"goods\"");
    }

    @Test
    void theMemoryForTokensIsBoundedAndMayBeOff() {
        DatabaseForTests database = DataApiServing.database("set_memory");
        Map<String, String> environment = environment(database.address("set_memory"));
        environment.put("PGRST_ADMIN_SERVER_PORT", "0");
        environment.put("PGRST_JWT_CACHE_MAX_ENTRIES", "0");
        Map<String, String> clerk = Map.of("Authorization", "Bearer " + token("dropin_clerk"));
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(send(api.port(), "GET", "/goods", "", clerk).statusCode()).isEqualTo(200);
            assertThat(admin(api, "/metrics")).contains("pgrst_jwt_cache_requests_total 0.0");
        }
        environment.put("PGRST_JWT_CACHE_MAX_ENTRIES", "1");
        try (DataApi api = DataApiServing.start("", environment)) {
            for (int i = 0; i < 6; i++) {
                Map<String, String> caller =
                        Map.of(
                                "Authorization",
                                "Bearer " + token(i % 2 == 0 ? "dropin_clerk" : "dropin_web"));
                assertThat(send(api.port(), "GET", "/goods", "", caller).statusCode())
                        .isEqualTo(200);
            }
            assertThat(admin(api, "/metrics"))
                    .contains("pgrst_jwt_cache_requests_total 6.0")
                    .containsPattern("pgrst_jwt_cache_evictions_total [1-9]");
        }
    }

    @Test
    void whatIsRememberedOfTokensGoesWithTheSecret() {
        DatabaseForTests database = DataApiServing.database("set_secret");
        Map<String, String> environment = environment(database.address("set_secret"));
        environment.put("PGRST_ADMIN_SERVER_PORT", "0");
        AtomicReference<String> file = new AtomicReference<>("");
        environment.remove("PGRST_JWT_SECRET");
        file.set("jwt-secret = \"" + DataApiServing.SECRET + "\"");
        Map<String, String> clerk = Map.of("Authorization", "Bearer " + token("dropin_clerk"));
        try (DataApi api =
                DataApi.start(
                        () -> PostgrestSettings.of(file.get(), environment),
                        DataApiServing.project())) {
            assertThat(send(api.port(), "GET", "/notes", "", clerk).statusCode()).isEqualTo(200);
            file.set(file.get() + "\ndb-max-rows = 1");
            api.reloadSettings();
            assertThat(await("200 [{\"id\":1}]", () -> get(api, "/goods?select=id&order=id")))
                    .isEqualTo("200 [{\"id\":1}]");
            assertThat(send(api.port(), "GET", "/notes", "", clerk).statusCode()).isEqualTo(200);
            assertThat(admin(api, "/metrics")).contains("pgrst_jwt_cache_hits_total 1.0");
            file.set("jwt-secret = \"" + "another".repeat(5) + "\"");
            api.reloadSettings();
            assertThat(await("401", () -> text(send(api.port(), "GET", "/notes", "", clerk))))
                    .startsWith("401 {\"code\":\"PGRST301\"");
        }
    }

    private static String admin(DataApi api, String path) {
        return text(send(api.adminPort().orElseThrow(), "GET", path, "", Map.of()));
    }

    @Test
    void theOperatorsEndpointsMayBeOnASocket(@TempDir Path folder) throws IOException {
        DatabaseForTests database = DataApiServing.database("set_socket");
        Path file = folder.resolve("admin.sock");
        Map<String, String> environment = environment(database.address("set_socket"));
        environment.put("PGRST_ADMIN_SERVER_UNIX_SOCKET", file.toString());
        environment.put("PGRST_ADMIN_SERVER_UNIX_SOCKET_MODE", "600");
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(api.port()).isPositive();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
                channel.write(
                        ByteBuffer.wrap(
                                "GET /live HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                assertThat(
                                new String(
                                        Channels.newInputStream(channel).readAllBytes(),
                                        StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.0 200 ");
            }
        }
    }

    @Test
    void twoProgramsMayShareAPort() throws IOException {
        DatabaseForTests database = DataApiServing.database("set_share");
        Map<String, String> environment = environment(database.address("set_share"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        environment.put("PGRST_SERVER_PORT", Integer.toString(port));
        environment.put("PGRST_SERVER_REUSEPORT", "true");
        try (DataApi one = DataApiServing.start("", environment)) {
            try (DataApi two = DataApiServing.start("", environment)) {
                assertThat(two.port()).isEqualTo(one.port());
            }
            assertThat(get(one, "/goods?select=id&id=eq.1")).isEqualTo("200 [{\"id\":1}]");
            environment.put("PGRST_SERVER_REUSEPORT", "false");
            assertThatThrownBy(() -> DataApiServing.start("", environment))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("in use");
        }
    }
}
