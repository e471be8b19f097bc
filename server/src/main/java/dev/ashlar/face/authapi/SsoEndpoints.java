package dev.ashlar.face.authapi;

import dev.ashlar.auth.SsoProviders;
import dev.ashlar.auth.SsoProviders.Wanted;
import dev.ashlar.auth.SsoSignIn.Answer;
import dev.ashlar.auth.SsoSignIn.Start;
import dev.ashlar.auth.SsoUseCases;
import dev.ashlar.auth.saml.SsoProvider;
import dev.ashlar.auth.saml.SsoProvider.Domain;
import dev.ashlar.auth.saml.SsoProvider.Saml;
import dev.ashlar.auth.saml.SsoProvider.Standing;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.LimitProblem.BodyTooLarge;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `/sso` and `/sso/saml/...`, and `/admin/sso/providers` for bearers of the service role's key.
final class SsoEndpoints {
    /// Twice the largest response: in base64, its signs percent-encoded.
    private static final int MAX_FORM_BYTES = 768 * 1024;

    private final SsoUseCases sso;
    private final BearerToken bearer;

    SsoEndpoints(SsoUseCases sso, BearerToken bearer) {
        this.sso = sso;
        this.bearer = bearer;
    }

    HttpResponse start(HttpRequest request, PathParameters path) {
        AuthBody body = AuthBody.parse(request);
        Start start =
                new Start(
                        body.findText("provider_id"),
                        body.findText("domain"),
                        AuthRequests.wish(request, body));
        String url = sso.signIn().start(start, AuthRequests.visitor(request));
        return body.flag("skip_http_redirect")
                ? AuthJson.response(new JsonObjectBuilder().put("url", url).build())
                : VisitEnd.redirect(303, url);
    }

    HttpResponse metadata(HttpRequest request, PathParameters path) {
        HttpResponse response =
                new HttpResponse(
                        200,
                        List.of(new HttpHeader("Content-Type", "application/xml; charset=utf-8")),
                        Buffer.buffer(sso.signIn().metadata()));
        return AuthRequests.findQuery(request, "download").equals(Optional.of("true"))
                ? response.withHeader(
                        "Content-Disposition", "attachment; filename=\"metadata.xml\"")
                : response;
    }

    /// 303, so that the browser does not post again.
    HttpResponse consume(HttpRequest request, PathParameters path) {
        if (request.body().length() > MAX_FORM_BYTES) {
            throw new ProblemException(new BodyTooLarge(MAX_FORM_BYTES));
        }
        Map<String, String> form =
                FormFields.parse(new String(request.body().getBytes(), StandardCharsets.UTF_8));
        Answer answer =
                new Answer(
                        Optional.ofNullable(form.get("SAMLResponse")),
                        Optional.ofNullable(form.get("RelayState"))
                                .filter(text -> !text.isBlank()));
        return VisitEnd.redirect(
                303, VisitEnd.url(sso.signIn().comeBack(answer, AuthRequests.visitor(request))));
    }

    HttpResponse list(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        JsonArray items = array(sso.providers().list(caller), SsoEndpoints::json);
        return AuthJson.response(new JsonObjectBuilder().put("items", items).build());
    }

    HttpResponse create(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        SsoProvider made =
                sso.providers().create(caller, wanted(request), AuthRequests.visitor(request));
        return HttpResponse.json(201, Json.write(json(made)))
                .withHeader("Cache-Control", "no-store");
    }

    HttpResponse one(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return AuthJson.response(json(sso.providers().require(caller, path.require("id"))));
    }

    HttpResponse update(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return AuthJson.response(
                json(
                        sso.providers()
                                .update(
                                        caller,
                                        path.require("id"),
                                        wanted(request),
                                        AuthRequests.visitor(request))));
    }

    HttpResponse delete(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        SsoProviders providers = sso.providers();
        return AuthJson.response(
                json(providers.delete(caller, path.require("id"), AuthRequests.visitor(request))));
    }

    private static Wanted wanted(HttpRequest request) {
        AuthBody body = AuthBody.parse(request);
        return new Wanted(
                body.findText("type"),
                body.findText("metadata_xml"),
                body.findText("metadata_url"),
                body.findTexts("domains"),
                body.findObject("attribute_mapping"),
                body.findText("name_id_format"),
                body.has("disabled")
                        ? Optional.of(body.flag("disabled") ? Standing.DISABLED : Standing.ENABLED)
                        : Optional.empty());
    }

    private static JsonObject json(SsoProvider provider) {
        return new JsonObjectBuilder()
                .put("id", provider.id().toString())
                .put("disabled", !provider.isEnabled())
                .put("saml", saml(provider.saml()))
                .put("domains", array(provider.domains(), SsoEndpoints::domain))
                .put("created_at", provider.moments().createdAt().toString())
                .put("updated_at", provider.moments().updatedAt().toString())
                .build();
    }

    private static JsonObject saml(Saml saml) {
        return new JsonObjectBuilder()
                .put("id", saml.id().toString())
                .put("entity_id", saml.entityId())
                .put("metadata_xml", saml.metadataXml())
                .putIfPresent("metadata_url", saml.metadataUrl().orElse(null))
                .put("attribute_mapping", saml.attributeMapping())
                .putIfPresent("name_id_format", saml.nameIdFormat().orElse(null))
                .build();
    }

    private static JsonObject domain(Domain domain) {
        return new JsonObjectBuilder()
                .put("id", domain.id().toString())
                .put("domain", domain.name())
                .put("created_at", domain.createdAt().toString())
                .put("updated_at", domain.createdAt().toString())
                .build();
    }

    private static <T> JsonArray array(List<T> all, Function<T, JsonObject> json) {
        return new JsonArray(List.copyOf(all.stream().map(json).toList()));
    }
}
