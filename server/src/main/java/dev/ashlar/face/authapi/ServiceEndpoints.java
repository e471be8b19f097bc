package dev.ashlar.face.authapi;

import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.ExternalConfig;
import dev.ashlar.auth.config.ProviderName;
import dev.ashlar.auth.config.SmsConfig;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;

/// What anybody may ask about the service itself.
final class ServiceEndpoints {
    /// The providers whose flags clients look for.
    private static final List<String> PROVIDERS =
            List.of(
                    "apple",
                    "azure",
                    "bitbucket",
                    "discord",
                    "facebook",
                    "figma",
                    "fly",
                    "github",
                    "gitlab",
                    "google",
                    "kakao",
                    "keycloak",
                    "linkedin",
                    "linkedin_oidc",
                    "notion",
                    "slack",
                    "slack_oidc",
                    "snapchat",
                    "spotify",
                    "twitch",
                    "twitter",
                    "workos",
                    "x",
                    "zoom");

    private final AuthConfig config;
    private final String version;

    ServiceEndpoints(AuthConfig config, String version) {
        this.config = config;
        this.version = version;
    }

    HttpResponse settings(HttpRequest request, PathParameters path) {
        JsonObjectBuilder external =
                new JsonObjectBuilder().put("anonymous_users", config.anonymousSignIn());
        PROVIDERS.forEach(provider -> external.put(provider, isOn(provider)));
        external.put("email", true).put("phone", config.sendsTexts());
        return json(
                new JsonObjectBuilder()
                        .put("external", external.build())
                        .put("disable_signup", config.disableSignup())
                        .put("mailer_autoconfirm", config.confirmsAtOnce())
                        .put("phone_autoconfirm", config.sms().autoconfirm())
                        .put(
                                "sms_provider",
                                config.sms().provider() == SmsConfig.Provider.TWILIO
                                        ? "twilio"
                                        : "")
                        .put("saml_enabled", config.saml().enabled())
                        .build());
    }

    private boolean isOn(String provider) {
        return ProviderName.find(provider)
                .flatMap(name -> Optional.ofNullable(config.external().get(name)))
                .filter(ExternalConfig::enabled)
                .isPresent();
    }

    HttpResponse health(HttpRequest request, PathParameters path) {
        return json(
                new JsonObjectBuilder()
                        .put("version", version)
                        .put("name", "Ashlar")
                        .put("description", "Ashlar signs users in and keeps their sessions")
                        .build());
    }

    private static HttpResponse json(JsonObject body) {
        return HttpResponse.json(200, Json.write(body));
    }
}
