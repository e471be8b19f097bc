package dev.ashlar.auth.context;

import dev.ashlar.auth.audit.AuditStore;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.hook.HookCall;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// What every use case of the domain asks for. `apiUrl` is where browsers reach the sign-in API,
/// without a slash at the end; never taken from a request, whose `Host` anybody can write.
public record AuthContext(
        AuthConfig config,
        String apiUrl,
        AuthLimits limits,
        AuditStore audit,
        HookCall hooks,
        AccountNews news,
        InstantSource clock) {

    /// To the microsecond, as the database keeps it: otherwise an account as answered and as read
    /// back would differ.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
