package dev.ashlar.face.authapi;

import dev.ashlar.auth.SignInOutcome;
import dev.ashlar.auth.WalletSignIn;
import dev.ashlar.auth.WalletSignIn.Presented;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;

/// The grant `web3` of `/token`.
final class WalletEndpoints {
    private final WalletSignIn wallets;
    private final SessionAnswers answers;

    WalletEndpoints(WalletSignIn wallets, SessionAnswers answers) {
        this.wallets = wallets;
        this.answers = answers;
    }

    HttpResponse token(HttpRequest request) {
        AuthBody body = AuthBody.parse(request);
        Presented presented =
                new Presented(
                        require(body, "chain"),
                        require(body, "message"),
                        require(body, "signature"));
        return switch (wallets.with(presented, AuthRequests.visitor(request))) {
            case SignInOutcome.SignedIn(var session) -> answers.begun(request, session);
            case SignInOutcome.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    private static String require(AuthBody body, String name) {
        return body.findText(name)
                .orElseThrow(
                        () -> new ProblemException(new ValidationFailed(name + " is required")));
    }
}
