package dev.ashlar.app;

import dev.ashlar.config.Setting;

/// Section `run`: what the server is for.
public record RunConfig(
        @Setting(
                        def = "development",
                        doc =
                                "In production the server refuses to start where in development it"
                                        + " warns, such as about an exposure that nobody declared.")
                Mode mode) {
    /// How much a mistake costs.
    public enum Mode {
        DEVELOPMENT,
        PRODUCTION
    }
}
