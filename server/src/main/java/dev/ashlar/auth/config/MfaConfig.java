package dev.ashlar.auth.config;

import dev.ashlar.config.Setting;
import java.time.Duration;

/// The section `auth.mfa`: second factors.
public record MfaConfig(
        @Setting(
                        def = "on",
                        doc =
                                "Codes of authenticator apps: on, verify-only (those enrolled go on"
                                        + " working) or off.")
                Offer totp,
        @Setting(
                        def = "on",
                        doc =
                                "Codes by text: on, verify-only or off; on has no effect without"
                                        + " auth.sms.provider.")
                Offer phone,
        @Setting(
                        def = "on",
                        doc =
                                "Security keys (WebAuthn), bound to auth.passkeys.rp-id: on,"
                                        + " verify-only or off.")
                Offer webauthn,
        @Setting(def = "10", doc = "Factors of one account, 1 to 100.") int maxFactors,
        @Setting(def = "5m", doc = "How long a challenge may be answered; at most 1h.")
                Duration challengeLifetime,
        @Setting(def = "1h", doc = "How long a factor may wait to be verified for the first time.")
                Duration enrollmentLifetime,
        @Setting(
                        def = "10",
                        doc =
                                "Wrong codes of one account in an hour; beyond them each has to wait"
                                        + " its share of it.")
                int attemptsPerHour,
        @Setting(
                        def = "true",
                        doc = "Whether a challenge must be answered from where it was asked for.")
                boolean sameAddress,
        @Setting(def = "10", doc = "Recovery codes in a set, 1 to 50.") int recoveryCodes) {

    /// Whether a type of factor can be used.
    public enum Offer {
        ON,
        VERIFY_ONLY,
        OFF
    }

    public MfaConfig {
        require(
                maxFactors >= 1 && maxFactors <= 100,
                "auth.mfa.max-factors must lie between 1 and 100");
        require(
                challengeLifetime.isPositive()
                        && challengeLifetime.compareTo(Duration.ofHours(1)) <= 0,
                "auth.mfa.challenge-lifetime must lie between a second and an hour");
        require(enrollmentLifetime.isPositive(), "auth.mfa.enrollment-lifetime must be positive");
        require(attemptsPerHour >= 1, "auth.mfa.attempts-per-hour must be at least 1");
        require(
                recoveryCodes >= 1 && recoveryCodes <= 50,
                "auth.mfa.recovery-codes must lie between 1 and 50");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
