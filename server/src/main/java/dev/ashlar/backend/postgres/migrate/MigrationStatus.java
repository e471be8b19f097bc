package dev.ashlar.backend.postgres.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/// A line of `ashlar migrate status`. `appliedAt` and `took` are absent while it is pending.
public record MigrationStatus(
        String version,
        String name,
        State state,
        @Nullable Instant appliedAt,
        @Nullable Duration took) {

    public enum State {
        APPLIED,
        PENDING,
        /// Older than one that was applied: it will not run under this timestamp.
        OUT_OF_ORDER,
        /// The file differs from what was applied.
        CHANGED,
        /// Applied, but the file is gone.
        MISSING,
        /// Broke outside of a transaction; the next run tries it again.
        FAILED
    }

    static MigrationStatus of(MigrationInfo info) {
        return new MigrationStatus(
                info.getVersion().getVersion(),
                info.getScript(),
                state(info),
                Optional.ofNullable(info.getInstalledOn()).map(Date::toInstant).orElse(null),
                Optional.ofNullable(info.getExecutionTime()).map(Duration::ofMillis).orElse(null));
    }

    private static State state(MigrationInfo info) {
        return switch (info.getState()) {
            case PENDING, ABOVE_TARGET, AVAILABLE, UNDONE, DELETED, BELOW_BASELINE -> State.PENDING;
            case IGNORED, BASELINE_IGNORED -> State.OUT_OF_ORDER;
            case FAILED, MISSING_FAILED, FUTURE_FAILED -> State.FAILED;
            case MISSING_SUCCESS, FUTURE_SUCCESS -> State.MISSING;
            case SUCCESS, OUT_OF_ORDER, BASELINE, OUTDATED, SUPERSEDED ->
                    info.isChecksumMatching() ? State.APPLIED : State.CHANGED;
        };
    }
}
