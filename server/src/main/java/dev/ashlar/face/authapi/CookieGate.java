package dev.ashlar.face.authapi;

import dev.ashlar.auth.config.CookiesConfig;
import dev.ashlar.auth.session.SessionCookies;
import dev.ashlar.auth.token.CallerResolver;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.InternalProblem;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether the cookie of a request may speak for it. Browsers send cookies along with whatever
/// another site's page makes them ask; so what changes something needs two proofs that a page of
/// ours asks: where the browser says that the request comes from, and a token that only pages of
/// ours can have read.
final class CookieGate {
    private static final String MODE = "X-Ashlar-Session";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final SessionCookies cookies;
    private final CookiesConfig config;
    private final List<String> origins;

    /// `origins` are those of other pages that may send cookies, beside pages of this very origin.
    CookieGate(SessionCookies cookies, CookiesConfig config, List<String> origins) {
        this.cookies = cookies;
        this.config = config;
        this.origins = origins.stream().filter(origin -> !origin.equals("*")).toList();
    }

    SessionCookies cookies() {
        return cookies;
    }

    /// Whether the answer to a sign-in is to be a cookie.
    static boolean asks(HttpRequest request) {
        return request.findHeader(MODE).filter("cookie"::equalsIgnoreCase).isPresent();
    }

    /// Before anything is done: no other site's page may sign a browser in.
    void admit(HttpRequest request) {
        if (!asks(request)) {
            return;
        }
        if (!config.enabled()) {
            throw new ProblemException(
                    new ValidationFailed("Cookies are switched off: auth.cookies.enabled"));
        }
        requireOwnPage(request);
    }

    /// Whether a cookie says who is calling. A bearer token wins, unless it is but the API key that
    /// clients put in both places while nobody is signed in.
    boolean speaksFor(HttpRequest request) {
        if (!config.enabled() || request.findHeader("Cookie").isEmpty()) {
            return false;
        }
        Optional<String> bearer =
                request.findHeader("Authorization")
                        .flatMap(CallerResolver::findBearer)
                        .filter(token -> !token.isEmpty());
        boolean mine = bearer.isEmpty() || bearer.equals(request.findHeader("apikey"));
        return mine && SessionCookie.find(request).isPresent();
    }

    /// The cookie of a request that it speaks for. What is asked by GET changes nothing, or asks
    /// for [#requireChanging] instead.
    String require(HttpRequest request) {
        return SAFE.contains(request.method())
                ? SessionCookie.find(request).orElseThrow()
                : requireChanging(request);
    }

    String requireChanging(HttpRequest request) {
        String cookie = SessionCookie.find(request).orElseThrow();
        requireOwnPage(request);
        return request.findHeader("X-CSRF-Token")
                .filter(token -> cookies.isCsrfToken(cookie, token))
                .map(_ -> cookie)
                .orElseThrow(() -> refused(ErrorCode.CSRF_TOKEN_INVALID));
    }

    /// The access token behind a cookie. Blocks.
    String requireToken(String cookie) {
        Optional<String> token;
        try {
            token = cookies.find(cookie);
        } catch (ProblemException e) {
            // What the database says of our own statements is not for whoever asks for data.
            throw e.problem() instanceof DataProblem.Rejected
                    ? new ProblemException(new InternalProblem.Unexpected(), e)
                    : e;
        }
        return token.orElseThrow(() -> refused(ErrorCode.SESSION_COOKIE_OVER));
    }

    /// Pages cannot write either header. `Sec-Fetch-Site` is right also where a proxy hides from us
    /// under which name we were called.
    private void requireOwnPage(HttpRequest request) {
        Optional<String> origin = request.findHeader("Origin");
        String site = request.findHeader("Sec-Fetch-Site").orElse("");
        boolean own =
                site.equals("same-origin")
                        || origin.filter(from ->
                                        from.equals(request.origin()) || origins.contains(from))
                                .isPresent();
        if (!own) {
            throw refused(ErrorCode.ORIGIN_NOT_ALLOWED);
        }
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new Refused(code));
    }
}
