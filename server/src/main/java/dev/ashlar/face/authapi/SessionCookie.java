package dev.ashlar.face.authapi;

import dev.ashlar.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The cookie that holds a session, in the headers of requests and answers (RFC 6265).
///
/// The prefix `__Host-` makes browsers take it only for this very host, over HTTPS, and with all
/// the attributes below: no other host of the domain can set one that is sent here.
final class SessionCookie {
    static final String NAME = "__Host-ashlar-session";

    private static final String ATTRIBUTES = "; HttpOnly; Secure; SameSite=Lax";
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private SessionCookie() {}

    /// Empty also when two different ones are sent, of which nobody can say whose they are.
    static Optional<String> find(HttpRequest request) {
        List<String> values =
                pairs(request).stream()
                        .filter(SessionCookie::isOurs)
                        .map(pair -> pair.substring(NAME.length() + 1))
                        .distinct()
                        .toList();
        return values.size() == 1 && VALUE.matcher(values.getFirst()).matches()
                ? Optional.of(values.getFirst())
                : Optional.empty();
    }

    /// The other cookies, as one header; empty when there are none.
    static Optional<String> others(HttpRequest request) {
        List<String> others = pairs(request).stream().filter(pair -> !isOurs(pair)).toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", others));
    }

    /// `Set-Cookie` that gives it to the browser.
    static String given(String value, Duration lifetime) {
        return NAME + "=" + value + "; Path=/; Max-Age=" + lifetime.toSeconds() + ATTRIBUTES;
    }

    /// `Set-Cookie` that takes it away.
    static String taken() {
        return NAME + "=; Path=/; Max-Age=0" + ATTRIBUTES;
    }

    private static boolean isOurs(String pair) {
        return pair.startsWith(NAME + "=");
    }

    private static List<String> pairs(HttpRequest request) {
        List<String> pairs = new ArrayList<>();
        for (String header : request.headers("Cookie")) {
            for (String pair : header.split(";")) {
                if (!pair.isBlank()) {
                    pairs.add(pair.strip());
                }
            }
        }
        return pairs;
    }
}
