package dev.ashlar.face.authapi;

import dev.ashlar.auth.CodeRequests;
import dev.ashlar.auth.CodeRequests.Newcomer;
import dev.ashlar.auth.LinkWish;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.link.CodeKind;
import dev.ashlar.auth.message.TextMessage.Channel;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;

/// `/otp`, `/magiclink`, `/recover`, `/resend` and `/reauthenticate`: what sends something.
final class CodeEndpoints {
    private final CodeRequests requests;
    private final BearerToken bearer;

    CodeEndpoints(CodeRequests requests, BearerToken bearer) {
        this.requests = requests;
        this.bearer = bearer;
    }

    HttpResponse otp(HttpRequest request, PathParameters path) {
        AuthBody body = AuthBody.parse(request);
        Visitor visitor = AuthRequests.visitor(request);
        JsonObject data = body.findObject("data").orElse(JsonObject.EMPTY);
        boolean welcome = !body.has("create_user") || body.flag("create_user");
        Newcomer newcomer = welcome ? new Newcomer.Welcome(data) : new Newcomer.TurnedAway();
        Optional<PhoneNumber> phone = body.findPhone("phone");
        Optional<EmailAddress> email = body.findEmail("email");
        requireOne(email.isPresent(), phone.isPresent());
        if (phone.isPresent()) {
            return sent(
                    Optional.of(requests.textCode(phone.get(), newcomer, body.channel(), visitor)));
        }
        requests.magicLink(
                email.orElseThrow(), newcomer, AuthRequests.wish(request, body), visitor);
        return sent(Optional.empty());
    }

    HttpResponse magicLink(HttpRequest request, PathParameters path) {
        AuthBody body = AuthBody.parse(request);
        JsonObject data = body.findObject("data").orElse(JsonObject.EMPTY);
        requests.magicLink(
                requireEmail(body),
                new Newcomer.Welcome(data),
                AuthRequests.wish(request, body),
                AuthRequests.visitor(request));
        return sent(Optional.empty());
    }

    HttpResponse recover(HttpRequest request, PathParameters path) {
        AuthBody body = AuthBody.parse(request);
        requests.recovery(
                requireEmail(body),
                AuthRequests.wish(request, body),
                AuthRequests.visitor(request));
        return sent(Optional.empty());
    }

    HttpResponse resend(HttpRequest request, PathParameters path) {
        AuthBody body = AuthBody.parse(request);
        Visitor visitor = AuthRequests.visitor(request);
        LinkWish wish = AuthRequests.wish(request, body);
        String type = body.findText("type").orElse("");
        return switch (type) {
            case "signup" -> {
                requests.confirmationAgain(requireEmail(body), wish, visitor);
                yield sent(Optional.empty());
            }
            case "email_change" -> {
                requests.emailChangeAgain(requireEmail(body), wish, visitor);
                yield sent(Optional.empty());
            }
            case "sms" -> sent(textAgain(body, CodeKind.CONFIRMATION, visitor));
            case "phone_change" -> sent(textAgain(body, CodeKind.PHONE_CHANGE, visitor));
            case "" ->
                    throw invalid(
                            "Missing one of these types: signup, email_change, sms, phone_change");
            default -> throw invalid("Unsupported type of resend: " + word(type));
        };
    }

    HttpResponse reauthenticate(HttpRequest request, PathParameters path) {
        Caller caller = bearer.requireChanging(request);
        return sent(requests.reauthentication(caller, AuthRequests.visitor(request)));
    }

    private Optional<String> textAgain(AuthBody body, CodeKind kind, Visitor visitor) {
        PhoneNumber phone =
                body.findPhone("phone")
                        .orElseThrow(() -> invalid("Type provided requires a phone number"));
        Channel channel = body.channel();
        return Optional.of(requests.textAgain(phone, kind, channel, visitor));
    }

    private static HttpResponse sent(Optional<String> messageId) {
        JsonObjectBuilder answer = new JsonObjectBuilder();
        messageId.ifPresent(id -> answer.put("message_id", id));
        return AuthJson.response(answer.build());
    }

    private static EmailAddress requireEmail(AuthBody body) {
        return body.findEmail("email").orElseThrow(() -> invalid("An email address is required"));
    }

    static void requireOne(boolean email, boolean phone) {
        if (email && phone) {
            throw invalid("Only an email address or phone number should be provided");
        }
        if (!email && !phone) {
            throw invalid("One of email or phone must be set");
        }
    }

    private static String word(String text) {
        return text.length() > 30 ? text.substring(0, 30) : text;
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
