package dev.ashlar.auth.config;

import dev.ashlar.config.Setting;
import java.time.Duration;

/// The section `auth.web3`: sign-in with a wallet.
public record Web3Config(
        WalletsConfig ethereum,
        WalletsConfig solana,
        @Setting(
                        def = "10m",
                        doc =
                                "How long a message is good for after a wallet has signed it; at most 1h.")
                Duration messageLifetime,
        @Setting(def = "30", doc = "Sign-ins with a wallet from one address in a minute.")
                int signInsPerMinute) {

    /// One chain.
    public record WalletsConfig(
            @Setting(def = "false", doc = "Whether people may sign in with a wallet of this chain.")
                    boolean enabled) {}

    public Web3Config {
        if (!messageLifetime.isPositive() || messageLifetime.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "auth.web3.message-lifetime must lie between a second and an hour");
        }
        if (signInsPerMinute < 1) {
            throw new IllegalArgumentException("auth.web3.sign-ins-per-minute must be positive");
        }
    }
}
