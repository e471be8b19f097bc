package dev.ashlar.face.authapi;

import dev.ashlar.auth.OAuthClients;
import dev.ashlar.auth.OAuthClients.WithSecret;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.provider.ClientMetadata;
import dev.ashlar.auth.provider.ClientMetadata.AuthMethod;
import dev.ashlar.auth.provider.OAuthClient;
import dev.ashlar.auth.provider.Scopes;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.OAuthRefused;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.OAuthError;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem.BodyMalformed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// `/admin/oauth/clients` for bearers of the service role's key, and `/oauth/clients/register` for
/// clients themselves (RFC 7591).
final class OAuthClientEndpoints {
    private static final int PER_PAGE = 50;
    private static final int MAX_PER_PAGE = 1_000;
    private static final int MAX_PAGE = 1_000_000;

    private final OAuthClients clients;
    private final BearerToken bearer;

    OAuthClientEndpoints(OAuthClients clients, BearerToken bearer) {
        this.clients = clients;
        this.bearer = bearer;
    }

    HttpResponse list(HttpRequest request, PathParameters path) {
        clients.requireEnabled();
        Caller caller = bearer.require(request);
        int page = AuthRequests.number(request, "page", 1, MAX_PAGE);
        int perPage = AuthRequests.number(request, "per_page", PER_PAGE, MAX_PER_PAGE);
        OAuthClients.Page found = clients.list(caller, (page - 1L) * perPage, perPage);
        List<JsonValue> rows =
                List.copyOf(found.clients().stream().map(client -> json(client).build()).toList());
        return AuthJson.response(
                        new JsonObjectBuilder()
                                .put("clients", new JsonArray(rows))
                                .put("aud", "authenticated")
                                .build())
                .withHeader("X-Total-Count", Long.toString(found.total()))
                .withHeader(
                        "Link",
                        AuthRequests.links(
                                request, "/admin/oauth/clients", page, perPage, found.total()));
    }

    HttpResponse create(HttpRequest request, PathParameters path) {
        clients.requireEnabled();
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parse(request);
        ClientMetadata metadata = metadata(body, body.findText("scope"), "");
        return AuthJson.response(
                        withSecret(clients.create(caller, metadata, AuthRequests.visitor(request))))
                .withStatus(201);
    }

    HttpResponse one(HttpRequest request, PathParameters path) {
        clients.requireEnabled();
        Caller caller = bearer.require(request);
        return AuthJson.response(json(clients.require(caller, id(path))).build());
    }

    HttpResponse update(HttpRequest request, PathParameters path) {
        clients.requireEnabled();
        Caller caller = bearer.require(request);
        AuthBody body = AuthBody.parse(request);
        OAuthClient changed =
                clients.update(
                        caller,
                        id(path),
                        before -> changed(before, body),
                        AuthRequests.visitor(request));
        return AuthJson.response(json(changed).build());
    }

    HttpResponse delete(HttpRequest request, PathParameters path) {
        clients.requireEnabled();
        Caller caller = bearer.require(request);
        clients.delete(caller, id(path), AuthRequests.visitor(request));
        return HttpResponse.empty(204);
    }

    HttpResponse replaceSecret(HttpRequest request, PathParameters path) {
        clients.requireEnabled();
        Caller caller = bearer.require(request);
        return AuthJson.response(
                withSecret(clients.replaceSecret(caller, id(path), AuthRequests.visitor(request))));
    }

    /// Scopes that are unknown here are left out of what is registered (RFC 7591, 3.2.1).
    HttpResponse register(HttpRequest request, PathParameters path) {
        clients.requireOpen();
        ClientMetadata metadata;
        try {
            AuthBody body = AuthBody.parse(request);
            Optional<String> scope =
                    body.findText("scope").map(Scopes::known).filter(words -> !words.isEmpty());
            metadata = metadata(body, scope, "Unnamed client");
        } catch (ProblemException e) {
            String message =
                    switch (e.problem()) {
                        case BodyMalformed(String reason) -> reason;
                        case ValidationFailed(String reason) -> reason;
                        default -> throw e;
                    };
            throw new ProblemException(
                    new OAuthRefused(OAuthError.INVALID_CLIENT_METADATA, message));
        }
        WithSecret registered = clients.register(metadata, AuthRequests.visitor(request));
        OAuthClient client = registered.client();
        JsonObjectBuilder answer =
                json(client).put("client_id_issued_at", client.createdAt().getEpochSecond());
        registered
                .secret()
                .ifPresent(secret ->
                        answer.put("client_secret", secret).put("client_secret_expires_at", 0));
        return AuthJson.response(answer.build()).withStatus(201);
    }

    private static ClientMetadata metadata(
            AuthBody body, Optional<String> scope, String nameOtherwise) {
        requireCode(body);
        return new ClientMetadata(
                body.findText("client_name").orElse(nameOtherwise),
                body.findTexts("redirect_uris").orElse(List.of()),
                body.findTexts("grant_types").orElse(ClientMetadata.GRANT_TYPES),
                scope,
                body.findText("client_uri"),
                body.findText("logo_uri"),
                method(body).orElse(AuthMethod.CLIENT_SECRET_BASIC));
    }

    private static ClientMetadata changed(ClientMetadata before, AuthBody body) {
        requireCode(body);
        return new ClientMetadata(
                body.findText("client_name").orElse(before.name()),
                body.findTexts("redirect_uris").orElse(before.redirectUris()),
                body.findTexts("grant_types").orElse(before.grantTypes()),
                body.findText("scope").or(before::scope),
                body.findText("client_uri").or(before::uri),
                body.findText("logo_uri").or(before::logoUri),
                method(body).orElse(before.authMethod()));
    }

    private static void requireCode(AuthBody body) {
        if (!body.findTexts("response_types").orElse(List.of("code")).equals(List.of("code"))) {
            throw invalid("response_types can only be code");
        }
    }

    private static Optional<AuthMethod> method(AuthBody body) {
        return body.findText("token_endpoint_auth_method")
                .map(word ->
                        Stream.of(AuthMethod.values())
                                .filter(method -> method.word().equals(word))
                                .findFirst()
                                .orElseThrow(() ->
                                        invalid(
                                                "token_endpoint_auth_method has to be none,"
                                                        + " client_secret_basic or"
                                                        + " client_secret_post")));
    }

    private static JsonObject withSecret(WithSecret created) {
        JsonObjectBuilder json = json(created.client());
        created.secret().ifPresent(secret -> json.put("client_secret", secret));
        return json.build();
    }

    private static JsonObjectBuilder json(OAuthClient client) {
        ClientMetadata metadata = client.metadata();
        JsonObjectBuilder json =
                new JsonObjectBuilder()
                        .put("client_id", client.id().toString())
                        .put("client_name", metadata.name())
                        .put("client_type", metadata.isPublic() ? "public" : "confidential")
                        .put("redirect_uris", DiscoveryEndpoints.texts(metadata.redirectUris()))
                        .put("grant_types", DiscoveryEndpoints.texts(metadata.grantTypes()))
                        .put("response_types", DiscoveryEndpoints.texts(List.of("code")))
                        .put(
                                "registration_type",
                                client.registration().name().toLowerCase(Locale.ROOT))
                        .put("token_endpoint_auth_method", metadata.authMethod().word());
        metadata.scope().ifPresent(scope -> json.put("scope", scope));
        metadata.uri().ifPresent(uri -> json.put("client_uri", uri));
        metadata.logoUri().ifPresent(uri -> json.put("logo_uri", uri));
        return json.put("created_at", client.createdAt().toString())
                .put("updated_at", client.updatedAt().toString());
    }

    private static UUID id(PathParameters path) {
        return UuidText.find(path.require("id"))
                .orElseThrow(
                        () -> new ProblemException(new Refused(ErrorCode.OAUTH_CLIENT_NOT_FOUND)));
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
