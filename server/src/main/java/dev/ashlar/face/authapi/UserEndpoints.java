package dev.ashlar.face.authapi;

import dev.ashlar.auth.Accounts;
import dev.ashlar.auth.Accounts.SignOutScope;
import dev.ashlar.auth.account.AccountChange;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;

/// `/user` and `/logout`: what the bearer of an access token does.
final class UserEndpoints {
    private final Accounts accounts;
    private final BearerToken bearer;
    private final CookieGate gate;

    UserEndpoints(Accounts accounts, BearerToken bearer, CookieGate gate) {
        this.gate = gate;
        this.accounts = accounts;
        this.bearer = bearer;
    }

    HttpResponse current(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return AuthJson.response(AuthJson.user(accounts.current(caller)));
    }

    HttpResponse change(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parse(request);
        AccountChange change =
                new AccountChange(
                        body.findEmail("email").orElse(null),
                        body.findPhone("phone").orElse(null),
                        body.findText("password").orElse(null),
                        body.findText("current_password").orElse(null),
                        body.findText("nonce").orElse(null),
                        body.findObject("data").orElse(null));
        return AuthJson.response(
                AuthJson.user(
                        accounts.change(
                                caller,
                                change,
                                AuthRequests.wish(request, body),
                                body.channel(),
                                AuthRequests.visitor(request))));
    }

    /// At once on this node, whatever else is under way.
    private HttpResponse withoutCookie(HttpRequest request) {
        if (!gate.speaksFor(request)) {
            return HttpResponse.empty(204);
        }
        SessionCookie.find(request).ifPresent(gate.cookies()::forget);
        return HttpResponse.empty(204).withHeader("Set-Cookie", SessionCookie.taken());
    }

    HttpResponse signOut(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        SignOutScope scope =
                switch (AuthRequests.findQuery(request, "scope").orElse("global")) {
                    case "global" -> SignOutScope.GLOBAL;
                    case "local" -> SignOutScope.LOCAL;
                    case "others" -> SignOutScope.OTHERS;
                    default ->
                            throw new ProblemException(
                                    new ValidationFailed(
                                            "Unsupported logout scope: use global, local or"
                                                    + " others"));
                };
        accounts.signOut(caller, scope, AuthRequests.visitor(request));
        return scope == SignOutScope.OTHERS ? HttpResponse.empty(204) : withoutCookie(request);
    }
}
