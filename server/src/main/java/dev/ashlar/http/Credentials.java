package dev.ashlar.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a request shows for itself, unverified: the token of `Authorization: Bearer` (RFC 6750),
/// and the key in the `apikey` header or query parameter.
///
/// Where both are present the bearer decides; clients send their key as both before sign-in.
public record Credentials(Optional<String> bearer, Optional<String> apiKey) {
    private static final String SCHEME = "bearer ";
    private static final String PARAMETER = "apikey=";

    public static Credentials from(HttpRequest request) {
        return new Credentials(
                request.findHeader("Authorization").flatMap(Credentials::findBearer),
                request.findHeader("apikey")
                        .filter(key -> !key.isBlank())
                        .or(() -> findParameter(request.query())));
    }

    /// The one that decides.
    public Optional<String> findDeciding() {
        return bearer.isPresent() ? bearer : apiKey;
    }

    /// Never shows what it holds.
    @Override
    public String toString() {
        return "Credentials[bearer="
                + bearer.map(_ -> "***")
                + ", apiKey="
                + apiKey.map(_ -> "***")
                + "]";
    }

    /// The name of the scheme is read in any case (RFC 9110 section 11.1).
    private static Optional<String> findBearer(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private static Optional<String> findParameter(String query) {
        int at = query.startsWith(PARAMETER) ? 0 : query.indexOf("&" + PARAMETER) + 1;
        if (at == 0 && !query.startsWith(PARAMETER)) {
            return Optional.empty();
        }
        int start = at + PARAMETER.length();
        int end = query.indexOf('&', start);
        String value = query.substring(start, end < 0 ? query.length() : end);
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8))
                    .filter(key -> !key.isBlank());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
