package dev.ashlar.auth.config;

import dev.ashlar.config.Setting;
import java.time.Duration;

/// The section `auth.cookies`: sessions of browsers that hold a cookie instead of tokens.
public record CookiesConfig(
        @Setting(
                        def = "true",
                        doc =
                                "Whether browsers may ask for a cookie instead of tokens"
                                        + " (X-Ashlar-Session: cookie).")
                boolean enabled,
        @Setting(
                        def = "30d",
                        doc =
                                "How long a browser keeps the cookie after GET /auth/v1/session was"
                                        + " asked last; at most 400d, as browsers have it.")
                Duration lifetime) {

    public CookiesConfig {
        if (!lifetime.isPositive() || lifetime.compareTo(Duration.ofDays(400)) > 0) {
            throw new IllegalArgumentException(
                    "auth.cookies.lifetime must lie between a second and 400 days");
        }
    }
}
