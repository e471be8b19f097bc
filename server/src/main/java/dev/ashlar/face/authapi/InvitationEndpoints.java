package dev.ashlar.face.authapi;

import dev.ashlar.auth.Invitations;
import dev.ashlar.auth.Invitations.LinkOrder;
import dev.ashlar.auth.Invitations.LinkType;
import dev.ashlar.auth.Invitations.MadeLink;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// `/invite` and `/admin/generate_link`: for bearers of the service role's key.
final class InvitationEndpoints {
    private final Invitations invitations;
    private final BearerToken bearer;

    InvitationEndpoints(Invitations invitations, BearerToken bearer) {
        this.invitations = invitations;
        this.bearer = bearer;
    }

    HttpResponse invite(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parse(request);
        return AuthJson.response(
                AuthJson.user(
                        invitations.invite(
                                caller,
                                requireEmail(body),
                                body.findObject("data").orElse(JsonObject.EMPTY),
                                AuthRequests.wish(request, body),
                                AuthRequests.visitor(request))));
    }

    HttpResponse link(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parse(request);
        Optional<String> redirect =
                body.findText("redirect_to")
                        .or(() -> body.findText("redirectTo"))
                        .or(() -> AuthRequests.findQuery(request, "redirect_to"));
        MadeLink made =
                invitations.link(
                        caller,
                        new LinkOrder(
                                type(body.findText("type").orElse("")),
                                requireEmail(body),
                                body.findEmail("new_email").orElse(null),
                                body.findText("password").orElse(null),
                                body.findObject("data").orElse(JsonObject.EMPTY),
                                redirect),
                        AuthRequests.visitor(request));
        JsonObjectBuilder answer =
                new JsonObjectBuilder()
                        .put("action_link", made.url())
                        .put("email_otp", made.code())
                        .put("hashed_token", made.token())
                        .put("verification_type", made.verificationType())
                        .put("redirect_to", made.redirectTo());
        AuthJson.user(made.account()).members().forEach(answer::put);
        return AuthJson.response(answer.build());
    }

    private static LinkType type(String word) {
        return Stream.of(LinkType.values())
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> invalid("Invalid email action link type requested"));
    }

    private static EmailAddress requireEmail(AuthBody body) {
        return body.findEmail("email").orElseThrow(() -> invalid("An email address is required"));
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
