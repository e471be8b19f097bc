package dev.ashlar.auth.config;

import dev.ashlar.config.Secret;
import dev.ashlar.config.Setting;
import java.util.List;
import java.util.Optional;

/// A section `auth.external.<provider>`: one foreign provider that people may sign in with.
public record ExternalConfig(
        @Setting(def = "true", doc = "Whether people may sign in with this provider.")
                boolean enabled,
        @Setting(
                        doc =
                                "The id that the provider knows this application by; further ones, as"
                                        + " of its mobile apps, are accepted in id tokens alone.")
                List<String> clientId,
        @Setting(
                        doc =
                                "The secret that goes with the first id; of Apple the signed token"
                                        + " that is made from its key.")
                Optional<Secret> clientSecret,
        @Setting(
                        doc =
                                "Where the provider lives, if it is not its usual address: the issuer"
                                        + " of OpenID Connect, or the root of a server of your own.")
                Optional<String> url,
        @Setting(
                        doc =
                                "Where the provider sends people back to; auth.external-url with"
                                        + " /callback when unset.")
                Optional<String> redirectUri,
        @Setting(doc = "What is asked for beside what sign-in needs.") List<String> scopes,
        @Setting(
                        def = "false",
                        doc =
                                "Accept id tokens of native apps whose nonce is not known to the"
                                        + " client, as those of Google on iOS.")
                boolean skipNonceCheck,
        @Setting(def = "false", doc = "Let people in of whom the provider tells no e-mail address.")
                boolean emailOptional) {

    public ExternalConfig {
        if (enabled && clientId.isEmpty()) {
            throw new IllegalArgumentException(
                    "a provider of auth.external needs its client-id, or enabled: false");
        }
        url.ifPresent(ExternalConfig::requireUrl);
        redirectUri.ifPresent(ExternalConfig::requireUrl);
    }

    private static void requireUrl(String text) {
        if (RedirectUrl.find(text).filter(RedirectUrl::isWeb).isEmpty()) {
            throw new IllegalArgumentException(
                    "url and redirect-uri of auth.external must be URLs of http or https");
        }
    }
}
