package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.config.Secret;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whoever stops is not kept waiting by a connection that is just being opened.
class ClosingIT {
    @Test
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            PostgresLanes lanes =
                    PostgresLanes.open(
                            vertx,
                            new PostgresAddress(
                                    "127.0.0.1",
                                    silent.getLocalPort(),
                                    "app",
                                    "authenticator",
                                    new Secret("unused"),
                                    PostgresAddress.Tls.DISABLE),
                            LaneFixtures.config());
            try (Socket _ = silent.accept()) {
                LaneFixtures.await(lanes.close());
            }
        }
        // Hanging up is what the driver waits for.
        LaneFixtures.await(vertx.close());
    }

    @Test
    void whatIsBeingOpenedIsClosedToo() {
        DatabaseForTests database = PostgresForTests.fresh();
        for (int i = 0; i < 20; i++) {
            Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
            PostgresLanes lanes =
                    PostgresLanes.open(vertx, database.authenticator(), LaneFixtures.config());
            LaneFixtures.await(lanes.close());
            LaneFixtures.await(vertx.close());
        }
        LaneFixtures.eventually(() -> "0".equals(openConnections(database)));
        assertThat(openConnections(database)).isEqualTo("0");
    }

    private static @Nullable String openConnections(DatabaseForTests database) {
        return database.ask(
                "select count(*)::text from pg_stat_activity where usename = 'authenticator'"
                        + " and datname = current_database()");
    }
}
