package dev.ashlar.face.authapi;

import dev.ashlar.auth.CustomProviders;
import dev.ashlar.auth.CustomProviders.Wanted;
import dev.ashlar.auth.social.CustomProvider;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `/admin/custom-providers`: for bearers of the service role's key. No answer tells a secret.
final class CustomProviderEndpoints {
    private final CustomProviders providers;
    private final BearerToken bearer;

    CustomProviderEndpoints(CustomProviders providers, BearerToken bearer) {
        this.providers = providers;
        this.bearer = bearer;
    }

    HttpResponse list(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        List<CustomProvider> found =
                providers.list(caller, AuthRequests.findQuery(request, "type"));
        JsonArray items =
                new JsonArray(
                        List.copyOf(found.stream().map(CustomProviderEndpoints::json).toList()));
        return AuthJson.response(new JsonObjectBuilder().put("providers", items).build());
    }

    HttpResponse create(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        CustomProvider made =
                providers.create(caller, wanted(request), AuthRequests.visitor(request));
        return HttpResponse.json(201, Json.write(json(made)))
                .withHeader("Cache-Control", "no-store");
    }

    HttpResponse one(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return AuthJson.response(json(providers.require(caller, path.require("identifier"))));
    }

    HttpResponse update(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return AuthJson.response(
                json(
                        providers.update(
                                caller,
                                path.require("identifier"),
                                wanted(request),
                                AuthRequests.visitor(request))));
    }

    HttpResponse delete(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        providers.delete(caller, path.require("identifier"), AuthRequests.visitor(request));
        return HttpResponse.empty(204);
    }

    private static Wanted wanted(HttpRequest request) {
        AuthBody body = AuthBody.parse(request);
        return new Wanted(
                body.findText("identifier"),
                body.findText("provider_type"),
                body.findText("client_secret"),
                body.has("enabled") ? Optional.of(body.flag("enabled")) : Optional.empty(),
                body.all());
    }

    private static JsonObject json(CustomProvider provider) {
        JsonObjectBuilder json =
                new JsonObjectBuilder()
                        .put("id", provider.id().toString())
                        .put("provider_type", provider.type().name().toLowerCase(Locale.ROOT))
                        .put("identifier", provider.identifier());
        provider.definition().members().forEach(json::put);
        return json.put("enabled", provider.enabled())
                .put("created_at", provider.createdAt().toString())
                .put("updated_at", provider.updatedAt().toString())
                .build();
    }
}
