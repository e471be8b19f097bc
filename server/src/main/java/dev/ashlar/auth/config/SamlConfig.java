package dev.ashlar.auth.config;

import dev.ashlar.config.Secret;
import dev.ashlar.config.Setting;
import java.time.Duration;
import java.util.Optional;

/// The section `auth.saml`: single sign-on with identity providers of organisations.
public record SamlConfig(
        @Setting(def = "false", doc = "Let people sign in by SAML 2.0.") boolean enabled,
        @Setting(
                        doc =
                                "What identity providers know this server by; when unset, the URL of"
                                        + " its metadata: auth.external-url with /sso/saml/metadata.")
                Optional<String> entityId,
        @Setting(
                        def = "false",
                        doc =
                                "Accept answers that nobody has asked for, as the start pages of identity"
                                        + " providers send them.")
                boolean allowIdpInitiated,
        @Setting(
                        def = "30s",
                        doc = "How far the clocks of identity providers may be off; at most 5m.")
                Duration clockSkew,
        @Setting(
                        def = "10m",
                        doc = "How long somebody may take at an identity provider; at most 1h.")
                Duration stateLifetime,
        @Setting(def = "100", doc = "How many identity providers may be added.") int maxProviders,
        @Setting(
                        def = "1d",
                        doc =
                                "How often metadata is fetched anew where it has a URL; beside that, at"
                                        + " most once a minute, when a signature fits no known key.")
                Duration metadataRefresh,
        @Setting(
                        doc =
                                "Private key that requests are signed with, PKCS #8 in PEM; they are not"
                                        + " signed when unset.")
                Optional<Secret> signingKey,
        @Setting(doc = "Its certificate in PEM, for the metadata.")
                Optional<String> signingCertificate) {
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);
    private static final Duration MAX_STATE = Duration.ofHours(1);
    private static final Duration MIN_REFRESH = Duration.ofMinutes(1);
    private static final int MAX_ENTITY_CHARS = 1_024;

    public SamlConfig {
        require(
                entityId.isEmpty()
                        || (!entityId.get().isBlank()
                                && entityId.get().length() <= MAX_ENTITY_CHARS),
                "auth.saml.entity-id can have 1024 characters");
        require(
                !clockSkew.isNegative() && clockSkew.compareTo(MAX_SKEW) <= 0,
                "auth.saml.clock-skew must lie between 0s and 5m");
        require(
                stateLifetime.isPositive() && stateLifetime.compareTo(MAX_STATE) <= 0,
                "auth.saml.state-lifetime must lie between a second and an hour");
        require(maxProviders >= 0, "auth.saml.max-providers cannot be negative");
        require(
                metadataRefresh.compareTo(MIN_REFRESH) >= 0,
                "auth.saml.metadata-refresh must be at least 1m");
        require(
                signingKey.isPresent() == signingCertificate.isPresent(),
                "auth.saml.signing-key and auth.saml.signing-certificate go together");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
