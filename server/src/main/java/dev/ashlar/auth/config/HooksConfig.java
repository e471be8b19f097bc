package dev.ashlar.auth.config;

import dev.ashlar.config.Secret;
import dev.ashlar.config.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The section `auth.hooks`: functions and webhooks that are asked in the course of sign-in.
public record HooksConfig(
        @Setting(
                        doc =
                                "Asked for the claims of each access token:"
                                        + " pg-functions://postgres/SCHEMA/FUNCTION or an https URL.")
                Optional<String> customAccessToken,
        @Setting(doc = "Asked before an account is made; may refuse it.")
                Optional<String> beforeUserCreated,
        @Setting(doc = "Asked after a password was compared; may refuse the sign-in.")
                Optional<String> passwordVerificationAttempt,
        @Setting(doc = "Asked after a second factor was checked; may refuse it.")
                Optional<String> mfaVerificationAttempt,
        @Setting(doc = "Gets what mail would say and sends it, instead of the SMTP server.")
                Optional<String> sendEmail,
        @Setting(doc = "Gets codes for phones and sends them, instead of auth.sms.provider.")
                Optional<String> sendSms,
        @Setting(
                        doc =
                                "Secret that calls of webhooks are signed with: v1,whsec_ and base64,"
                                        + " or several with | between them.")
                Optional<Secret> secrets,
        @Setting(def = "2s", doc = "How long an SQL function may take.") Duration functionTimeout,
        @Setting(def = "5s", doc = "How long a webhook may take, with all its attempts.")
                Duration webhookTimeout) {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    public HooksConfig {
        Stream.of(
                        customAccessToken,
                        beforeUserCreated,
                        passwordVerificationAttempt,
                        mfaVerificationAttempt,
                        sendEmail,
                        sendSms)
                .flatMap(Optional::stream)
                .forEach(HooksConfig::requireTarget);
        if (!functionTimeout.isPositive() || !webhookTimeout.isPositive()) {
            throw new IllegalArgumentException("timeouts of auth.hooks must be positive");
        }
    }

    private static void requireTarget(String target) {
        try {
            URI uri = new URI(target);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = String.valueOf(uri.getHost());
            boolean good =
                    switch (scheme) {
                        case "pg-functions" -> uri.getPath().matches("/[^/]+/[^/]+");
                        case "https" -> uri.getHost() != null;
                        case "http" -> HERE.contains(host);
                        default -> false;
                    };
            if (good) {
                return;
            }
        } catch (URISyntaxException _) {
            // Answered below.
        }
        throw new IllegalArgumentException(
                "a hook of auth.hooks must be pg-functions://postgres/SCHEMA/FUNCTION or an https URL"
                        + " (http on this machine only)");
    }
}
