package dev.ashlar.face.authapi;

import dev.ashlar.auth.OAuthTokens.ClientCredentials;
import dev.ashlar.auth.OAuthTokens.Outcome;
import dev.ashlar.auth.ProviderUseCases;
import dev.ashlar.auth.provider.OAuthParameters;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.OAuthRefused;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.OAuthError;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// `/oauth/token`, `/oauth/revoke` and `/oauth/userinfo`: what clients call themselves.
final class OAuthTokenEndpoints {
    private final ProviderUseCases provider;
    private final TokenVerifier verifier;
    private final BearerToken bearer;

    OAuthTokenEndpoints(ProviderUseCases provider, TokenVerifier verifier, BearerToken bearer) {
        this.provider = provider;
        this.verifier = verifier;
        this.bearer = bearer;
    }

    HttpResponse token(HttpRequest request, PathParameters path) {
        provider.requireEnabled();
        OAuthParameters form = OAuthForm.parse(request);
        form.requireSingle();
        ClientCredentials credentials = OAuthForm.credentials(request, form);
        Outcome outcome =
                inWordsOfOAuth(
                        OAuthError.INVALID_GRANT,
                        () ->
                                provider.tokens()
                                        .grant(form, credentials, AuthRequests.visitor(request)));
        return switch (outcome) {
            case Outcome.Issued issued -> AuthJson.response(json(issued));
            case Outcome.Refused(OAuthRefused refusal) -> throw new ProblemException(refusal);
        };
    }

    /// Says yes to any token (RFC 7009, 2.2).
    HttpResponse revoke(HttpRequest request, PathParameters path) {
        provider.requireEnabled();
        OAuthParameters form = OAuthForm.parse(request);
        form.requireSingle();
        ClientCredentials credentials = OAuthForm.credentials(request, form);
        String token = form.require("token");
        provider.tokens()
                .revoke(token, findSession(token), credentials, AuthRequests.visitor(request));
        return HttpResponse.empty(200).withHeader("Cache-Control", "no-store");
    }

    HttpResponse userInfo(HttpRequest request, PathParameters path) {
        provider.requireEnabled();
        return AuthJson.response(
                inWordsOfOAuth(
                        OAuthError.INVALID_TOKEN,
                        () -> provider.tokens().userInfo(bearer.require(request))));
    }

    /// Clients read no other words at these endpoints. Without the cause: it is the caller's fault
    /// all the same, and nothing to warn of.
    private static <T> T inWordsOfOAuth(OAuthError error, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            if (e.problem() instanceof AuthProblem problem
                    && !(problem instanceof OAuthRefused)
                    && problem.code() != ErrorCode.OAUTH_SERVER_DISABLED) {
                throw new ProblemException(
                        new OAuthRefused(
                                error, AuthMessages.of(problem, problem.code().status(), "")));
            }
            throw e;
        }
    }

    private Optional<UUID> findSession(String token) {
        try {
            return verifier.verify(token).claims().findSessionId().map(UUID::fromString);
        } catch (ProblemException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static JsonObject json(Outcome.Issued issued) {
        JsonObjectBuilder json =
                new JsonObjectBuilder()
                        .put("access_token", issued.session().accessToken())
                        .put("token_type", "bearer")
                        .put("expires_in", issued.session().lifetime().toSeconds())
                        .put("scope", issued.scope());
        issued.refreshToken().ifPresent(token -> json.put("refresh_token", token));
        issued.idToken().ifPresent(token -> json.put("id_token", token));
        return json.build();
    }
}
