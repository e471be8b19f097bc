package dev.ashlar.face.authapi;

import dev.ashlar.auth.Verification;
import dev.ashlar.auth.Verification.Purpose;
import dev.ashlar.auth.VerifyOutcome;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.link.OneTimeCodes;
import dev.ashlar.auth.link.RedirectTarget;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `/verify`: codes and tokens from clients (POST), links that people follow (GET).
final class VerifyEndpoints {
    private static final String HALF =
            "Confirmation link accepted. Please proceed to confirm link sent to the other email";

    private final Verification verification;
    private final SessionAnswers answers;
    private final LinkPage page;

    /// What a link does when it is followed: at once, or after a button was pressed.
    enum LinkPage {
        AT_ONCE,
        BUTTON_FIRST
    }

    VerifyEndpoints(Verification verification, SessionAnswers answers, LinkPage page) {
        this.answers = answers;
        this.verification = verification;
        this.page = page;
    }

    HttpResponse verify(HttpRequest request, PathParameters path) {
        AuthBody body = AuthBody.parse(request);
        Purpose purpose =
                purpose(body.findText("type"))
                        .orElseThrow(() -> invalid("Verify requires a verification type"));
        return switch (outcome(body, purpose, AuthRequests.visitor(request))) {
            case VerifyOutcome.SignedIn(IssuedSession session) -> answers.begun(request, session);
            case VerifyOutcome.WithCode(String code) ->
                    AuthJson.response(new JsonObjectBuilder().put("code", code).build());
            case VerifyOutcome.HalfDone _ -> AuthJson.response(half());
            case VerifyOutcome.Refused(AuthProblem problem) -> throw new ProblemException(problem);
        };
    }

    /// Whoever only looks (HEAD), as mail scanners do first, uses nothing up.
    HttpResponse follow(HttpRequest request, PathParameters path) {
        RedirectTarget target = verification.target(AuthRequests.findQuery(request, "redirect_to"));
        if (request.method().equals("HEAD")) {
            return HttpResponse.empty(200).withHeader("Cache-Control", "no-store");
        }
        Optional<String> token = AuthRequests.findQuery(request, "token");
        Optional<String> type = AuthRequests.findQuery(request, "type");
        Optional<Purpose> purpose = purpose(type);
        if (token.isEmpty() || purpose.isEmpty()) {
            return redirect(
                    refusal(
                            target,
                            new ValidationFailed("Verify requires a token and a verification type"),
                            false));
        }
        boolean pressed = AuthRequests.findQuery(request, "confirm").isPresent();
        if (page == LinkPage.BUTTON_FIRST && !pressed) {
            return button(request);
        }
        boolean pkce = OneTimeCodes.endsInCode(token.get());
        return redirect(
                switch (verification.link(
                        purpose.get(), token.get(), AuthRequests.visitor(request))) {
                    case VerifyOutcome.SignedIn(IssuedSession session) ->
                            target.withFragment(fragment(session, type.orElse("")));
                    case VerifyOutcome.WithCode(String code) ->
                            target.withQuery(Map.of("code", code));
                    case VerifyOutcome.HalfDone _ ->
                            pkce
                                    ? target.withQuery(Map.of("message", HALF))
                                    : target.withFragment(Map.of("message", HALF));
                    case VerifyOutcome.Refused(AuthProblem problem) ->
                            refusal(target, problem, pkce);
                });
    }

    private VerifyOutcome outcome(AuthBody body, Purpose purpose, Visitor visitor) {
        Optional<String> hash = body.findText("token_hash");
        Optional<String> code = body.findText("token");
        Optional<EmailAddress> email = body.findEmail("email");
        Optional<PhoneNumber> phone = body.findPhone("phone");
        if (hash.isPresent()) {
            if (email.isPresent() || phone.isPresent() || code.isPresent()) {
                throw invalid("Only the token_hash and type should be provided");
            }
            return verification.token(purpose, hash.get(), visitor);
        }
        if (code.isEmpty()) {
            throw invalid("Verify requires a token or a token hash");
        }
        CodeEndpoints.requireOne(email.isPresent(), phone.isPresent());
        boolean byPhone = purpose == Purpose.SMS || purpose == Purpose.PHONE_CHANGE;
        if (byPhone != phone.isPresent()) {
            throw invalid("This type of verification needs " + (byPhone ? "a phone" : "an email"));
        }
        return byPhone
                ? verification.phoneCode(purpose, phone.orElseThrow(), code.get(), visitor)
                : verification.emailCode(purpose, email.orElseThrow(), code.get(), visitor);
    }

    private static Optional<Purpose> purpose(Optional<String> type) {
        return Stream.of(Purpose.values())
                .filter(purpose ->
                        type.equals(Optional.of(purpose.name().toLowerCase(Locale.ROOT))))
                .findFirst();
    }

    private static JsonObject half() {
        return new JsonObjectBuilder().put("msg", HALF).put("code", "200").build();
    }

    private static Map<String, String> fragment(IssuedSession session, String type) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("access_token", session.accessToken());
        fields.put("expires_at", Long.toString(session.expiresAt().getEpochSecond()));
        fields.put("expires_in", Long.toString(session.lifetime().toSeconds()));
        fields.put("refresh_token", session.refreshToken());
        fields.put("token_type", "bearer");
        fields.put("type", type);
        return Collections.unmodifiableMap(fields);
    }

    /// In query and fragment: pages look in either. Clients of PKCE look in the query alone.
    private static String refusal(RedirectTarget target, AuthProblem problem, boolean pkce) {
        int status = problem.code().status();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("error", status >= 500 ? "server_error" : "access_denied");
        fields.put("error_code", String.valueOf(problem.code().word()));
        fields.put(
                "error_description",
                problem.code() == ErrorCode.OTP_EXPIRED
                        ? "Email link is invalid or has expired"
                        : AuthMessages.of(problem, status, ""));
        return pkce ? target.withQuery(fields) : target.withQueryAndFragment(fields);
    }

    /// The session is in the address: no cache and no other page may learn it.
    private static HttpResponse redirect(String url) {
        return HttpResponse.empty(303)
                .withHeader("Location", url)
                .withHeader("Cache-Control", "no-store")
                .withHeader("Referrer-Policy", "no-referrer");
    }

    /// The same address again, by pressing a button: programs that follow links do not press any.
    private static HttpResponse button(HttpRequest request) {
        String fields =
                Stream.of("token", "type", "redirect_to")
                        .flatMap(name ->
                                AuthRequests.findQuery(request, name)
                                        .map(value ->
                                                "<input type=\"hidden\" name=\""
                                                        + name
                                                        + "\" value=\""
                                                        + Html.escaped(value)
                                                        + "\">")
                                        .stream())
                        .collect(Collectors.joining());
        return Html.page(
                "Go on",
                "<p>Press the button to go on.</p><form method=\"get\">"
                        + fields
                        + "<button name=\"confirm\" value=\"1\">Go on</button></form>");
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
