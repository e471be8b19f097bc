package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.TcpRelay;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Changes of the schema are heard, also by a connection that was broken meanwhile.
class CatalogListenerIT {
    @Test
    void hearsChangesAndOutlivesItsConnection() {
        DatabaseForTests database = PostgresForTests.fresh();
        Vertx vertx = Vertx.vertx();
        List<CatalogSignal> signals = new CopyOnWriteArrayList<>();
        CatalogListener listener =
                CatalogListener.start(
                        vertx,
                        database.authenticator(),
                        LaneFixtures.config(),
                        Duration.ofMillis(100),
                        signals::add);
        LaneFixtures.eventually(() -> signals.equals(List.of(CatalogSignal.LISTENING)));

        signals.clear();
        database.execute("create table heard ()");
        LaneFixtures.eventually(() -> signals.contains(CatalogSignal.SCHEMA));

        signals.clear();
        database.execute("notify pgrst, 'reload config'; notify pgrst, 'something else'");
        LaneFixtures.eventually(() -> signals.equals(List.of(CatalogSignal.CONFIG)));

        signals.clear();
        database.execute("notify pgrst");
        LaneFixtures.eventually(
                () -> signals.equals(List.of(CatalogSignal.CONFIG, CatalogSignal.SCHEMA)));

        signals.clear();
        database.execute("notify pgrst, 'reload tables'; notify pgrst, 'reload relationships'");
        LaneFixtures.eventually(
                () -> signals.equals(List.of(CatalogSignal.SCHEMA, CatalogSignal.SCHEMA)));

        for (int i = 0; i < 3; i++) {
            signals.clear();
            database.ask(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where usename = 'authenticator' and query not like '%terminate%'"
                            + " and datname = current_database()");
            LaneFixtures.eventually(
                    () -> signals.equals(List.of(CatalogSignal.LOST, CatalogSignal.LISTENING)));
            signals.clear();
            database.execute("notify pgrst, 'reload schema'");
            LaneFixtures.eventually(() -> signals.equals(List.of(CatalogSignal.SCHEMA)));
        }
        LaneFixtures.await(listener.stop());
        LaneFixtures.await(vertx.close());
        assertThat(
                        database.ask(
                                "select count(*) from pg_stat_activity where usename ="
                                        + " 'authenticator' and datname = current_database()"))
                .isEqualTo("0");
    }

    @Test
    void saysThatItCannotReachADatabaseThatIsNotThereYet() {
        PostgresAddress socket = PostgresForTests.fresh().authenticator();
        TcpRelay away = TcpRelay.to(Path.of(socket.host(), ".s.PGSQL." + socket.port()));
        away.cut();
        Vertx vertx = Vertx.vertx();
        List<CatalogSignal> signals = new CopyOnWriteArrayList<>();
        CatalogListener listener =
                CatalogListener.start(
                        vertx,
                        PostgresAddress.parse(
                                "postgres://%s:%s@127.0.0.1:%d/%s"
                                        .formatted(
                                                socket.user(),
                                                socket.password().reveal(),
                                                away.port(),
                                                socket.database())),
                        LaneFixtures.config(),
                        signals::add);
        LaneFixtures.eventually(() -> signals.size() > 1);
        assertThat(signals).containsOnly(CatalogSignal.UNREACHABLE);
        try (TcpRelay _ = away.again()) {
            LaneFixtures.eventually(() -> signals.getLast() == CatalogSignal.LISTENING);
            LaneFixtures.await(listener.stop());
        }
        LaneFixtures.await(vertx.close());
    }
}
