package dev.ashlar.face.authapi;

import dev.ashlar.auth.ProviderUseCases;
import dev.ashlar.auth.keys.KeyRing;
import dev.ashlar.auth.provider.ClientMetadata;
import dev.ashlar.auth.provider.PersonClaims;
import dev.ashlar.auth.provider.Scopes;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonString;
import io.vertx.core.Future;
import java.util.List;

/// What clients learn the OAuth server's addresses from (RFC 8414; OpenID Connect Discovery, 3).
final class DiscoveryEndpoints {
    private static final List<String> CLIENT_PROOFS =
            List.of("client_secret_basic", "client_secret_post", "none");

    private final ProviderUseCases provider;
    private final KeyRing keys;

    DiscoveryEndpoints(ProviderUseCases provider, KeyRing keys) {
        this.provider = provider;
        this.keys = keys;
    }

    Future<HttpResponse> about(HttpRequest request) {
        provider.requireEnabled();
        String issuer = provider.issuer();
        JsonObjectBuilder about =
                new JsonObjectBuilder()
                        .put("issuer", issuer)
                        .put("authorization_endpoint", issuer + "/oauth/authorize")
                        .put("token_endpoint", issuer + "/oauth/token")
                        .put("userinfo_endpoint", issuer + "/oauth/userinfo")
                        .put("revocation_endpoint", issuer + "/oauth/revoke")
                        .put("jwks_uri", issuer + "/.well-known/jwks.json");
        if (provider.context().config().oauthServer().dynamicRegistration()) {
            about.put("registration_endpoint", issuer + "/oauth/clients/register");
        }
        about.put("scopes_supported", texts(Scopes.SUPPORTED))
                .put("response_types_supported", texts(List.of("code")))
                .put("response_modes_supported", texts(List.of("query")))
                .put("grant_types_supported", texts(ClientMetadata.GRANT_TYPES))
                .put("token_endpoint_auth_methods_supported", texts(CLIENT_PROOFS))
                .put("revocation_endpoint_auth_methods_supported", texts(CLIENT_PROOFS))
                .put("code_challenge_methods_supported", texts(List.of("S256")))
                .put("subject_types_supported", texts(List.of("public")))
                .put("id_token_signing_alg_values_supported", texts(algorithms()))
                .put("claims_supported", texts(PersonClaims.SUPPORTED))
                .put(
                        "prompt_values_supported",
                        texts(List.of("none", "login", "consent", "select_account")))
                .put("authorization_response_iss_parameter_supported", true)
                .put("claims_parameter_supported", false)
                .put("request_parameter_supported", false)
                .put("request_uri_parameter_supported", false);
        return Future.succeededFuture(
                HttpResponse.json(200, Json.write(about.build()))
                        .withHeader("Cache-Control", "public, max-age=600"));
    }

    private List<String> algorithms() {
        return keys.published().stream().map(key -> key.algorithm().name()).distinct().toList();
    }

    static JsonArray texts(List<String> texts) {
        return new JsonArray(List.copyOf(texts.stream().map(JsonString::new).toList()));
    }
}
