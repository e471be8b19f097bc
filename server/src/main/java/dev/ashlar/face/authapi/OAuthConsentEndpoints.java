package dev.ashlar.face.authapi;

import dev.ashlar.auth.OAuthAuthorizations.Decision;
import dev.ashlar.auth.OAuthAuthorizations.Progress;
import dev.ashlar.auth.ProviderUseCases;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.link.RedirectTarget;
import dev.ashlar.auth.provider.AuthorizationRequest;
import dev.ashlar.auth.provider.Consent;
import dev.ashlar.auth.provider.OAuthClient;
import dev.ashlar.auth.provider.OAuthParameters;
import dev.ashlar.auth.provider.Scopes;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.OAuthRefused;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// `/oauth/authorize`, where browsers come from clients, and what the application's consent page
/// calls; `/user/oauth/grants`.
final class OAuthConsentEndpoints {
    private static final int MAX_ID_CHARS = 200;

    private final ProviderUseCases provider;
    private final BearerToken bearer;

    OAuthConsentEndpoints(ProviderUseCases provider, BearerToken bearer) {
        this.provider = provider;
        this.bearer = bearer;
    }

    /// What is wrong with client or address is shown, never sent to that address.
    HttpResponse authorize(HttpRequest request, PathParameters path) {
        provider.requireEnabled();
        try {
            OAuthParameters parameters =
                    request.method().equals("POST")
                            ? OAuthForm.parse(request)
                            : OAuthParameters.parse(request.query());
            Progress progress =
                    provider.authorizations().begin(parameters, AuthRequests.visitor(request));
            return HttpResponse.empty(303)
                    .withHeader("Location", url(progress))
                    .withHeader("Cache-Control", "no-store")
                    .withHeader("Referrer-Policy", "no-referrer");
        } catch (ProblemException e) {
            boolean page =
                    request.findHeader("Accept").filter(t -> t.contains("text/html")).isPresent();
            if (page && e.problem() instanceof AuthProblem problem) {
                int status = problem.code().status();
                String words = AuthMessages.of(problem, status, "");
                return Html.page(
                                "This request cannot be answered",
                                "<p>The application that sent you here made a mistake: "
                                        + Html.escaped(words)
                                        + ".</p>")
                        .withStatus(status);
            }
            throw e;
        }
    }

    /// Whoever asks first takes the authorization up, and where they agreed before a code is made.
    HttpResponse details(HttpRequest request, PathParameters path) {
        provider.requireEnabled();
        Caller caller = bearer.requireChanging(request);
        return response(
                provider.authorizations()
                        .consider(caller, id(path), AuthRequests.visitor(request)));
    }

    HttpResponse decide(HttpRequest request, PathParameters path) {
        provider.requireEnabled();
        Caller caller = bearer.require(request);
        Decision decision =
                switch (AuthBody.parse(request).findText("action").orElse("")) {
                    case "approve" -> Decision.APPROVE;
                    case "deny" -> Decision.DENY;
                    default -> throw invalid("action has to be approve or deny");
                };
        return response(
                provider.authorizations()
                        .decide(caller, id(path), decision, AuthRequests.visitor(request)));
    }

    HttpResponse grants(HttpRequest request, PathParameters path) {
        provider.requireEnabled();
        List<JsonValue> rows =
                List.copyOf(
                        provider.grants().list(bearer.require(request)).stream()
                                .map(OAuthConsentEndpoints::grant)
                                .toList());
        return HttpResponse.json(200, Json.write(new JsonArray(rows)))
                .withHeader("Cache-Control", "no-store");
    }

    HttpResponse revoke(HttpRequest request, PathParameters path) {
        provider.requireEnabled();
        Caller caller = bearer.require(request);
        String client =
                AuthRequests.findQuery(request, "client_id")
                        .orElseThrow(() -> invalid("client_id is required"));
        UUID id =
                UuidText.find(client)
                        .orElseThrow(() ->
                                new ProblemException(new Refused(ErrorCode.OAUTH_GRANT_NOT_FOUND)));
        provider.grants().revoke(caller, id, AuthRequests.visitor(request));
        return HttpResponse.empty(204);
    }

    private HttpResponse response(Progress progress) {
        return AuthJson.response(
                progress
                                instanceof
                                Progress.AwaitsDecision(
                                        String id,
                                        AuthorizationRequest asked,
                                        OAuthClient client,
                                        Account account)
                        ? question(id, asked, client, account)
                        : new JsonObjectBuilder().put("redirect_url", url(progress)).build());
    }

    private String url(Progress progress) {
        return switch (progress) {
            case Progress.AwaitsPerson(String url) -> url;
            case Progress.Approved(RedirectTarget target, String code, Optional<String> state) -> {
                Map<String, String> fields = new LinkedHashMap<>();
                fields.put("code", code);
                yield back(target, fields, state);
            }
            case Progress.Declined(
                            RedirectTarget target,
                            OAuthRefused refusal,
                            Optional<String> state) -> {
                Map<String, String> fields = new LinkedHashMap<>();
                fields.put("error", refusal.error().word());
                fields.put("error_description", refusal.description());
                yield back(target, fields, state);
            }
            case Progress.AwaitsDecision _ ->
                    throw new IllegalStateException("nobody has decided yet");
        };
    }

    /// With our name, so that a client of several servers knows whose answer it is (RFC 9207).
    private String back(RedirectTarget target, Map<String, String> fields, Optional<String> state) {
        state.ifPresent(text -> fields.put("state", text));
        fields.put("iss", provider.issuer());
        return target.withQuery(fields);
    }

    private static JsonObject question(
            String id, AuthorizationRequest asked, OAuthClient client, Account account) {
        String email = account.contact().email();
        JsonObjectBuilder json =
                new JsonObjectBuilder()
                        .put("authorization_id", id)
                        .put("redirect_uri", asked.redirectUri())
                        .put("client", client(client))
                        .put(
                                "user",
                                new JsonObjectBuilder()
                                        .put("id", account.id().toString())
                                        .put("email", email == null ? "" : email)
                                        .build())
                        .put("scope", asked.scope());
        asked.resource().ifPresent(resource -> json.put("resource", resource));
        return json.build();
    }

    private static JsonObject grant(Consent consent) {
        return new JsonObjectBuilder()
                .put("client", client(consent.client()))
                .put("scopes", DiscoveryEndpoints.texts(List.copyOf(Scopes.words(consent.scope()))))
                .put("granted_at", consent.grantedAt().toString())
                .build();
    }

    private static JsonObject client(OAuthClient client) {
        return new JsonObjectBuilder()
                .put("id", client.id().toString())
                .put("name", client.metadata().name())
                .put("uri", client.metadata().uri().orElse(""))
                .put("logo_uri", client.metadata().logoUri().orElse(""))
                .build();
    }

    private static String id(PathParameters path) {
        String id = path.require("id");
        if (id.length() > MAX_ID_CHARS) {
            throw new ProblemException(new Refused(ErrorCode.OAUTH_AUTHORIZATION_NOT_FOUND));
        }
        return id;
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
