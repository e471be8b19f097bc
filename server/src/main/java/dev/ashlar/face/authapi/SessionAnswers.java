package dev.ashlar.face.authapi;

import dev.ashlar.auth.config.CookiesConfig;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.auth.session.SessionCookies;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.json.JsonObjectBuilder;

/// The answer to whoever was signed in: its tokens, or a cookie and no token at all.
final class SessionAnswers {
    private final CookieGate gate;
    private final CookiesConfig config;

    SessionAnswers(CookieGate gate, CookiesConfig config) {
        this.gate = gate;
        this.config = config;
    }

    /// To a sign-in.
    HttpResponse begun(HttpRequest request, IssuedSession session) {
        return CookieGate.asks(request)
                ? cookie(request, session)
                : AuthJson.response(AuthJson.session(session));
    }

    /// To a second factor: whoever came by a cookie goes on by one, also when not asking for it.
    HttpResponse raised(HttpRequest request, IssuedSession session) {
        return gate.speaksFor(request) ? cookie(request, session) : begun(request, session);
    }

    private HttpResponse cookie(HttpRequest request, IssuedSession session) {
        SessionCookies cookies = gate.cookies();
        String value =
                cookies.hold(session, SessionCookie.find(request), AuthRequests.visitor(request));
        return AuthJson.response(
                        new JsonObjectBuilder()
                                .put("user", AuthJson.user(session.account()))
                                .put("csrf_token", cookies.csrfToken(value))
                                .build())
                .withHeader("Set-Cookie", SessionCookie.given(value, config.lifetime()));
    }
}
