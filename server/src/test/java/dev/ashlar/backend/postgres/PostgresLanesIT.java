package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.identity.Role;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

/// Statements run as who asks.
class PostgresLanesIT {
    @Test
    void aReadSeesTheCallersRoleAndClaims() {
        DatabaseForTests database = PostgresForTests.fresh();
        Vertx vertx = Vertx.vertx();
        PostgresLanes lanes =
                PostgresLanes.open(vertx, database.authenticator(), LaneFixtures.config());
        LaneResult result =
                lanes.read(
                                SqlText.of(
                                        "select current_user::text,"
                                                + " current_setting('request.jwt.claims')"),
                                new Caller.Anonymous(Role.ANON, Claims.NONE),
                                ReadMode.ROWS)
                        .await();
        assertThat(result.row().text(0)).isEqualTo("anon");
        assertThat(result.row().text(1)).isEqualTo("{}");
    }
}
