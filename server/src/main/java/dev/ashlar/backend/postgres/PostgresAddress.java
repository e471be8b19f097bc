package dev.ashlar.backend.postgres;

import dev.ashlar.config.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Where a PostgreSQL is and who logs in. `host` is a name, an IP address, or the absolute path of
/// the directory with its Unix socket.
public record PostgresAddress(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        Tls tls,
        TlsFiles tlsFiles) {
    private static final int DEFAULT_PORT = 5432;

    /// As libpq's `sslmode`. PREFER and REQUIRE do not check the server's certificate.
    public enum Tls {
        DISABLE,
        PREFER,
        REQUIRE,
        /// By whom it is, whatever name it is for.
        VERIFY_CA,
        VERIFY_FULL;

        /// Whether the server has to show that it is the one.
        public boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_FULL;
        }
    }

    public PostgresAddress {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the database's address names no host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535");
        }
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the database's address names no user");
        }
        if (database.isEmpty()) {
            throw new IllegalArgumentException("the database's address names no database");
        }
    }

    public PostgresAddress(
            String host, int port, String database, String user, Secret password, Tls tls) {
        this(host, port, database, user, password, tls, TlsFiles.NONE);
    }

    /// Reads `postgres://user:password@host:port/database?sslmode=…&host=/socket/directory`, the
    /// form of `DATABASE_URL` ([libpq, 32.1.1.2](
    /// https://www.postgresql.org/docs/18/libpq-connect.html)). Parts may be percent-encoded.
    /// Messages of its errors never show the password.
    public static PostgresAddress parse(String url) {
        String rest = afterScheme(url.strip());
        Map<String, String> options = options(rest);
        rest = before(rest, '?');
        int at = rest.lastIndexOf('@');
        String login = at < 0 ? "" : rest.substring(0, at);
        rest = rest.substring(at + 1);
        String database = decode(after(rest, '/'));
        String hostAndPort = before(rest, '/');
        int colon = portColon(hostAndPort);
        String host = decode(colon < 0 ? hostAndPort : hostAndPort.substring(0, colon));
        String port = colon < 0 ? "" : hostAndPort.substring(colon + 1);
        String user = options.getOrDefault("user", decode(before(login, ':')));
        return new PostgresAddress(
                withoutBrackets(options.getOrDefault("host", host.isEmpty() ? "localhost" : host)),
                port(options.getOrDefault("port", port)),
                options.getOrDefault("dbname", database.isEmpty() ? user : database),
                user,
                new Secret(options.getOrDefault("password", decode(after(login, ':')))),
                TlsOptions.mode(options),
                TlsOptions.files(options));
    }

    /// Another database of the server.
    public PostgresAddress inDatabase(String name) {
        return new PostgresAddress(host, port, name, user, password, tls, tlsFiles);
    }

    /// The same database as somebody else.
    public PostgresAddress as(String otherUser, Secret otherPassword) {
        return new PostgresAddress(host, port, database, otherUser, otherPassword, tls, tlsFiles);
    }

    public boolean usesSocket() {
        return host.startsWith("/");
    }

    private static String afterScheme(String url) {
        for (String scheme : new String[] {"postgres://", "postgresql://"}) {
            if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return url.substring(scheme.length());
            }
        }
        throw new IllegalArgumentException(
                "write the database's address as postgres://user:password@host:5432/database");
    }

    private static Map<String, String> options(String rest) {
        Map<String, String> options = new TreeMap<>();
        for (String option : after(rest, '?').split("&")) {
            if (!option.isEmpty()) {
                options.put(decode(before(option, '=')), decode(after(option, '=')));
            }
        }
        return options;
    }

    private static int portColon(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return colon > hostAndPort.lastIndexOf(']') ? colon : -1;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    private static int port(String text) {
        if (text.isEmpty()) {
            return DEFAULT_PORT;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            // An unencoded ':' or '@' in the password can end up here: do not show it.
            throw new IllegalArgumentException(
                    "the port in the database's address is not a number (percent-encode : / ? # @"
                            + " in the password)",
                    null);
        }
    }

    private static String before(String text, char c) {
        int index = text.indexOf(c);
        return index < 0 ? text : text.substring(0, index);
    }

    private static String after(String text, char c) {
        int index = text.indexOf(c);
        return index < 0 ? "" : text.substring(index + 1);
    }

    private static String decode(String text) {
        try {
            // In an address a plus is a plus; URLDecoder is for forms.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a % in the database's address is not followed by two hex digits", null);
        }
    }
}
