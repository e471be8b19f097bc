package dev.ashlar.face.authapi;

import dev.ashlar.auth.token.CallerResolver;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.TokenMissing;
import dev.ashlar.problem.ProblemException;

/// Who holds the token of a request. Unlike on the data API, the publishable key in `apikey` does
/// not stand in for it.
final class BearerToken {
    private final TokenVerifier verifier;

    BearerToken(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    Caller require(HttpRequest request) {
        String token =
                request.findHeader("Authorization")
                        .flatMap(CallerResolver::findBearer)
                        .filter(text -> !text.isEmpty())
                        .orElseThrow(() -> new ProblemException(new TokenMissing()));
        Caller caller = verifier.verify(token);
        request.runsAs(caller.role());
        return caller;
    }
}
