package dev.ashlar.face.authapi;

import dev.ashlar.auth.EmailAddress;
import dev.ashlar.auth.Grant;
import dev.ashlar.auth.SignIn;
import dev.ashlar.auth.SignInOutcome;
import dev.ashlar.auth.SignUp;
import dev.ashlar.auth.SignUpOutcome;
import dev.ashlar.auth.Visitor;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.GrantUnsupported;
import dev.ashlar.problem.AuthProblem.PhoneProviderDisabled;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;

/// `/signup` and `/token`.
final class SignInEndpoints {
    private final SignUp signUp;
    private final SignIn signIn;

    SignInEndpoints(SignUp signUp, SignIn signIn) {
        this.signUp = signUp;
        this.signIn = signIn;
    }

    /// Without e-mail and phone it is an anonymous sign-in.
    HttpResponse signUp(HttpRequest request, PathParameters path) {
        AuthBody body = AuthBody.parse(request);
        JsonObject data = body.findObject("data").orElse(JsonObject.EMPTY);
        Visitor visitor = AuthRequests.visitor(request);
        Optional<EmailAddress> email = requireNoPhone(body);
        SignUpOutcome outcome =
                email.isEmpty()
                        ? signUp.anonymously(data, visitor)
                        : signUp.withEmail(
                                email.get(),
                                requireText(body, "password", "Signup requires a valid password"),
                                data,
                                visitor);
        return AuthJson.response(
                switch (outcome) {
                    case SignUpOutcome.SignedIn(var session) -> AuthJson.session(session);
                    case SignUpOutcome.AwaitsConfirmation(var account) -> AuthJson.user(account);
                });
    }

    HttpResponse token(HttpRequest request, PathParameters path) {
        String type = AuthRequests.findQuery(request, "grant_type").orElse("");
        Grant grant =
                switch (type) {
                    case "password" -> password(AuthBody.parse(request));
                    case "refresh_token" -> refresh(AuthBody.parse(request));
                    default -> throw new ProblemException(new GrantUnsupported());
                };
        return switch (signIn.with(grant, AuthRequests.visitor(request))) {
            case SignInOutcome.SignedIn(var session) ->
                    AuthJson.response(AuthJson.session(session));
            case SignInOutcome.Refused(AuthProblem problem) -> throw new ProblemException(problem);
        };
    }

    private static Grant password(AuthBody body) {
        Optional<EmailAddress> email = requireNoPhone(body);
        if (email.isEmpty()) {
            throw invalid("missing email or phone");
        }
        return new Grant.Password(email.get(), requireText(body, "password", "missing password"));
    }

    private static Grant refresh(AuthBody body) {
        return new Grant.Refresh(requireText(body, "refresh_token", "refresh_token required"));
    }

    /// An account is named by its e-mail address as long as no texts can be sent.
    private static Optional<EmailAddress> requireNoPhone(AuthBody body) {
        Optional<EmailAddress> email = body.findEmail("email");
        if (email.isEmpty() && body.findText("phone").isPresent()) {
            throw new ProblemException(new PhoneProviderDisabled());
        }
        return email;
    }

    private static String requireText(AuthBody body, String name, String otherwise) {
        return body.findText(name).orElseThrow(() -> invalid(otherwise));
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
