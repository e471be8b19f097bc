package dev.ashlar.auth.config;

import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Setting;
import java.time.Duration;

/// The section `auth.outbound`: what this server fetches from others, such as providers of sign-in.
public record OutboundConfig(
        @Setting(def = "10s", doc = "How long another server may take for a whole answer.")
                Duration timeout,
        @Setting(def = "1MB", doc = "The largest answer of another server that is read.")
                ByteSize maxSize,
        @Setting(
                        def = "false",
                        doc =
                                "Only for development: follow URLs to this machine and to private"
                                        + " networks, by http too, also those that the admin API was"
                                        + " given.")
                boolean privateAddresses) {

    public OutboundConfig {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("auth.outbound.timeout must be positive");
        }
        if (maxSize.bytes() < 1_024) {
            throw new IllegalArgumentException("auth.outbound.max-size must be at least 1KB");
        }
    }
}
