package dev.ashlar.face.authapi;

import dev.ashlar.auth.Recovery;
import dev.ashlar.auth.Recovery.Made;
import dev.ashlar.auth.factor.RecoveryCodeStore.Status;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.List;

/// `/factors/recovery-codes`.
final class RecoveryEndpoints {
    private final Recovery recovery;
    private final BearerToken bearer;
    private final SessionAnswers answers;

    RecoveryEndpoints(Recovery recovery, BearerToken bearer, SessionAnswers answers) {
        this.answers = answers;
        this.recovery = recovery;
        this.bearer = bearer;
    }

    HttpResponse generate(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parseOptional(request);
        return made(
                recovery.generate(
                        caller, body.findText("friendly_name"), AuthRequests.visitor(request)));
    }

    HttpResponse regenerate(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return made(recovery.regenerate(caller, AuthRequests.visitor(request)));
    }

    HttpResponse status(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return AuthJson.response(
                recovery.status(caller)
                        .map(RecoveryEndpoints::json)
                        .orElseGet(
                                () -> new JsonObjectBuilder().put("total", 0).put("remaining", 0))
                        .build());
    }

    HttpResponse verify(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        String code =
                AuthBody.parse(request)
                        .findText("code")
                        .orElseThrow(() ->
                                new ProblemException(new ValidationFailed("A code is needed")));
        return answers.raised(
                request, recovery.verify(caller, code, AuthRequests.visitor(request)));
    }

    HttpResponse delete(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        String id = recovery.delete(caller, AuthRequests.visitor(request)).toString();
        return AuthJson.response(new JsonObjectBuilder().put("id", id).build());
    }

    private static HttpResponse made(Made made) {
        JsonArray codes =
                new JsonArray(List.copyOf(made.codes().stream().map(JsonString::new).toList()));
        return AuthJson.response(json(made.status()).put("codes", codes).build());
    }

    private static JsonObjectBuilder json(Status status) {
        return new JsonObjectBuilder()
                .put("id", status.id().toString())
                .put("type", "recovery_code")
                .putIfPresent("friendly_name", status.name())
                .put("created_at", status.createdAt().toString())
                .put("total", status.total())
                .put("remaining", status.remaining());
    }
}
