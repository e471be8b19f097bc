package dev.ashlar.face.authapi;

import dev.ashlar.auth.KeyAdmin;
import dev.ashlar.auth.keys.KeyRing;
import dev.ashlar.auth.keys.SigningKey;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `/.well-known/jwks.json`, and `/admin/keys` for bearers of the service role's key.
final class KeyEndpoints {
    private final KeyRing ring;
    private final KeyAdmin admin;
    private final BearerToken bearer;

    KeyEndpoints(KeyRing ring, KeyAdmin admin, BearerToken bearer) {
        this.ring = ring;
        this.admin = admin;
        this.bearer = bearer;
    }

    /// Empty where the server's secret signs: it has no public part, and clients take this as "ask
    /// GET /user".
    HttpResponse published(HttpRequest request, PathParameters path) {
        List<JsonValue> keys =
                List.copyOf(ring.published().stream().map(KeyEndpoints::jwk).toList());
        JsonObject body = new JsonObjectBuilder().put("keys", new JsonArray(keys)).build();
        return HttpResponse.json(200, Json.write(body))
                .withHeader("Cache-Control", "public, max-age=600");
    }

    HttpResponse list(HttpRequest request, PathParameters path) {
        return response(admin.list(bearer.require(request)));
    }

    HttpResponse rotate(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return response(admin.rotate(caller, AuthRequests.visitor(request)));
    }

    HttpResponse revoke(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return response(admin.revoke(caller, path.require("kid"), AuthRequests.visitor(request)));
    }

    private static HttpResponse response(List<SigningKey> keys) {
        List<JsonValue> rows = List.copyOf(keys.stream().map(KeyEndpoints::json).toList());
        return AuthJson.response(new JsonObjectBuilder().put("keys", new JsonArray(rows)).build());
    }

    private static JsonObject json(SigningKey key) {
        return new JsonObjectBuilder()
                .put("kid", key.id())
                .put("algorithm", key.algorithm().name())
                .put("status", key.status().name().toLowerCase(Locale.ROOT))
                .put("created_at", key.createdAt().toString())
                .put("activated_at", text(key.activatedAt()))
                .put("retired_at", text(key.retiredAt()))
                .build();
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static JsonValue jwk(SigningKey key) {
        try {
            return Json.parse(key.publicJwk());
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the stored key is no JSON", e);
        }
    }
}
