package dev.ashlar.face.authapi;

import dev.ashlar.auth.OAuthTokens.ClientCredentials;
import dev.ashlar.auth.provider.OAuthParameters;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.problem.AuthProblem.OAuthRefused;
import dev.ashlar.problem.LimitProblem.BodyTooLarge;
import dev.ashlar.problem.OAuthError;
import dev.ashlar.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// Requests of OAuth clients, which are forms (RFC 6749, appendix B).
final class OAuthForm {
    private static final String TYPE = "application/x-www-form-urlencoded";
    private static final String BASIC = "basic ";
    private static final int MAX_BYTES = 64 * 1024;

    private OAuthForm() {}

    static OAuthParameters parse(HttpRequest request) {
        String type = request.findHeader("Content-Type").orElse("");
        int semicolon = type.indexOf(';');
        String plain = semicolon < 0 ? type : type.substring(0, semicolon);
        if (!plain.strip().toLowerCase(Locale.ROOT).equals(TYPE)) {
            throw invalid("Content-Type has to be " + TYPE);
        }
        if (request.body().length() > MAX_BYTES) {
            throw new ProblemException(new BodyTooLarge(MAX_BYTES));
        }
        return OAuthParameters.parse(request.body().toString(StandardCharsets.UTF_8));
    }

    /// From the header or the form, not from both.
    static ClientCredentials credentials(HttpRequest request, OAuthParameters form) {
        Optional<String> header =
                request.findHeader("Authorization")
                        .filter(text -> text.regionMatches(true, 0, BASIC, 0, BASIC.length()))
                        .map(text -> text.substring(BASIC.length()).strip());
        Optional<String> id = form.find("client_id");
        Optional<String> secret = form.find("client_secret");
        if (header.isEmpty()) {
            return new ClientCredentials(
                    id.orElseThrow(() -> unknown("client_id is missing")), secret);
        }
        if (secret.isPresent()) {
            throw invalid("the client's secret is given twice, in header and form");
        }
        ClientCredentials credentials = basic(header.get());
        if (id.filter(other -> !other.equals(credentials.id())).isPresent()) {
            throw invalid("client_id is not the one of the header");
        }
        return credentials;
    }

    private static ClientCredentials basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return new ClientCredentials(
                        URLDecoder.decode(pair.substring(0, colon), StandardCharsets.UTF_8),
                        Optional.of(
                                URLDecoder.decode(
                                        pair.substring(colon + 1), StandardCharsets.UTF_8)));
            }
        } catch (IllegalArgumentException _) {
            // Answered below.
        }
        throw unknown("the header of Basic authentication cannot be read");
    }

    private static ProblemException unknown(String message) {
        return new ProblemException(new OAuthRefused(OAuthError.INVALID_CLIENT, message));
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new OAuthRefused(OAuthError.INVALID_REQUEST, message));
    }
}
