package dev.ashlar.backend.postgres.migrate;

import dev.ashlar.policy.exposure.ExposureReport;
import java.util.List;
import java.util.Optional;

/// What pending migrations would do to the exposure of a database, before they are applied.
public sealed interface Preview {

    /// Nothing is pending.
    record Nothing() implements Preview {}

    /// Tried, and taken back.
    record Seen(List<String> files, ExposureReport before, ExposureReport after)
            implements Preview {}

    /// It cannot be seen before they are applied.
    ///
    /// @param before what is exposed now, where that was seen before the trial failed
    record Impossible(String reason, Optional<ExposureReport> before) implements Preview {
        Impossible(String reason) {
            this(reason, Optional.empty());
        }
    }
}
