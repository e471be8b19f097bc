package dev.ashlar.app;

import static dev.ashlar.app.DataApiServing.await;
import static dev.ashlar.app.DataApiServing.environment;
import static dev.ashlar.app.DataApiServing.get;
import static dev.ashlar.app.DataApiServing.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.TcpRelay;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The drop-in while its database comes and goes.
class DropInRecoveryIT {
    private static TcpRelay relay(PostgresAddress address) {
        return TcpRelay.to(Path.of(address.host(), ".s.PGSQL." + address.port()));
    }

    private static Map<String, String> over(PostgresAddress address, String hosts, String ports) {
        Map<String, String> environment = environment(address);
        environment.put(
                "PGRST_DB_URI",
                "host=%s port=%s dbname=%s user=%s password=%s"
                        .formatted(
                                hosts,
                                ports,
                                address.database(),
                                address.user(),
                                address.password().reveal()));
        return environment;
    }

    @Test
    void theNextHostServesWhenTheFirstIsGone() {
        DatabaseForTests database = DataApiServing.database("recover_hosts");
        PostgresAddress address = database.address("recover_hosts");
        try (TcpRelay first = relay(address);
                TcpRelay second = relay(address)) {
            Map<String, String> environment =
                    over(address, "127.0.0.1,127.0.0.1", first.port() + "," + second.port());
            environment.put("PGTARGETSESSIONATTRS", "read-write");
            try (DataApi api = DataApiServing.start("", environment)) {
                assertThat(await("200", () -> get(api, "/goods?limit=1"))).startsWith("200");
                assertThat(second.open()).as("the first will do").isZero();
                first.cut();
                assertThat(await("200", () -> get(api, "/goods?limit=1"))).startsWith("200");
                assertThat(second.open()).isPositive();
            }
        }
    }

    @Test
    void aHostThatComesLaterServes() {
        DatabaseForTests database = DataApiServing.database("recover_late_host");
        PostgresAddress address = database.address("recover_late_host");
        try (TcpRelay first = relay(address);
                TcpRelay second = relay(address)) {
            second.cut();
            Map<String, String> environment =
                    over(address, "127.0.0.1,127.0.0.1", first.port() + "," + second.port());
            try (DataApi api = DataApiServing.start("", environment)) {
                assertThat(await("200", () -> get(api, "/goods?limit=1"))).startsWith("200");
                first.cut();
                assertThat(await("503", () -> get(api, "/goods?limit=1"))).startsWith("503");
                try (TcpRelay later = second.again()) {
                    assertThat(await("200", () -> get(api, "/goods?limit=1"))).startsWith("200");
                    assertThat(later.open()).isPositive();
                }
            }
        }
    }

    @Test
    void whoDoesNotWantToWaitIsTold() {
        DatabaseForTests database = DataApiServing.database("recover_not");
        PostgresAddress address = database.address("recover_not");
        TcpRelay relay = relay(address);
        Map<String, String> environment =
                over(address, "127.0.0.1", Integer.toString(relay.port()));
        environment.put("PGRST_DB_POOL_AUTOMATIC_RECOVERY", "false");
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(get(api, "/goods?limit=1")).startsWith("200");
            assertThat(await("1", () -> relay.open() > 0 ? "1" : "0")).isEqualTo("1");
            awaitListener(database);
            assertThat(api.isDown()).isFalse();
            relay.cut();
            assertThat(await("down", () -> api.isDown() ? "down" : "up")).isEqualTo("down");
        }
        assertThatThrownBy(() -> DataApiServing.start("", environment))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("db-pool-automatic-recovery");
    }

    private static void awaitListener(DatabaseForTests database) {
        await(
                "1",
                () ->
                        database.ask(
                                "select count(*) from pg_stat_activity where datname ="
                                        + " current_database() and query ilike 'listen%'"));
    }

    /// Whoever makes the schema may start later than the server.
    @Test
    void waitsForASchemaThatIsNotThereYet() {
        DatabaseForTests database = DataApiServing.database("recover_schema");
        Map<String, String> environment = environment(database.address("recover_schema"));
        environment.put("PGRST_DB_SCHEMAS", "later, shop");
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(get(api, "/things"))
                    .isEqualTo(
                            "503 {\"code\":\"PGRST002\",\"details\":null,\"hint\":null,\"message\":"
                                    + "\"Could not query the database for the schema cache. Retrying.\"}");
            database.executeAs(
                    EmbeddedPostgres.SUPERUSER,
                    "create schema later; create table later.things as select 4 as id;"
                            + "grant usage on schema later to dropin_web;"
                            + "grant select on later.things to dropin_web");
            assertThat(await("200", () -> get(api, "/things"))).isEqualTo("200 [{\"id\":4}]");
        }
    }

    @Test
    void refusesWithTheTimeOfTheNextTry() {
        DatabaseForTests database = DataApiServing.database("recover_later");
        PostgresAddress address = database.address("recover_later");
        TcpRelay relay = relay(address);
        Map<String, String> environment =
                over(address, "127.0.0.1", Integer.toString(relay.port()));
        try (DataApi api = DataApiServing.start("", environment)) {
            assertThat(await("200", () -> get(api, "/goods?limit=1"))).startsWith("200");
            relay.cut();
            assertThat(await("503", () -> get(api, "/goods?limit=1")))
                    .isEqualTo(
                            "503 {\"code\":\"PGRST000\",\"details\":null,\"hint\":null,"
                                    + "\"message\":\"Database connection error\"}");
            HttpResponse<String> answer = send(api.port(), "GET", "/goods?limit=1", "", Map.of());
            assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d?");
        }
    }
}
