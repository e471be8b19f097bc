package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.testing.DatabaseForTests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Callers that hang up before they are answered leave nothing behind.
class AbandonedRequestIT {
    private static final String LOGIN = "dropin_leaves";
    private static final int POOL = 3;

    private static DatabaseForTests database;
    private static DataApi api;

    @BeforeAll
    static void start() {
        database = DataApiServing.database(LOGIN);
        database.executeAs(
                EmbeddedPostgres.SUPERUSER,
                """
                create function shop.doze(seconds float8) returns float8 stable language plpgsql
                  as $$ begin perform pg_sleep(seconds); return seconds; end $$;
                create function shop.note(seconds float8) returns void language plpgsql
                  security definer as $$ begin
                    insert into shop.notes values (1) on conflict do nothing;
                    perform pg_sleep(seconds);
                  end $$;
                """);
        Map<String, String> environment = DataApiServing.environment(database.address(LOGIN));
        environment.put("PGRST_DB_POOL", Integer.toString(POOL));
        api = DataApiServing.start("", environment);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /rpc/doze?seconds=20 HTTP/1.1\r\n",
                "POST /rpc/note HTTP/1.1\r\n",
                // Looks at what it did before it commits.
                "POST /rpc/note HTTP/1.1\r\nAccept: application/vnd.pgrst.object+json\r\n",
            })
    void itsStatementIsGoneWithinASecond(String head) throws IOException {
        Socket client = ask(head);
        eventually(() -> sleeping() == 1);
        client.close();
        long left = System.nanoTime();
        eventually(() -> sleeping() == 0);
        assertThat(System.nanoTime() - left).isLessThan(Duration.ofSeconds(1).toNanos());
        for (int i = 0; i < 2 * POOL; i++) {
            assertThat(DataApiServing.get(api, "/rpc/doze?seconds=0")).isEqualTo("200 0");
        }
        assertThat(database.ask("select count(*) from shop.notes")).isEqualTo("0");
    }

    @Test
    void twoHundredDoNotUseUpThePool() throws IOException {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(ask("POST /rpc/note HTTP/1.1\r\n"));
        }
        eventually(() -> sleeping() >= 1);
        for (Socket client : clients) {
            client.close();
        }
        long left = System.nanoTime();
        assertThat(DataApiServing.get(api, "/rpc/doze?seconds=0")).isEqualTo("200 0");
        assertThat(System.nanoTime() - left).isLessThan(Duration.ofSeconds(4).toNanos());
        eventually(() -> sleeping() == 0);
        assertThat(database.ask("select count(*) from shop.notes")).isEqualTo("0");
    }

    private static Socket ask(String head) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        String body = head.startsWith("POST") ? "{\"seconds\":20}" : "";
        socket.getOutputStream()
                .write(
                        (head
                                        + "Host: here\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body)
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static long sleeping() {
        return Long.parseLong(
                String.valueOf(
                        database.ask(
                                "select count(*) from pg_stat_activity where datname ="
                                        + " current_database() and state = 'active'"
                                        + " and wait_event = 'PgSleep'")));
    }

    private static void eventually(java.util.function.BooleanSupplier condition) {
        String answer =
                DataApiServing.await("true", () -> Boolean.toString(condition.getAsBoolean()));
        assertThat(answer).isEqualTo("true");
    }
}
