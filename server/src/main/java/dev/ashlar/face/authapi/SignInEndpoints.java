package dev.ashlar.face.authapi;

import dev.ashlar.auth.Grant;
import dev.ashlar.auth.SignIn;
import dev.ashlar.auth.SignInOutcome;
import dev.ashlar.auth.SignUp;
import dev.ashlar.auth.SignUpOutcome;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.GrantUnsupported;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;

/// `/signup` and `/token`.
final class SignInEndpoints {
    private final SignUp signUp;
    private final SignIn signIn;
    private final SocialEndpoints social;
    private final WalletEndpoints wallets;
    private final SessionAnswers answers;

    SignInEndpoints(
            SignUp signUp,
            SignIn signIn,
            SocialEndpoints social,
            WalletEndpoints wallets,
            SessionAnswers answers) {
        this.answers = answers;
        this.signUp = signUp;
        this.signIn = signIn;
        this.social = social;
        this.wallets = wallets;
    }

    /// Without e-mail and phone it is an anonymous sign-in.
    HttpResponse signUp(HttpRequest request, PathParameters path) {
        AuthBody body = AuthBody.parse(request);
        JsonObject data = body.findObject("data").orElse(JsonObject.EMPTY);
        Visitor visitor = AuthRequests.visitor(request);
        Optional<EmailAddress> email = body.findEmail("email");
        Optional<PhoneNumber> phone = body.findPhone("phone");
        String needed = "Signup requires a valid password";
        SignUpOutcome outcome;
        if (email.isPresent()) {
            outcome =
                    signUp.withEmail(
                            email.get(),
                            requireText(body, "password", needed),
                            data,
                            AuthRequests.wish(request, body),
                            visitor);
        } else if (phone.isPresent()) {
            outcome =
                    signUp.withPhone(
                            phone.get(),
                            requireText(body, "password", needed),
                            data,
                            body.channel(),
                            visitor);
        } else {
            outcome = signUp.anonymously(data, visitor);
        }
        return switch (outcome) {
            case SignUpOutcome.SignedIn(var session) -> answers.begun(request, session);
            case SignUpOutcome.AwaitsConfirmation(var account) ->
                    AuthJson.response(AuthJson.user(account));
        };
    }

    HttpResponse token(HttpRequest request, PathParameters path) {
        String type = AuthRequests.findQuery(request, "grant_type").orElse("");
        if (type.equals("id_token")) {
            return social.idToken(request);
        }
        if (type.equals("web3")) {
            return wallets.token(request);
        }
        Grant grant =
                switch (type) {
                    case "password" -> password(AuthBody.parse(request));
                    case "refresh_token" -> refresh(AuthBody.parse(request));
                    case "pkce" -> pkce(AuthBody.parse(request));
                    default -> throw new ProblemException(new GrantUnsupported());
                };
        return switch (signIn.with(grant, AuthRequests.visitor(request))) {
            case SignInOutcome.SignedIn(var session) -> answers.begun(request, session);
            case SignInOutcome.Refused(AuthProblem problem) -> throw new ProblemException(problem);
        };
    }

    private static Grant password(AuthBody body) {
        Optional<EmailAddress> email = body.findEmail("email");
        if (email.isPresent()) {
            return new Grant.Password(
                    email.get(), requireText(body, "password", "missing password"));
        }
        PhoneNumber phone =
                body.findPhone("phone").orElseThrow(() -> invalid("missing email or phone"));
        return new Grant.PhonePassword(phone, requireText(body, "password", "missing password"));
    }

    private static Grant refresh(AuthBody body) {
        return new Grant.Refresh(requireText(body, "refresh_token", "refresh_token required"));
    }

    private static Grant pkce(AuthBody body) {
        String incomplete = "invalid request: both auth code and code verifier should be non-empty";
        return new Grant.Pkce(
                requireText(body, "auth_code", incomplete),
                requireText(body, "code_verifier", incomplete));
    }

    private static String requireText(AuthBody body, String name, String otherwise) {
        return body.findText(name).orElseThrow(() -> invalid(otherwise));
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
