package dev.ashlar.app.postgrest;

import dev.ashlar.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The settings of one run in PostgREST's own names: those of the database over the environment
/// over the file (PostgREST's reference, "Configuration").
public final class PostgrestSettings {
    private static final String VARIABLES = "PGRST_";
    private static final String APP_SETTINGS = "app.settings.";

    private final Map<String, String> values;
    private final Map<String, String> environment;
    private final int host;

    private PostgrestSettings(
            Map<String, String> values, Map<String, String> environment, int host) {
        this.values = values;
        this.environment = environment;
        this.host = host;
    }

    /// `file` is the text of the configuration file, empty for none.
    ///
    /// @throws IllegalArgumentException when the file cannot be read as one
    public static PostgrestSettings of(String file, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        ConfigFile.parse(file, environment).forEach((key, value) -> put(values, key, value));
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLES)) {
                String key = name.substring(VARIABLES.length()).toLowerCase(Locale.ROOT);
                put(
                        values,
                        key.startsWith("app_settings_")
                                ? APP_SETTINGS + key.substring("app_settings_".length())
                                : key.replace('_', '-'),
                        value);
            }
        });
        return new PostgrestSettings(values, environment, 0);
    }

    /// The same on another of the hosts that `db-uri` names.
    public PostgrestSettings onHost(int number) {
        return new PostgrestSettings(values, environment, number);
    }

    /// The same with settings kept in the database, by name with underscores.
    public PostgrestSettings with(Map<String, String> inDatabase) {
        Map<String, String> all = new TreeMap<>(values);
        inDatabase.forEach((name, value) -> {
            String key =
                    name.startsWith("app_settings_") || name.startsWith(APP_SETTINGS)
                            ? APP_SETTINGS + name.substring(APP_SETTINGS.length())
                            : PostgrestKeys.named(name.replace('_', '-'));
            if (PostgrestKeys.mayBeInDatabase(key)) {
                put(all, key, value);
            }
        });
        return new PostgrestSettings(all, environment, host);
    }

    /// The same, once every value was found to be one that its setting may have.
    ///
    /// @throws IllegalArgumentException in PostgREST's words
    public PostgrestSettings checked() {
        PostgrestRules.require(this);
        return this;
    }

    private static void put(Map<String, String> values, String key, String value) {
        values.put(PostgrestKeys.named(key), value);
    }

    /// Empty text counts as not set.
    public Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    /// What holds: as set, or as usual.
    public String value(String key) {
        return find(key).orElse(PostgrestKeys.usual(key));
    }

    public boolean flag(String key) {
        return switch (value(key).toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "on", "1" -> true;
            case "false", "f", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException(key + " is true or false");
        };
    }

    /// Texts with commas between. One that is set to nothing is empty, whatever is usual.
    public List<String> list(String key) {
        return Arrays.stream(values.getOrDefault(key, PostgrestKeys.usual(key)).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /// `app.settings.*`, by their whole names.
    public Map<String, String> appSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(APP_SETTINGS)) {
                settings.put(key, value);
            }
        });
        return settings;
    }

    /// Where the database is; `@file` names a file that says so.
    public String databaseUri() {
        return databaseUris().get(host);
    }

    /// One for each host that `db-uri` names.
    public List<String> databaseUris() {
        return ConnectionUri.of(text("db-uri"), environment);
    }

    /// Which of them is wanted, as libpq's `target_session_attrs`.
    public String databaseTarget() {
        return ConnectionUri.target(text("db-uri"), environment);
    }

    /// The secret or keys that tokens are verified with.
    public Optional<Secret> jwtSecret() {
        return find("jwt-secret").map(text -> new Secret(content(text)));
    }

    /// What holds; the content of the file that `@file` names.
    String text(String key) {
        return content(value(key));
    }

    private static String content(String text) {
        if (!text.startsWith("@")) {
            return text;
        }
        try {
            return Files.readString(Path.of(text.substring(1))).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file " + text.substring(1) + " cannot be read", e);
        }
    }

    /// As flags of Ashlar's settings.
    public Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("database.url", databaseUri());
        flags.put("database.search-path", String.join(",", list("db-extra-search-path")));
        flags.put("database.exclusive-connections", value("db-pool"));
        flags.put("database.acquire-timeout", value("db-pool-acquisition-timeout") + "s");
        flags.put("database.idle-timeout", value("db-pool-max-idletime") + "s");
        flags.put("database.connection-lifetime", value("db-pool-max-lifetime") + "s");
        flags.put("database.prepared-statements", shown("db-prepared-statements"));
        // The database's own limits hold, which belong to its roles.
        flags.put("database.statement-timeout", "1h");
        flags.put("database.anonymous-statement-timeout", "1h");
        flags.put("database.max-answer-size", "256MB");
        flags.put("rest.schemas", String.join(",", list("db-schemas")));
        flags.put("rest.max-rows", find("db-max-rows").orElse("0"));
        flags.put("rest.aggregates", shown("db-aggregates-enabled"));
        flags.put("rest.plan", shown("db-plan-enabled"));
        flags.put("rest.server-timing", shown("server-timing-enabled"));
        flags.put("rest.extensions", "false");
        flags.put("rest.target-names", flag("url-use-legacy-target-names") ? "legacy" : "alias");
        flags.put("rest.error-verbosity", value("client-error-verbosity"));
        flags.put("rest.tx-end", value("db-tx-end"));
        flags.put("rest.openapi.mode", value("openapi-mode"));
        flags.put("rest.openapi.security-active", shown("openapi-security-active"));
        find("openapi-server-proxy-uri")
                .ifPresent(uri -> flags.put("rest.openapi.server-proxy-uri", uri));
        find("db-root-spec").ifPresent(name -> flags.put("rest.openapi.root-spec", name));
        find("db-pre-request").ifPresent(name -> flags.put("rest.pre-request", name));
        find("db-anon-role").ifPresent(role -> flags.put("auth.anon-role", role));
        find("jwt-aud").ifPresent(audience -> flags.put("auth.required-audience", audience));
        flags.put("auth.role-claim", value("jwt-role-claim-key"));
        flags.put("http.host", host("server"));
        flags.put("http.socket-mode", value("server-unix-socket-mode"));
        flags.put("http.port", value("server-port"));
        flags.put("http.reuse-port", shown("server-reuseport"));
        flags.put("http.max-initial-line", "64KB");
        flags.put("http.max-header-size", "64KB");
        flags.put("http.request-timeout", "1h");
        flags.put("log.level", value("log-level").equals("debug") ? "debug" : "info");
        flags.put(
                "log.access",
                switch (value("log-level")) {
                    case "crit" -> "off";
                    case "error" -> "failures";
                    case "warn" -> "errors";
                    default -> "on";
                });
        flags.put("log.format", "combined");
        flags.put("log.access-format", "combined");
        return flags;
    }

    private String shown(String flag) {
        return Boolean.toString(flag(flag));
    }

    /// As flags of Ashlar's settings for the server of the operator's endpoints; empty when there
    /// is none.
    public Optional<Map<String, String>> adminFlags() {
        Optional<String> port = find("admin-server-port");
        if (port.isEmpty() && find("admin-server-unix-socket").isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> flags = flags();
        flags.put("http.port", port.orElse("0"));
        flags.put("http.host", host("admin-server"));
        flags.put("http.socket-mode", value("admin-server-unix-socket-mode"));
        flags.put("http.reuse-port", "false");
        flags.put("http.event-loops", "1");
        return Optional.of(flags);
    }

    private String host(String server) {
        return find(server + "-unix-socket")
                .map(file -> Path.of(file).toAbsolutePath().normalize().toString())
                .orElseGet(() ->
                        address(find(server + "-host").orElseGet(() -> value("server-host"))));
    }

    private static String address(String host) {
        return switch (host) {
            case "*", "*4", "!4" -> "0.0.0.0";
            case "*6", "!6" -> "::";
            default -> host;
        };
    }
}
