package dev.ashlar.face.authapi;

import dev.ashlar.auth.PasskeyChallenge;
import dev.ashlar.auth.PasskeyRegistration;
import dev.ashlar.auth.PasskeyUseCases;
import dev.ashlar.auth.SignInOutcome;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.auth.webauthn.AuthenticatorAnswer;
import dev.ashlar.auth.webauthn.Passkey;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.UUID;

/// `/passkeys` for owners and for those who sign in, `/admin/users/{id}/passkeys` for trusted
/// servers.
final class PasskeyEndpoints {
    private final PasskeyUseCases passkeys;
    private final BearerToken bearer;
    private final SessionAnswers answers;

    PasskeyEndpoints(PasskeyUseCases passkeys, BearerToken bearer, SessionAnswers answers) {
        this.answers = answers;
        this.passkeys = passkeys;
        this.bearer = bearer;
    }

    HttpResponse register(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return challenge(passkeys.registration().begin(caller, AuthRequests.visitor(request)));
    }

    HttpResponse verifyRegistration(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parse(request);
        PasskeyRegistration.Outcome outcome =
                passkeys.registration()
                        .finish(
                                caller,
                                challengeId(body),
                                AuthenticatorAnswer.registration(credential(body)),
                                AuthRequests.visitor(request));
        return switch (outcome) {
            case PasskeyRegistration.Outcome.Registered(Passkey passkey) ->
                    AuthJson.response(json(passkey));
            case PasskeyRegistration.Outcome.Refused(AuthProblem problem) ->
                    throw new ProblemException(problem);
        };
    }

    HttpResponse authenticate(HttpRequest request, PathParameters path) {
        AuthBody.parseOptional(request);
        return challenge(passkeys.signIn().begin(AuthRequests.visitor(request)));
    }

    HttpResponse verifyAuthentication(HttpRequest request, PathParameters path) {
        AuthBody body = AuthBody.parse(request);
        SignInOutcome outcome =
                passkeys.signIn()
                        .finish(
                                challengeId(body),
                                AuthenticatorAnswer.authentication(credential(body)),
                                AuthRequests.visitor(request));
        return switch (outcome) {
            case SignInOutcome.SignedIn(IssuedSession session) -> answers.begun(request, session);
            case SignInOutcome.Refused(AuthProblem problem) -> throw new ProblemException(problem);
        };
    }

    HttpResponse own(HttpRequest request, PathParameters path) {
        return list(passkeys.admin().own(bearer.require(request)));
    }

    HttpResponse rename(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        String name = AuthBody.parse(request).findText("friendly_name").orElse("");
        return AuthJson.response(
                json(
                        passkeys.admin()
                                .rename(
                                        caller,
                                        passkey(path),
                                        name,
                                        AuthRequests.visitor(request))));
    }

    HttpResponse deleteOwn(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        passkeys.admin().deleteOwn(caller, passkey(path), AuthRequests.visitor(request));
        return HttpResponse.empty(204);
    }

    HttpResponse of(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return list(passkeys.admin().of(caller, AuthRequests.account(path)));
    }

    HttpResponse delete(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        passkeys.admin()
                .delete(
                        caller,
                        AuthRequests.account(path),
                        passkey(path),
                        AuthRequests.visitor(request));
        return HttpResponse.empty(204);
    }

    private static HttpResponse challenge(PasskeyChallenge challenge) {
        return AuthJson.response(
                new JsonObjectBuilder()
                        .put("challenge_id", challenge.id().toString())
                        .put("options", challenge.options())
                        .put("expires_at", challenge.expiresAt().getEpochSecond())
                        .build());
    }

    private static HttpResponse list(List<Passkey> passkeys) {
        JsonArray items =
                new JsonArray(List.copyOf(passkeys.stream().map(PasskeyEndpoints::json).toList()));
        return HttpResponse.json(200, Json.write(items)).withHeader("Cache-Control", "no-store");
    }

    private static JsonObject json(Passkey passkey) {
        JsonObjectBuilder item = new JsonObjectBuilder().put("id", passkey.id().toString());
        passkey.name().ifPresent(name -> item.put("friendly_name", name));
        item.put("created_at", passkey.createdAt().toString());
        passkey.lastUsedAt().ifPresent(at -> item.put("last_used_at", at.toString()));
        return item.build();
    }

    private static UUID challengeId(AuthBody body) {
        String text = body.findText("challenge_id").orElseThrow(() -> missing("challenge_id"));
        return UuidText.find(text)
                .orElseThrow(() ->
                        new ProblemException(
                                new AuthProblem.Refused(ErrorCode.WEBAUTHN_CHALLENGE_NOT_FOUND)));
    }

    private static JsonObject credential(AuthBody body) {
        return body.findObject("credential").orElseThrow(() -> missing("credential"));
    }

    private static UUID passkey(PathParameters path) {
        return UuidText.find(path.require("passkey"))
                .orElseThrow(() ->
                        new ProblemException(
                                new AuthProblem.Refused(ErrorCode.WEBAUTHN_CREDENTIAL_NOT_FOUND)));
    }

    private static ProblemException missing(String field) {
        return new ProblemException(new ValidationFailed(field + " is required"));
    }
}
