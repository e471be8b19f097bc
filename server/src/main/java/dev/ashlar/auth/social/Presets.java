package dev.ashlar.auth.social;

import dev.ashlar.auth.config.ExternalConfig;
import dev.ashlar.auth.config.ProviderName;
import dev.ashlar.auth.outbound.Fetcher.Source;
import dev.ashlar.auth.social.Provider.Asking;
import dev.ashlar.auth.social.Provider.Authentication;
import dev.ashlar.auth.social.Provider.Client;
import dev.ashlar.auth.social.Provider.Nonce;
import dev.ashlar.auth.social.Provider.OAuth;
import dev.ashlar.auth.social.Provider.OpenId;
import dev.ashlar.auth.social.Provider.Pkce;
import dev.ashlar.auth.social.Provider.Presence;
import dev.ashlar.auth.social.Provider.Protocol;
import dev.ashlar.auth.social.Provider.Rules;
import dev.ashlar.auth.social.Provider.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The usual providers, as their public documentation describes them. Settings give the client, and
/// may give another address.
final class Presets {
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final String MICROSOFT = "https://login.microsoftonline.com/";

    /// The tenant of all personal accounts, which its description names instead of `consumers`.
    private static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private Presets() {}

    /// What is the provider's own, before the settings.
    private record Preset(
            Protocol protocol,
            List<String> scopes,
            Map<String, String> parameters,
            Pkce pkce,
            Authentication by,
            Trust trust,
            Nonce nonce) {

        static Preset openId(OpenId openId, String... scopes) {
            return new Preset(
                    openId,
                    List.of(scopes),
                    Map.of(),
                    Pkce.IF_DISCOVERED,
                    Authentication.IN_BODY,
                    Trust.CLAIM,
                    Nonce.CHECKED);
        }

        static Preset oauth(
                String authorize, String token, ProfileReader profile, String... scopes) {
            return new Preset(
                    new OAuth(authorize, token, profile, Optional.empty()),
                    List.of(scopes),
                    Map.of(),
                    Pkce.NEVER,
                    Authentication.IN_BODY,
                    Trust.CLAIM,
                    Nonce.CHECKED);
        }

        Preset with(Map<String, String> wanted) {
            return new Preset(protocol, scopes, wanted, pkce, by, trust, nonce);
        }

        Preset with(Authentication wanted) {
            return new Preset(protocol, scopes, parameters, pkce, wanted, trust, nonce);
        }

        Preset withPkce() {
            return new Preset(protocol, scopes, parameters, Pkce.ALWAYS, by, trust, nonce);
        }

        Preset with(Trust wanted) {
            return new Preset(protocol, scopes, parameters, pkce, by, wanted, nonce);
        }

        Preset withoutNonce() {
            return new Preset(protocol, scopes, parameters, pkce, by, trust, Nonce.SKIPPED);
        }
    }

    static Provider of(ProviderName name, ExternalConfig config, String callback) {
        Optional<String> url =
                config.url()
                        .map(text ->
                                text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        Preset preset = preset(name, url);
        List<String> scopes = new ArrayList<>(preset.scopes());
        config.scopes().stream().filter(scope -> !scopes.contains(scope)).forEach(scopes::add);
        boolean skips = config.skipNonceCheck() || preset.nonce() == Nonce.SKIPPED;
        return new Provider(
                name.word(),
                preset.protocol(),
                new Client(
                        config.clientId(),
                        config.clientSecret(),
                        preset.by(),
                        config.redirectUri().orElse(callback)),
                new Asking(scopes, preset.parameters(), preset.pkce()),
                new Rules(
                        preset.trust(),
                        skips ? Nonce.SKIPPED : Nonce.CHECKED,
                        config.emailOptional() ? Presence.OPTIONAL : Presence.REQUIRED),
                Source.OWNER);
    }

    static OpenId issuer(String issuer) {
        return new OpenId(
                (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                        + WELL_KNOWN,
                issuer);
    }

    private static Preset preset(ProviderName name, Optional<String> url) {
        return switch (name) {
            case GOOGLE ->
                    Preset.openId(
                                    issuer(url.orElse("https://accounts.google.com")),
                                    "openid",
                                    "email",
                                    "profile")
                            .withPkce();
            case APPLE ->
                    Preset.openId(
                                    issuer(url.orElse("https://appleid.apple.com")),
                                    "openid",
                                    "name",
                                    "email")
                            .with(Map.of("response_mode", "form_post"));
            case AZURE -> azure(url);
            case GITLAB -> openId(url.orElse("https://gitlab.com"));
            case KEYCLOAK -> openId(url.orElseThrow());
            // Its id tokens hold no nonce.
            case LINKEDIN_OIDC ->
                    openId(url.orElse("https://www.linkedin.com/oauth")).withoutNonce();
            case SLACK_OIDC -> openId(url.orElse("https://slack.com"));
            // Claims of people are told only when they are asked for one by one.
            case TWITCH ->
                    Preset.openId(
                                    issuer(url.orElse("https://id.twitch.tv/oauth2")),
                                    "openid",
                                    "user:read:email")
                            .with(
                                    Map.of(
                                            "claims",
                                            "{\"id_token\":{\"email\":null,"
                                                    + "\"email_verified\":null,\"picture\":null,"
                                                    + "\"preferred_username\":null}}"));
            case GITHUB,
                    DISCORD,
                    FACEBOOK,
                    BITBUCKET,
                    SPOTIFY,
                    TWITTER,
                    X,
                    NOTION,
                    ZOOM,
                    FIGMA,
                    KAKAO,
                    WORKOS,
                    FLY ->
                    ownApi(name, url);
        };
    }

    private static Preset openId(String issuer) {
        return Preset.openId(issuer(issuer), "openid", "email", "profile");
    }

    /// Of several tenants the issuer is a pattern; addresses are vouched for by `xms_edov` alone.
    private static Preset azure(Optional<String> url) {
        String root = url.orElse(MICROSOFT + "common");
        String base = root.endsWith("/v2.0") ? root : root + "/v2.0";
        boolean several =
                List.of("common", "organizations").stream()
                        .anyMatch(tenant -> base.equals(MICROSOFT + tenant + "/v2.0"));
        String issuer =
                several
                        ? MICROSOFT + "{tenantid}/v2.0"
                        : base.equals(MICROSOFT + "consumers/v2.0")
                                ? MICROSOFT + CONSUMERS + "/v2.0"
                                : base;
        return Preset.openId(new OpenId(base + WELL_KNOWN, issuer), "openid", "email", "profile")
                .withPkce()
                .with(Trust.XMS_EDOV);
    }

    private static Preset ownApi(ProviderName name, Optional<String> url) {
        return switch (name) {
            case GITHUB -> {
                String site = url.orElse("https://github.com");
                String api = url.map(root -> root + "/api/v3").orElse("https://api.github.com");
                yield Preset.oauth(
                                site + "/login/oauth/authorize",
                                site + "/login/oauth/access_token",
                                Profiles.github(api),
                                "user:email")
                        .withPkce();
            }
            case DISCORD -> {
                String root = url.orElse("https://discord.com");
                yield Preset.oauth(
                                root + "/oauth2/authorize",
                                root + "/api/oauth2/token",
                                Profiles.discord(root),
                                "identify",
                                "email")
                        .withPkce();
            }
            case FACEBOOK -> {
                String graph = url.orElse("https://graph.facebook.com");
                yield Preset.oauth(
                        url.orElse("https://www.facebook.com") + "/dialog/oauth",
                        graph + "/oauth/access_token",
                        Profiles.facebook(graph),
                        "email",
                        "public_profile");
            }
            case BITBUCKET -> {
                String root = url.orElse("https://bitbucket.org");
                yield Preset.oauth(
                                root + "/site/oauth2/authorize",
                                root + "/site/oauth2/access_token",
                                Profiles.bitbucket(url.orElse("https://api.bitbucket.org")),
                                "account",
                                "email")
                        .with(Authentication.BASIC);
            }
            case SPOTIFY -> {
                String root = url.orElse("https://accounts.spotify.com");
                yield Preset.oauth(
                                root + "/authorize",
                                root + "/api/token",
                                Profiles.spotify(url.orElse("https://api.spotify.com")),
                                "user-read-email")
                        .with(Authentication.BASIC)
                        .withPkce();
            }
            case X, TWITTER -> {
                String api = url.orElse("https://api.x.com");
                yield Preset.oauth(
                                url.orElse("https://x.com") + "/i/oauth2/authorize",
                                api + "/2/oauth2/token",
                                Profiles.x(api),
                                "users.read",
                                "users.email",
                                "tweet.read",
                                "offline.access")
                        .with(Authentication.BASIC)
                        .withPkce();
            }
            default -> furtherApi(name, url);
        };
    }

    private static Preset furtherApi(ProviderName name, Optional<String> url) {
        return switch (name) {
            case NOTION -> {
                String root = url.orElse("https://api.notion.com");
                yield Preset.oauth(
                                root + "/v1/oauth/authorize",
                                root + "/v1/oauth/token",
                                Profiles.notion(root))
                        .with(Authentication.BASIC_WITH_JSON)
                        .with(Map.of("owner", "user"));
            }
            case ZOOM -> {
                String root = url.orElse("https://zoom.us");
                yield Preset.oauth(
                                root + "/oauth/authorize",
                                root + "/oauth/token",
                                Profiles.zoom(url.orElse("https://api.zoom.us")))
                        .with(Authentication.BASIC);
            }
            case FIGMA -> {
                String api = url.orElse("https://api.figma.com");
                yield Preset.oauth(
                                url.orElse("https://www.figma.com") + "/oauth",
                                api + "/v1/oauth/token",
                                Profiles.figma(api),
                                "current_user:read")
                        .with(Authentication.BASIC);
            }
            case KAKAO -> kakao(url);
            case WORKOS -> {
                String root = url.orElse("https://api.workos.com");
                yield Preset.oauth(
                        root + "/sso/authorize", root + "/sso/token", Profiles.workos(root));
            }
            case FLY -> {
                String root = url.orElse("https://api.fly.io");
                yield Preset.oauth(
                        root + "/oauth/authorize",
                        root + "/oauth/token",
                        Profiles.fly(root),
                        "read");
            }
            default -> throw new IllegalStateException(name + " has no preset");
        };
    }

    private static Preset kakao(Optional<String> url) {
        String root = url.orElse("https://kauth.kakao.com");
        Preset preset =
                Preset.oauth(
                        root + "/oauth/authorize",
                        root + "/oauth/token",
                        Profiles.kakao(url.orElse("https://kapi.kakao.com")),
                        "account_email",
                        "profile_image",
                        "profile_nickname");
        OAuth plain = (OAuth) preset.protocol();
        return new Preset(
                new OAuth(
                        plain.authorizeUrl(),
                        plain.tokenUrl(),
                        plain.profile(),
                        Optional.of(issuer(root))),
                preset.scopes(),
                preset.parameters(),
                preset.pkce(),
                preset.by(),
                preset.trust(),
                preset.nonce());
    }
}
