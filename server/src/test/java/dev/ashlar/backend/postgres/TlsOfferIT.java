package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.TcpRelay;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A server that does not speak TLS, reached over the network by a login that would rather.
class TlsOfferIT {
    @Test
    void nothingStaysOpenBesideTheConnections() {
        DatabaseForTests database = PostgresForTests.fresh();
        PostgresAddress there = database.authenticator();
        Vertx vertx = Vertx.vertx();
        try (TcpRelay relay = TcpRelay.to(Path.of(there.host(), ".s.PGSQL." + there.port()))) {
            PostgresAddress address =
                    new PostgresAddress(
                            "127.0.0.1",
                            relay.port(),
                            there.database(),
                            there.user(),
                            there.password(),
                            Tls.PREFER);
            Connector connector = new Connector(vertx, address, LaneFixtures.config());
            Wire one =
                    LaneFixtures.await(
                            connector.connect(
                                    ((io.vertx.core.internal.VertxInternal) vertx)
                                            .createEventLoopContext()));
            Wire two =
                    LaneFixtures.await(
                            connector.connect(
                                    ((io.vertx.core.internal.VertxInternal) vertx)
                                            .createEventLoopContext()));
            LaneFixtures.eventually(() -> relay.open() == 2);
            one.close();
            two.close();
            LaneFixtures.eventually(() -> relay.open() == 0);
            LaneFixtures.await(connector.close());
        }
        LaneFixtures.await(vertx.close());
    }
}
