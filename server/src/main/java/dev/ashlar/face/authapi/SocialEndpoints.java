package dev.ashlar.face.authapi;

import dev.ashlar.auth.IdTokenSignIn;
import dev.ashlar.auth.IdTokenSignIn.Presented;
import dev.ashlar.auth.LinkWish;
import dev.ashlar.auth.SignInOutcome;
import dev.ashlar.auth.SocialSignIn.Return;
import dev.ashlar.auth.SocialSignIn.Start;
import dev.ashlar.auth.SocialUseCases;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.link.CodeChallenge;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.auth.social.SocialFailure;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.LimitProblem.BodyTooLarge;
import dev.ashlar.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// `/authorize` and `/callback`, the id token grant, and linking of identities.
final class SocialEndpoints {
    private static final int MAX_FORM_BYTES = 64 * 1024;
    private static final int MAX_EXTRAS = 20;
    private static final int MAX_EXTRA_CHARS = 1_000;

    /// Read here; all others are the provider's.
    private static final Set<String> OWN =
            Set.of(
                    "provider",
                    "redirect_to",
                    "scopes",
                    "code_challenge",
                    "code_challenge_method",
                    "skip_http_redirect",
                    "flow_type",
                    "invite_token",
                    "apikey");

    private final SocialUseCases social;
    private final BearerToken bearer;
    private final SessionAnswers answers;

    SocialEndpoints(SocialUseCases social, BearerToken bearer, SessionAnswers answers) {
        this.answers = answers;
        this.social = social;
        this.bearer = bearer;
    }

    HttpResponse authorize(HttpRequest request, PathParameters path) {
        Map<String, String> query = FormFields.parse(request.query());
        String url = social.signIn().start(start(query), AuthRequests.visitor(request));
        return answer(query, url);
    }

    HttpResponse authorizeLink(HttpRequest request, PathParameters path) {
        Caller caller = bearer.requireChanging(request);
        Map<String, String> query = FormFields.parse(request.query());
        String url =
                social.signIn().startLinking(caller, start(query), AuthRequests.visitor(request));
        return answer(query, url);
    }

    HttpResponse unlink(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        UUID id =
                UuidText.find(path.require("identity"))
                        .orElseThrow(() ->
                                new ProblemException(new Refused(ErrorCode.IDENTITY_NOT_FOUND)));
        social.links().unlink(caller, id, AuthRequests.visitor(request));
        return AuthJson.response(JsonObject.EMPTY);
    }

    HttpResponse callback(HttpRequest request, PathParameters path) {
        return comeBack(request, FormFields.parse(request.query()));
    }

    /// Apple sends people back with a form, which tells their name the first time.
    HttpResponse postedCallback(HttpRequest request, PathParameters path) {
        if (request.body().length() > MAX_FORM_BYTES) {
            throw new ProblemException(new BodyTooLarge(MAX_FORM_BYTES));
        }
        Map<String, String> all = new LinkedHashMap<>(FormFields.parse(request.query()));
        all.putAll(FormFields.parse(new String(request.body().getBytes(), StandardCharsets.UTF_8)));
        return comeBack(request, all);
    }

    private HttpResponse comeBack(HttpRequest request, Map<String, String> fields) {
        Return back =
                new Return(
                        find(fields, "state"),
                        find(fields, "code"),
                        find(fields, "error"),
                        find(fields, "error_description"),
                        find(fields, "iss"),
                        find(fields, "user").flatMap(SocialEndpoints::name));
        return redirect(
                VisitEnd.url(social.signIn().comeBack(back, AuthRequests.visitor(request))));
    }

    /// The grant `id_token`. Whether the token can be believed is told in OAuth's words.
    HttpResponse idToken(HttpRequest request) {
        AuthBody body = AuthBody.parse(request);
        Presented presented =
                new Presented(
                        require(body, "provider"),
                        require(body, "id_token"),
                        body.findText("access_token"),
                        body.findText("nonce"),
                        new LinkWish(
                                AuthRequests.findQuery(request, "redirect_to"), Optional.empty()));
        Optional<Caller> linking =
                body.flag("link_identity")
                        ? Optional.of(bearer.require(request))
                        : Optional.empty();
        IdTokenSignIn grant = social.idTokens();
        try {
            return switch (grant.with(presented, linking, AuthRequests.visitor(request))) {
                case SignInOutcome.SignedIn(IssuedSession session) ->
                        linking.isPresent()
                                ? answers.raised(request, session)
                                : answers.begun(request, session);
                case SignInOutcome.Refused(AuthProblem problem) ->
                        throw new ProblemException(problem);
            };
        } catch (SocialFailure e) {
            JsonObject refusal =
                    new JsonObjectBuilder()
                            .put("error", e.error())
                            .put("error_description", e.getMessage())
                            .put("error_code", e.code().word())
                            .build();
            return HttpResponse.json(400, Json.write(refusal))
                    .withHeader("Cache-Control", "no-store")
                    .withHeader("x-sb-error-code", String.valueOf(e.code().word()));
        }
    }

    private static String require(AuthBody body, String name) {
        return body.findText(name)
                .orElseThrow(
                        () -> new ProblemException(new ValidationFailed(name + " is required")));
    }

    private static Start start(Map<String, String> query) {
        Map<String, String> extras = new LinkedHashMap<>();
        query.forEach((name, value) -> {
            if (!OWN.contains(name) && value.length() <= MAX_EXTRA_CHARS) {
                extras.put(name, value);
            }
        });
        if (extras.size() > MAX_EXTRAS) {
            throw new ProblemException(new ValidationFailed("Too many query parameters"));
        }
        return new Start(
                find(query, "provider")
                        .orElseThrow(() ->
                                new ProblemException(
                                        new Refused(ErrorCode.OAUTH_PROVIDER_NOT_SUPPORTED))),
                new LinkWish(
                        find(query, "redirect_to"),
                        CodeChallenge.find(
                                find(query, "code_challenge"),
                                find(query, "code_challenge_method"))),
                query.getOrDefault("scopes", ""),
                extras);
    }

    private static HttpResponse answer(Map<String, String> query, String url) {
        return find(query, "skip_http_redirect").equals(Optional.of("true"))
                ? AuthJson.response(new JsonObjectBuilder().put("url", url).build())
                : redirect(url);
    }

    private static Optional<String> find(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isBlank());
    }

    /// `{"name": {"firstName", "lastName"}}`, as Apple documents it.
    private static Optional<String> name(String user) {
        try {
            JsonObject name =
                    Json.parse(user) instanceof JsonObject object
                            ? object.findObject("name").orElse(JsonObject.EMPTY)
                            : JsonObject.EMPTY;
            return Optional.of(
                            (name.findText("firstName").orElse("")
                                            + " "
                                            + name.findText("lastName").orElse(""))
                                    .strip())
                    .filter(text -> !text.isEmpty());
        } catch (MalformedJsonException _) {
            return Optional.empty();
        }
    }

    private static HttpResponse redirect(String url) {
        return VisitEnd.redirect(302, url);
    }
}
