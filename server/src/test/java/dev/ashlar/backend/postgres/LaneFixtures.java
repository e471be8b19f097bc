package dev.ashlar.backend.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Settings and callers that the tests of the lanes share.
final class LaneFixtures {
    private LaneFixtures() {}

    static PostgresConfig config() {
        return new PostgresConfig(
                Optional.empty(),
                8,
                3,
                6,
                3,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                List.of("public"),
                true,
                32);
    }
}
