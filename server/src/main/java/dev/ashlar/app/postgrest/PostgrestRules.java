package dev.ashlar.app.postgrest;

import dev.ashlar.auth.token.RoleClaimPath;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What values settings may have, refused in PostgREST's words.
final class PostgrestRules {
    private static final int SHORTEST_SECRET = 32;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,9}");

    private static final Map<String, Set<String>> CHOICES =
            Map.of(
                    "log-level", Set.of("crit", "error", "warn", "info", "debug"),
                    "openapi-mode", Set.of("follow-privileges", "ignore-privileges", "disabled"),
                    "client-error-verbosity", Set.of("verbose", "minimal"),
                    "db-tx-end",
                            Set.of(
                                    "commit",
                                    "commit-allow-override",
                                    "rollback",
                                    "rollback-allow-override"));

    private static final Map<String, String> CHOICE_NAMES =
            Map.of("log-level", "log level", "db-tx-end", "transaction termination");

    private PostgrestRules() {}

    /// @throws IllegalArgumentException for the first that is not right
    static void require(PostgrestSettings settings) {
        for (PostgrestKeys.Key key : PostgrestKeys.ALL) {
            settings.find(key.name()).ifPresent(value -> requireForm(settings, key, value));
        }
        requireMode(settings, "server-unix-socket-mode");
        requireMode(settings, "admin-server-unix-socket-mode");
        requirePorts(settings);
        for (String schema : settings.list("db-schemas")) {
            require(
                    !schema.equals("pg_catalog") && !schema.equals("information_schema"),
                    "db-schemas does not allow schema: '" + schema + "'");
        }
        settings.find("jwt-aud").ifPresent(PostgrestRules::requireAudience);
        settings.find("jwt-role-claim-key").ifPresent(PostgrestRules::requireClaimKey);
        settings.find("openapi-server-proxy-uri").ifPresent(PostgrestRules::requireProxy);
        settings.jwtSecret()
                .ifPresent(secret ->
                        require(
                                secret.reveal().codePoints().count() >= SHORTEST_SECRET,
                                "The JWT secret must be at least 32 characters long."));
    }

    private static void requireForm(
            PostgrestSettings settings, PostgrestKeys.Key key, String value) {
        String name = key.name();
        switch (key.form()) {
            case FLAG -> settings.flag(name);
            case NUMBER ->
                    require(NUMBER.matcher(value).matches(), name + " is a number, such as 10");
            case TEXT, LIST -> {
                Set<String> choices = CHOICES.get(name);
                require(
                        choices == null || choices.contains(value),
                        "Invalid "
                                + CHOICE_NAMES.getOrDefault(name, name)
                                + ". Check your configuration.");
            }
        }
    }

    private static void requireMode(PostgrestSettings settings, String key) {
        String mode = settings.find(key).orElse("660");
        require(OCTAL.matcher(mode).matches(), "Invalid " + key + ": not an octal");
        int rights = Integer.parseInt(mode, 8);
        require(
                rights >= 0600 && rights <= 0777,
                "Invalid " + key + ": needs to be between 600 and 777");
    }

    private static void requirePorts(PostgrestSettings settings) {
        String admin = settings.find("admin-server-port").orElse("0");
        boolean onPorts =
                settings.find("server-unix-socket").isEmpty()
                        && settings.find("admin-server-unix-socket").isEmpty();
        require(
                !onPorts || admin.equals("0") || !admin.equals(settings.value("server-port")),
                "admin-server-port cannot be the same as server-port");
    }

    /// A StringOrURI: what has a colon must be a URI (RFC 7519, 2).
    private static void requireAudience(String audience) {
        require(
                audience.indexOf(':') < 0 || isUri(audience),
                "jwt-aud should be a string or a valid URI");
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static void requireClaimKey(String key) {
        try {
            require(key.startsWith("$") || key.startsWith("."), "not a path");
            RoleClaimPath.parse(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "failed to parse jwt-role-claim-key value (" + key + ")", e);
        }
    }

    private static void requireProxy(String proxy) {
        boolean right = false;
        try {
            URI uri = new URI(proxy);
            right =
                    uri.getHost() != null
                            && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException _) {
            // Refused below.
        }
        require(right, "Malformed proxy uri, a correct example: https://example.com:8443/basePath");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
