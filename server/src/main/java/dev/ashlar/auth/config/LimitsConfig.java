package dev.ashlar.auth.config;

import dev.ashlar.config.Setting;
import java.util.Optional;
import java.util.stream.Stream;

/// The section `auth.limits`: attempts of everybody together, and of strangers at one account.
/// Those from one address stand in `auth` itself.
public record LimitsConfig(
        @Setting(
                        def = "true",
                        doc =
                                "Whether all servers on one database count together; otherwise each"
                                        + " counts by itself.")
                boolean shared,
        @Setting(
                        def = "20",
                        doc =
                                "Sign-ins to one account in a minute from all networks together that"
                                        + " it was not signed in from within 90 days.")
                int accountStrangersPerMinute,
        @Setting(doc = "Sign-ins of everybody in a minute; no limit when unset.")
                Optional<Integer> signInsPerMinute,
        @Setting(doc = "New accounts of everybody in a minute; no limit when unset.")
                Optional<Integer> signUpsPerMinute,
        @Setting(doc = "Mail and texts that everybody asks for in a minute; no limit when unset.")
                Optional<Integer> messagesPerMinute,
        @Setting(
                        doc =
                                "Codes, links and factors that everybody presents in a minute; no"
                                        + " limit when unset.")
                Optional<Integer> codesPerMinute,
        @Setting(doc = "Token refreshes of everybody in a minute; no limit when unset.")
                Optional<Integer> refreshesPerMinute) {

    public LimitsConfig {
        boolean positive =
                accountStrangersPerMinute > 0
                        && Stream.of(
                                        signInsPerMinute,
                                        signUpsPerMinute,
                                        messagesPerMinute,
                                        codesPerMinute,
                                        refreshesPerMinute)
                                .flatMap(Optional::stream)
                                .allMatch(limit -> limit > 0);
        if (!positive) {
            throw new IllegalArgumentException("limits of auth.limits must be positive");
        }
    }
}
