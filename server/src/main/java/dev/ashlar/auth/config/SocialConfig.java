package dev.ashlar.auth.config;

import dev.ashlar.config.Setting;
import java.time.Duration;

/// The section `auth.social`: rules of signing in with foreign providers.
public record SocialConfig(
        @Setting(
                        def = "false",
                        doc =
                                "Whether people may add providers to their account and take them off"
                                        + " again.")
                boolean manualLinking,
        @Setting(
                        def = "false",
                        doc =
                                "Whether they may do so without PKCE too. Whoever starts can then send"
                                        + " somebody else to the provider, whose identity ends up on"
                                        + " the wrong account.")
                boolean implicitLinking,
        @Setting(def = "10m", doc = "How long somebody may take at a provider before coming back.")
                Duration stateLifetime,
        @Setting(def = "50", doc = "How many custom providers may be made over the admin API.")
                int maxCustomProviders) {

    public SocialConfig {
        if (!stateLifetime.isPositive()) {
            throw new IllegalArgumentException("auth.social.state-lifetime must be positive");
        }
        if (maxCustomProviders < 0) {
            throw new IllegalArgumentException(
                    "auth.social.max-custom-providers cannot be negative");
        }
    }
}
