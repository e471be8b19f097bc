package dev.ashlar.face.authapi;

import dev.ashlar.auth.config.CookiesConfig;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.auth.session.SessionCookies;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;

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
                : AuthJson.response(tokens(session));
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

    /// Here and nowhere else, so that no endpoint gives tokens to whoever asked for a cookie.
    private static JsonObject tokens(IssuedSession session) {
        JsonObjectBuilder json =
                new JsonObjectBuilder()
                        .put("access_token", session.accessToken())
                        .put("token_type", "bearer")
                        .put("expires_in", session.lifetime().toSeconds())
                        .put("expires_at", session.expiresAt().getEpochSecond())
                        .put("refresh_token", session.refreshToken())
                        .put("user", AuthJson.user(session.account()));
        session.provider()
                .ifPresent(tokens -> {
                    json.put("provider_token", tokens.access());
                    json.putIfPresent("provider_refresh_token", tokens.refresh().orElse(null));
                });
        return json.build();
    }
}
