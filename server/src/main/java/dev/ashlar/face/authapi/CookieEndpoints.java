package dev.ashlar.face.authapi;

import dev.ashlar.auth.Accounts;
import dev.ashlar.auth.config.CookiesConfig;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.Optional;

/// `/session`: who is signed in by the cookie, for pages that cannot see it; beyond the dialect.
final class CookieEndpoints {
    private static final JsonObject NOBODY =
            new JsonObjectBuilder()
                    .put("user", JsonNull.NULL)
                    .put("session", JsonNull.NULL)
                    .put("csrf_token", JsonNull.NULL)
                    .build();

    private final CookieGate gate;
    private final CookiesConfig config;
    private final Accounts accounts;
    private final TokenVerifier verifier;

    CookieEndpoints(
            CookieGate gate, CookiesConfig config, Accounts accounts, TokenVerifier verifier) {
        this.gate = gate;
        this.config = config;
        this.accounts = accounts;
        this.verifier = verifier;
    }

    /// Nobody is an answer too. A cookie that is over is taken away, unless the browser has been
    /// given another one since: an answer that comes late must not take that.
    HttpResponse current(HttpRequest request, PathParameters path) {
        Optional<String> cookie = SessionCookie.find(request).filter(_ -> config.enabled());
        if (cookie.isEmpty()) {
            return AuthJson.response(NOBODY);
        }
        Optional<String> token = gate.cookies().find(cookie.get());
        if (token.isPresent()) {
            return somebody(cookie.get(), verifier.verify(token.get()));
        }
        HttpResponse nobody = AuthJson.response(NOBODY);
        return gate.cookies().isReplaced(cookie.get())
                ? nobody
                : nobody.withHeader("Set-Cookie", SessionCookie.taken());
    }

    /// The browser keeps the cookie for as long again.
    private HttpResponse somebody(String cookie, Caller caller) {
        JsonObject session =
                new JsonObjectBuilder()
                        .put("id", caller.claims().findSessionId().orElse(""))
                        .put("aal", caller.claims().values().findText("aal").orElse(""))
                        .build();
        return AuthJson.response(
                        new JsonObjectBuilder()
                                .put("user", AuthJson.user(accounts.current(caller)))
                                .put("session", session)
                                .put("csrf_token", gate.cookies().csrfToken(cookie))
                                .build())
                .withHeader("Set-Cookie", SessionCookie.given(cookie, config.lifetime()));
    }
}
