package dev.ashlar.auth;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// What every use case of the domain asks for.
record AuthContext(AuthConfig config, AuthLimits limits, AuditStore audit, InstantSource clock) {

    /// To the microsecond, as the database keeps it: otherwise an account as answered and as read
    /// back would differ.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
