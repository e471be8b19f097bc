package dev.ashlar.face.rest;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.engine.Engine;
import dev.ashlar.face.rest.OpenApiConfig.Mode;
import dev.ashlar.face.rest.openapi.OpenApi;
import dev.ashlar.face.rest.openapi.OpenApi.Form;
import dev.ashlar.face.rest.openapi.OpenApi.Security;
import dev.ashlar.face.rest.openapi.OpenApi.Visibility;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The root of the API: its description, which the operator may replace by a function or switch off
/// (PostgREST's reference, "OpenAPI").
final class RootResource {
    /// What is known of more tables is written on a worker thread, one document after the other:
    /// that takes a second and 25 MB for ten thousand.
    private static final int LARGE_CATALOG = 200;

    private static final String ROOT = "/";
    private static final HttpHeader TYPE =
            new HttpHeader("Content-Type", "application/openapi+json; charset=utf-8");
    private static final HttpHeader TYPE_3_1 =
            new HttpHeader("Content-Type", "application/vnd.oai.openapi+json;version=3.1");

    /// The dialect that is described.
    private static final String VERSION = "16";

    private final OpenApiConfig config;
    private final List<String> schemas;
    private final Engine engine;

    RootResource(RestConfig config, Engine engine) {
        this.config = config.openapi();
        this.schemas = config.schemas();
        this.engine = engine;
    }

    static boolean isAsked(HttpRequest request) {
        return request.subPath().equals(ROOT) || request.subPath().isEmpty();
    }

    /// The request of the function that stands in for the description, or the request itself.
    HttpRequest resolved(HttpRequest request) {
        return isAsked(request) && config.rootSpec().isPresent() && isRead(request)
                ? FunctionRequest.of(request, config.rootSpec().get())
                : request;
    }

    Future<HttpResponse> answer(HttpRequest request, Caller caller, String schema) {
        Catalog catalog = engine.catalog();
        Context loop = catalog.tables().size() > LARGE_CATALOG ? Vertx.currentContext() : null;
        return loop == null
                ? Future.succeededFuture(answer(request, caller, schema, catalog))
                : loop.executeBlocking(() -> answer(request, caller, schema, catalog), true)
                        .map(made -> made);
    }

    private HttpResponse answer(
            HttpRequest request, Caller caller, String schema, Catalog catalog) {
        if (config.mode() == Mode.DISABLED) {
            throw new ProblemException(new RequestProblem.RootDisabled());
        }
        if (!isRead(request)) {
            throw new ProblemException(new RequestProblem.MethodUnsupported(request.method()));
        }
        Form form = form(request);
        OpenApi.View view =
                new OpenApi.View(
                        schema,
                        caller.role(),
                        config.mode() == Mode.IGNORE_PRIVILEGES
                                ? Visibility.EVERYTHING
                                : Visibility.ALLOWED_ONLY,
                        config.securityActive() ? Security.TOLD : Security.SILENT,
                        address(request),
                        VERSION,
                        form);
        List<HttpHeader> headers = new ArrayList<>(2);
        headers.add(form == Form.OPENAPI_3_1 ? TYPE_3_1 : TYPE);
        if (schemas.size() > 1) {
            headers.add(new HttpHeader("Content-Profile", schema));
        }
        return new HttpResponse(200, headers, Buffer.buffer(OpenApi.document(catalog, view)));
    }

    private static boolean isRead(HttpRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private URI address(HttpRequest request) {
        return URI.create(
                config.serverProxyUri().orElseGet(() -> request.origin() + request.mountPath()));
    }

    /// The document that is wanted most; without a version, that of PostgREST.
    private static Form form(HttpRequest request) {
        List<MediaRange> asked = MediaRange.ofAccept(request.headers("Accept"));
        return asked.stream()
                .flatMap(range -> form(range).stream())
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                new RequestProblem.NotAcceptable(
                                        asked.stream().map(MediaRange::text).toList())));
    }

    private static Optional<Form> form(MediaRange range) {
        String version = range.parameter("version");
        return switch (range.type()) {
            case "application/vnd.oai.openapi+json" ->
                    version.isEmpty() || version.startsWith("3")
                            ? Optional.of(Form.OPENAPI_3_1)
                            : version.startsWith("2")
                                    ? Optional.of(Form.SWAGGER_2)
                                    : Optional.empty();
            case "application/openapi+json" ->
                    Optional.of(version.startsWith("3") ? Form.OPENAPI_3_1 : Form.SWAGGER_2);
            case "application/json", "application/*", "*/*" -> Optional.of(Form.SWAGGER_2);
            case String _ -> Optional.empty();
        };
    }
}
