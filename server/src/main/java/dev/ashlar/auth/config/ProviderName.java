package dev.ashlar.auth.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The providers of sign-in that are known here by name; in settings with dashes, on the wire with
/// underscores.
public enum ProviderName {
    APPLE,
    AZURE,
    BITBUCKET,
    DISCORD,
    FACEBOOK,
    FIGMA,
    FLY,
    GITHUB,
    GITLAB,
    GOOGLE,
    KAKAO,
    KEYCLOAK,
    LINKEDIN_OIDC,
    NOTION,
    SLACK_OIDC,
    SPOTIFY,
    TWITCH,
    TWITTER,
    WORKOS,
    X,
    ZOOM;

    /// As clients write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ProviderName> find(String word) {
        return Arrays.stream(values()).filter(name -> name.word().equals(word)).findFirst();
    }
}
