package dev.ashlar.app.postgrest;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes URIs of what libpq takes as a connection string: a URI, `key=value` pairs, or nothing,
/// with one host or several; what is not said comes from libpq's variables of the environment, its
/// password file, and its defaults (PostgreSQL manual, 32.1.1, 32.15 and 32.16).
final class ConnectionUri {
    private static final Pattern PAIR =
            Pattern.compile("\\s*([a-z_]+)\\s*=\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|(\\S*))");
    private static final Pattern SCHEME = Pattern.compile("(?i)postgres(ql)?://");
    private static final Map<String, String> VARIABLES =
            Map.ofEntries(
                    Map.entry("PGHOST", "host"),
                    Map.entry("PGHOSTADDR", "hostaddr"),
                    Map.entry("PGPORT", "port"),
                    Map.entry("PGUSER", "user"),
                    Map.entry("PGPASSWORD", "password"),
                    Map.entry("PGDATABASE", "dbname"),
                    Map.entry("PGSSLMODE", "sslmode"),
                    Map.entry("PGSSLROOTCERT", "sslrootcert"),
                    Map.entry("PGSSLCERT", "sslcert"),
                    Map.entry("PGSSLKEY", "sslkey"),
                    Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"));
    private static final String USUAL_PORT = "5432";
    private static final List<Path> SOCKETS =
            List.of(Path.of("/var/run/postgresql"), Path.of("/tmp"));

    private ConnectionUri() {}

    /// One for each host, in the order in which they are to be tried.
    static List<String> of(String text, Map<String, String> environment) {
        Map<String, String> parts = new LinkedHashMap<>();
        VARIABLES.forEach(
                (variable, part) -> put(parts, part, environment.getOrDefault(variable, "")));
        read(text, parts);
        parts.putIfAbsent("user", System.getProperty("user.name", "postgres"));
        parts.putIfAbsent("dbname", String.valueOf(parts.get("user")));
        return written(parts, PasswordFile.find(environment));
    }

    /// Which of several hosts is wanted, as libpq's `target_session_attrs`.
    static String target(String text, Map<String, String> environment) {
        Map<String, String> parts = new LinkedHashMap<>();
        put(parts, "target_session_attrs", environment.getOrDefault("PGTARGETSESSIONATTRS", "any"));
        read(text, parts);
        return parts.getOrDefault("target_session_attrs", "any");
    }

    private static void read(String text, Map<String, String> parts) {
        String bare = text.strip();
        Matcher scheme = SCHEME.matcher(bare);
        if (scheme.lookingAt()) {
            readUri(bare.substring(scheme.end()), parts);
        } else {
            readPairs(bare, parts);
        }
    }

    private static void readUri(String uri, Map<String, String> parts) {
        int mark = uri.indexOf('?');
        int at = uri.lastIndexOf('@', mark < 0 ? uri.length() : mark);
        if (at < 0) {
            // A password may hold a question mark that nobody has encoded.
            at = uri.lastIndexOf('@');
        }
        if (at >= 0) {
            String[] login = uri.substring(0, at).split(":", 2);
            put(parts, "user", decoded(login[0]));
            put(parts, "password", login.length > 1 ? decoded(login[1]) : "");
        }
        String rest = uri.substring(at + 1);
        int query = rest.indexOf('?');
        String place = query < 0 ? rest : rest.substring(0, query);
        int slash = place.indexOf('/');
        put(parts, "dbname", slash < 0 ? "" : decoded(place.substring(slash + 1)));
        readHosts(slash < 0 ? place : place.substring(0, slash), parts);
        for (String option : query < 0 ? new String[0] : rest.substring(query + 1).split("&")) {
            String[] pair = option.split("=", 2);
            put(parts, decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : "");
        }
    }

    private static void readHosts(String hosts, Map<String, String> parts) {
        if (hosts.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String host : hosts.split(",", -1)) {
            int colon = host.lastIndexOf(':');
            boolean ported = colon > host.lastIndexOf(']');
            String name = decoded(ported ? host.substring(0, colon) : host);
            boolean bracketed = name.startsWith("[") && name.endsWith("]");
            names.add(bracketed ? name.substring(1, name.length() - 1) : name);
            ports.add(ported ? host.substring(colon + 1) : "");
        }
        put(parts, "host", String.join(",", names));
        if (ports.stream().anyMatch(port -> !port.isEmpty())) {
            put(parts, "port", String.join(",", ports));
        }
    }

    private static void readPairs(String text, Map<String, String> parts) {
        Matcher pair = PAIR.matcher(text);
        int end = 0;
        while (pair.find() && pair.start() == end) {
            String quoted = pair.group(2);
            put(
                    parts,
                    pair.group(1),
                    quoted == null ? pair.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
            end = pair.end();
        }
        if (end != text.length()) {
            throw new IllegalArgumentException(
                    "db-uri is neither postgres://user:password@host:5432/database nor key=value"
                            + " pairs");
        }
    }

    private static void put(Map<String, String> parts, String part, String value) {
        if (!value.isEmpty()) {
            parts.put(part, value);
        }
    }

    private static List<String> written(Map<String, String> parts, Optional<PasswordFile> known) {
        String[] ports = parts.getOrDefault("port", USUAL_PORT).split(",", -1);
        String given = parts.getOrDefault("hostaddr", parts.getOrDefault("host", ""));
        String[] hosts = given.split(",", -1);
        if (ports.length != 1 && ports.length != hosts.length) {
            throw new IllegalArgumentException("db-uri names other than one port for each host");
        }
        List<String> uris = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            Map<String, String> one = new LinkedHashMap<>(parts);
            List.of("hostaddr", "target_session_attrs").forEach(one::remove);
            String port = ports[ports.length == 1 ? 0 : i];
            one.put("port", port.isEmpty() ? USUAL_PORT : port);
            one.put("host", hosts[i].isEmpty() ? usualHost(one.get("port")) : hosts[i]);
            if (!one.containsKey("password")) {
                known.flatMap(file -> file.findPassword(one))
                        .ifPresent(password -> one.put("password", password));
            }
            uris.add(written(one));
        }
        return uris;
    }

    private static String usualHost(String port) {
        return SOCKETS.stream()
                .filter(folder -> Files.exists(folder.resolve(".s.PGSQL." + port)))
                .map(Path::toString)
                .findFirst()
                .orElse("localhost");
    }

    private static String written(Map<String, String> parts) {
        StringBuilder uri = new StringBuilder("postgres://?");
        parts.forEach((part, value) ->
                uri.append(part)
                        .append('=')
                        .append(
                                URLEncoder.encode(value, StandardCharsets.UTF_8)
                                        .replace("+", "%20"))
                        .append('&'));
        return uri.toString();
    }

    private static String decoded(String text) {
        try {
            // In an address a plus is a plus; URLDecoder is for forms.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a % in db-uri is not followed by two hex digits", null);
        }
    }
}
