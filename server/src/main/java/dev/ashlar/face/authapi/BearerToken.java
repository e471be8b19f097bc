package dev.ashlar.face.authapi;

import dev.ashlar.auth.Accounts;
import dev.ashlar.auth.token.CallerResolver;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.TokenMissing;
import dev.ashlar.problem.ProblemException;

/// Who holds the token of a request, or the cookie in its place. Unlike on the data API, the
/// publishable key in `apikey` does not stand in for it.
final class BearerToken {
    private final TokenVerifier verifier;
    private final Accounts accounts;
    private final CookieGate gate;

    BearerToken(TokenVerifier verifier, Accounts accounts, CookieGate gate) {
        this.verifier = verifier;
        this.accounts = accounts;
        this.gate = gate;
    }

    Caller require(HttpRequest request) {
        return caller(
                request,
                gate.speaksFor(request)
                        ? gate.requireToken(gate.require(request))
                        : requireOwn(request));
    }

    /// For what changes something although it is asked for by GET.
    Caller requireChanging(HttpRequest request) {
        return caller(
                request,
                gate.speaksFor(request)
                        ? gate.requireToken(gate.requireChanging(request))
                        : requireOwn(request));
    }

    private Caller caller(HttpRequest request, String token) {
        Caller caller = verifier.verify(token);
        request.runsAs(caller.role());
        accounts.requireStanding(caller);
        return caller;
    }

    private static String requireOwn(HttpRequest request) {
        return request.findHeader("Authorization")
                .flatMap(CallerResolver::findBearer)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new ProblemException(new TokenMissing()));
    }
}
