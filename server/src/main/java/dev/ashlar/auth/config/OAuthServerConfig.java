package dev.ashlar.auth.config;

import dev.ashlar.config.Setting;
import java.time.Duration;
import java.util.List;

/// The section `auth.oauth-server`: this server as an OAuth 2.1 and OpenID Connect provider.
public record OAuthServerConfig(
        @Setting(
                        def = "false",
                        doc = "Let other applications sign people in with their account here.")
                boolean enabled,
        @Setting(
                        def = "/oauth/consent",
                        doc =
                                "The page of your application, on auth.site-url, that asks people for"
                                        + " their consent; it gets ?authorization_id=.")
                String authorizationPath,
        @Setting(
                        def = "false",
                        doc = "Let clients register themselves (RFC 7591), as MCP clients do.")
                boolean dynamicRegistration,
        @Setting(def = "10", doc = "Clients that may register from one address in a minute.")
                int registrationsPerMinute,
        @Setting(def = "1000", doc = "Most clients that have registered themselves.")
                int maxDynamicClients,
        @Setting(
                        doc =
                                "Servers that tokens may be asked for by URL (RFC 8707), such as"
                                        + " https://mcp.example.com/mcp; others are refused.")
                List<String> resources,
        @Setting(def = "10m", doc = "How long a request waits for consent; at most 1h.")
                Duration authorizationLifetime,
        @Setting(def = "1m", doc = "How long a code may be exchanged for tokens; at most 10m.")
                Duration codeLifetime) {
    private static final Duration MAX_CODE = Duration.ofMinutes(10);
    private static final Duration MAX_AUTHORIZATION = Duration.ofHours(1);

    public OAuthServerConfig {
        require(
                authorizationPath.startsWith("/")
                        && authorizationPath.indexOf('?') < 0
                        && authorizationPath.indexOf('#') < 0
                        && RedirectUrl.find("https://x.example" + authorizationPath).isPresent(),
                "auth.oauth-server.authorization-path must be a path, such as /oauth/consent");
        require(
                registrationsPerMinute > 0 && maxDynamicClients > 0,
                "limits of auth.oauth-server must be positive");
        require(
                resources.stream()
                        .allMatch(resource ->
                                RedirectUrl.find(resource)
                                        .filter(url -> url.isWeb() && url.fragment().isEmpty())
                                        .isPresent()),
                "auth.oauth-server.resources are URLs of http or https without a fragment");
        require(
                authorizationLifetime.isPositive()
                        && authorizationLifetime.compareTo(MAX_AUTHORIZATION) <= 0,
                "auth.oauth-server.authorization-lifetime must lie between a second and an hour");
        require(
                codeLifetime.isPositive() && codeLifetime.compareTo(MAX_CODE) <= 0,
                "auth.oauth-server.code-lifetime must lie between a second and ten minutes");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
