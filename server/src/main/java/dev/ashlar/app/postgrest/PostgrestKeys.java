package dev.ashlar.app.postgrest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings that there are, with what holds when nothing is set and what each is for
/// (PostgREST's reference, "List of parameters"), in the order in which they are printed.
final class PostgrestKeys {
    private PostgrestKeys() {}

    /// How a value is written in the configuration file.
    enum Form {
        TEXT,
        /// Several, with commas between.
        LIST,
        FLAG,
        NUMBER
    }

    /// Where a setting may come from.
    enum Source {
        ANYWHERE,
        /// File and environment: the database has no say in it.
        OPERATOR
    }

    record Key(String name, String usual, Form form, Source source, String purpose) {}

    /// Names of earlier versions, and what they are called now.
    private static final Map<String, String> ALIASES =
            Map.of(
                    "db-schema", "db-schemas",
                    "max-rows", "db-max-rows",
                    "pre-request", "db-pre-request",
                    "root-spec", "db-root-spec",
                    "role-claim-key", "jwt-role-claim-key",
                    "secret-is-base64", "jwt-secret-is-base64",
                    "server-proxy-uri", "openapi-server-proxy-uri",
                    "db-pool-timeout", "db-pool-max-idletime");

    static final List<Key> ALL =
            List.of(
                    text(
                            "client-error-verbosity",
                            "verbose",
                            "What errors tell: verbose or minimal."),
                    flag("db-aggregates-enabled", "false", "Allow count, sum, avg, min and max."),
                    text(
                            "db-anon-role",
                            "",
                            "Role of requests without a token; none are served when empty."),
                    own(
                            text(
                                    "db-channel",
                                    "pgrst",
                                    "Channel on which NOTIFY asks to read schema or settings anew.")),
                    own(flag("db-channel-enabled", "true", "Listen on that channel.")),
                    list(
                            "db-extra-search-path",
                            "public",
                            "More schemas in the search path of every request."),
                    list(
                            "db-hoisted-tx-settings",
                            "statement_timeout,plan_filter.statement_cost_limit,"
                                    + "default_transaction_isolation",
                            "Settings of a function that hold for the transaction that calls it."),
                    number(
                            "db-max-rows",
                            "",
                            "Most rows that one answer may hold; no bound when empty."),
                    flag("db-plan-enabled", "false", "Answer application/vnd.pgrst.plan."),
                    own(number("db-pool", "10", "Connections kept for requests.")),
                    own(
                            number(
                                    "db-pool-acquisition-timeout",
                                    "10",
                                    "Seconds that a request may wait for one.")),
                    own(
                            number(
                                    "db-pool-max-lifetime",
                                    "1800",
                                    "Seconds that one is kept at most.")),
                    own(number("db-pool-max-idletime", "30", "Seconds that an idle one is kept.")),
                    own(
                            flag(
                                    "db-pool-automatic-recovery",
                                    "true",
                                    "Connect again when the database was lost; off, the program ends.")),
                    text("db-pre-request", "", "Function that runs before every request."),
                    flag(
                            "db-prepared-statements",
                            "true",
                            "Prepare statements; off behind a pooler in transaction mode."),
                    text("db-root-spec", "", "Function whose result is shown at the root."),
                    list(
                            "db-schemas",
                            "public",
                            "Schemas that are served; the first is the default."),
                    own(flag("db-config", "true", "Read settings kept in the database.")),
                    text("db-pre-config", "", "Function that sets settings kept in the database."),
                    text(
                            "db-tx-end",
                            "commit",
                            "commit or rollback, each also with -allow-override."),
                    own(
                            text(
                                    "db-uri",
                                    "postgresql://",
                                    "Where the database is, as libpq takes it.")),
                    text("jwt-aud", "", "Audience that tokens must name, if they name one."),
                    text("jwt-role-claim-key", "$.role", "Where a token names the role."),
                    text(
                            "jwt-secret",
                            "",
                            "Secret, JSON Web Key or set of them that verifies tokens."),
                    flag("jwt-secret-is-base64", "false", "That secret is base64."),
                    number(
                            "jwt-cache-max-entries",
                            "1000",
                            "Verified tokens that are remembered; none when 0."),
                    own(text("log-level", "error", "crit, error, warn, info or debug.")),
                    own(flag("log-query", "false", "Log the SQL of requests.")),
                    text(
                            "openapi-mode",
                            "follow-privileges",
                            "follow-privileges, ignore-privileges or disabled."),
                    flag(
                            "openapi-security-active",
                            "false",
                            "Describe in OpenAPI how a token is shown."),
                    text("openapi-server-proxy-uri", "", "Address that OpenAPI names."),
                    list(
                            "server-cors-allowed-origins",
                            "",
                            "Origins whose pages may call; all when empty."),
                    own(text("server-host", "!4", "Address to listen on.")),
                    own(number("server-port", "3000", "Port to listen on.")),
                    own(
                            flag(
                                    "server-reuseport",
                                    "false",
                                    "Let several programs listen on that port.")),
                    text("server-trace-header", "", "Header of requests that answers send back."),
                    flag("server-timing-enabled", "false", "Send Server-Timing."),
                    own(
                            text(
                                    "server-unix-socket",
                                    "",
                                    "Unix socket to listen on instead of a port.")),
                    own(text("server-unix-socket-mode", "660", "Its rights, as for chmod.")),
                    flag(
                            "url-use-legacy-target-names",
                            "true",
                            "Let filters name an embedded table that has an alias."),
                    own(
                            text(
                                    "admin-server-host",
                                    "",
                                    "Address of the operator's endpoints; server-host when empty.")),
                    own(
                            number(
                                    "admin-server-port",
                                    "",
                                    "Port of /live, /ready, /metrics, /config and /schema_cache; none"
                                            + " when empty.")),
                    own(
                            text(
                                    "admin-server-unix-socket",
                                    "",
                                    "Unix socket of these endpoints instead of a port.")),
                    own(text("admin-server-unix-socket-mode", "660", "Its rights, as for chmod.")));

    private static final Set<String> OPERATORS_OWN =
            ALL.stream()
                    .filter(key -> key.source() == Source.OPERATOR)
                    .map(Key::name)
                    .collect(Collectors.toUnmodifiableSet());

    private static final Map<String, String> USUAL =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Key::name, Key::usual));

    /// The present name of a setting.
    static String named(String key) {
        return ALIASES.getOrDefault(key, key);
    }

    static boolean mayBeInDatabase(String key) {
        return !OPERATORS_OWN.contains(key);
    }

    /// What holds when nothing is set.
    static String usual(String key) {
        return USUAL.getOrDefault(key, "");
    }

    private static Key own(Key key) {
        return new Key(key.name(), key.usual(), key.form(), Source.OPERATOR, key.purpose());
    }

    private static Key text(String name, String usual, String purpose) {
        return new Key(name, usual, Form.TEXT, Source.ANYWHERE, purpose);
    }

    private static Key list(String name, String usual, String purpose) {
        return new Key(name, usual, Form.LIST, Source.ANYWHERE, purpose);
    }

    private static Key flag(String name, String usual, String purpose) {
        return new Key(name, usual, Form.FLAG, Source.ANYWHERE, purpose);
    }

    private static Key number(String name, String usual, String purpose) {
        return new Key(name, usual, Form.NUMBER, Source.ANYWHERE, purpose);
    }
}
