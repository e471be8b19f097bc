package dev.ashlar.face.authapi;

import dev.ashlar.auth.FactorAdmin;
import dev.ashlar.auth.FactorUseCases;
import dev.ashlar.auth.Factors;
import dev.ashlar.auth.Factors.Asked;
import dev.ashlar.auth.Factors.Enrolled;
import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.factor.ChallengeWish;
import dev.ashlar.auth.factor.Enrollment;
import dev.ashlar.auth.factor.FactorWish;
import dev.ashlar.auth.factor.Proof;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.UUID;
import java.util.stream.Stream;

/// `/factors` and `/admin/users/{id}/factors`.
final class FactorEndpoints {
    private final Factors factors;
    private final FactorAdmin admin;
    private final BearerToken bearer;
    private final SessionAnswers answers;

    FactorEndpoints(FactorUseCases useCases, BearerToken bearer, SessionAnswers answers) {
        this.answers = answers;
        this.factors = useCases.own();
        this.admin = useCases.admin();
        this.bearer = bearer;
    }

    HttpResponse enroll(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parse(request);
        FactorWish wish =
                new FactorWish(
                        type(body.findText("factor_type").orElse("")),
                        body.findText("friendly_name"),
                        body.findText("issuer"),
                        body.findPhone("phone"));
        Enrolled enrolled = factors.enroll(caller, wish, AuthRequests.visitor(request));
        JsonObjectBuilder answer =
                new JsonObjectBuilder()
                        .put("id", enrolled.factor().id().toString())
                        .put("type", enrolled.factor().type().word())
                        .putIfPresent("friendly_name", enrolled.factor().name());
        switch (enrolled.enrollment()) {
            case Enrollment.OfApp(String qr, String secret, String uri) ->
                    answer.put(
                            "totp",
                            new JsonObjectBuilder()
                                    .put("qr_code", qr)
                                    .put("secret", secret)
                                    .put("uri", uri)
                                    .build());
            case Enrollment.OfPhone(String digits) -> answer.put("phone", digits);
            case Enrollment.Plain() -> {}
        }
        return AuthJson.response(answer.build());
    }

    HttpResponse challenge(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parseOptional(request);
        Asked asked =
                factors.challenge(
                        caller,
                        factor(path, "id"),
                        new ChallengeWish(body.channel(), body.findObject("webauthn")),
                        AuthRequests.visitor(request));
        JsonObjectBuilder answer =
                new JsonObjectBuilder()
                        .put("id", asked.id().toString())
                        .put("type", asked.type().word())
                        .put("expires_at", asked.expiresAt().getEpochSecond());
        asked.webAuthn().ifPresent(options -> answer.put("webauthn", options));
        return AuthJson.response(answer.build());
    }

    HttpResponse verify(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parse(request);
        Proof proof = new Proof(body.findText("code"), body.findObject("webauthn"));
        if (proof.code().isEmpty() && proof.webAuthn().isEmpty()) {
            throw invalid("A code is needed");
        }
        // A challenge that cannot be is one that is over.
        UUID challenge =
                UuidText.find(
                                body.findText("challenge_id")
                                        .orElseThrow(() -> invalid("A challenge_id is needed")))
                        .orElseThrow(() -> refused(ErrorCode.MFA_CHALLENGE_EXPIRED));
        return answers.raised(
                request,
                factors.verify(
                        caller,
                        factor(path, "id"),
                        challenge,
                        proof,
                        AuthRequests.visitor(request)));
    }

    HttpResponse unenroll(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        UUID factor = factor(path, "id");
        factors.unenroll(caller, factor, AuthRequests.visitor(request));
        return AuthJson.response(new JsonObjectBuilder().put("id", factor.toString()).build());
    }

    HttpResponse of(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return HttpResponse.json(
                        200,
                        Json.write(
                                AuthJson.factors(admin.list(caller, AuthRequests.account(path)))))
                .withHeader("Cache-Control", "no-store");
    }

    HttpResponse update(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parse(request);
        return AuthJson.response(
                AuthJson.factor(
                        admin.update(
                                caller,
                                AuthRequests.account(path),
                                factor(path, "factor"),
                                new FactorAdmin.Change(
                                        body.findText("friendly_name"), body.findPhone("phone")),
                                AuthRequests.visitor(request))));
    }

    HttpResponse delete(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return AuthJson.response(
                AuthJson.factor(
                        admin.delete(
                                caller,
                                AuthRequests.account(path),
                                factor(path, "factor"),
                                AuthRequests.visitor(request))));
    }

    private static Factor.Type type(String word) {
        return Stream.of(Factor.Type.values())
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow(() -> invalid("factor_type must be totp, phone or webauthn"));
    }

    private static UUID factor(PathParameters path, String name) {
        return UuidText.find(path.require(name))
                .orElseThrow(() -> refused(ErrorCode.MFA_FACTOR_NOT_FOUND));
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new AuthProblem.Refused(code));
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
