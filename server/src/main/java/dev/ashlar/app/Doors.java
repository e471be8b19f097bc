package dev.ashlar.app;

import dev.ashlar.auth.token.ApiKeys;
import dev.ashlar.face.authapi.AuthApi;
import dev.ashlar.face.rest.RestProblems;
import dev.ashlar.http.BlockingCalls;
import dev.ashlar.http.CorsFilter;
import dev.ashlar.http.HealthRoutes;
import dev.ashlar.http.HttpConfig;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.Load;
import dev.ashlar.http.ProblemRenderer;
import dev.ashlar.http.ReadinessCheck;
import dev.ashlar.http.Router;
import dev.ashlar.http.SecurityHeaders;
import dev.ashlar.http.StaticFiles;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Which path leads where.
final class Doors {
    private final HttpHandler rest;
    private final RestProblems restProblems;
    private final HttpHandler auth;
    private final HttpHandler discovery;
    private final Supplier<Future<Boolean>> ready;
    private volatile BooleanSupplier draining = () -> false;

    Doors(
            HttpHandler rest,
            RestProblems restProblems,
            HttpHandler auth,
            HttpHandler discovery,
            Supplier<Future<Boolean>> ready) {
        this.rest = rest;
        this.restProblems = restProblems;
        this.auth = auth;
        this.discovery = discovery;
        this.ready = ready;
    }

    /// The server is made after its routes, and `/readyz` speaks for it.
    void drainingWhen(BooleanSupplier condition) {
        draining = condition;
    }

    Router router(HttpConfig config, Site site, ApiKeys keys, BlockingCalls blocking) {
        Load load = new Load(config.load());
        CorsFilter cors = new CorsFilter(config.corsOrigins());
        SecurityHeaders data = SecurityHeaders.forData();
        Router.Builder router = Router.builder();
        router.filter(SecurityHeaders.forTransport(config.tls()));
        // The data API alone: how the process is, and how to sign in or to administer, is answered
        // also when it is too much, and what blocks has a bound of its own (BlockingCalls).
        router.mount("/rest/v1", load.limiting(rest), restProblems, cors, data);
        router.mount("/auth/v1", auth, AuthApi.RENDERER, cors, data);
        for (String kind : List.of("oauth-authorization-server", "openid-configuration")) {
            router.mount(
                    "/.well-known/" + kind + "/auth/v1", discovery, AuthApi.RENDERER, cors, data);
        }
        new HealthRoutes(
                        List.of(new ReadinessCheck("database", ready)),
                        () -> draining.getAsBoolean())
                .addTo(router);
        site.example()
                .ifPresentOrElse(
                        example -> page(router, example, keys, blocking),
                        () -> router.route("GET", "/", Doors::index));
        return router.build();
    }

    private static void page(
            Router.Builder router, Example example, ApiKeys keys, BlockingCalls blocking) {
        SecurityHeaders pages = SecurityHeaders.forPages();
        router.route(
                "GET",
                "/ashlar-config.json",
                request -> Future.succeededFuture(pageConfig(request, keys)));
        mount(router, "/vendor/supabase-js", example.supabaseJs(), blocking, pages);
        mount(router, "/", example.page(), blocking, pages);
    }

    /// Browsers ask each time whether a file is current, so that an edited page shows at once.
    private static void mount(
            Router.Builder router,
            String path,
            Path folder,
            BlockingCalls blocking,
            SecurityHeaders headers) {
        if (!Files.isDirectory(folder)) {
            throw new StartFailure(
                    "The folder " + folder + " is missing.",
                    "Start the example with ./ashlar serve, which fetches what it needs.");
        }
        router.mount(
                path,
                new StaticFiles(folder, Duration.ZERO, blocking),
                ProblemRenderer.plain(),
                headers);
    }

    private static HttpResponse pageConfig(HttpRequest request, ApiKeys keys) {
        JsonObjectBuilder body =
                new JsonObjectBuilder().put("url", request.origin()).put("anonKey", keys.anon());
        return HttpResponse.json(200, Json.write(body.build()))
                .withHeader("Cache-Control", "no-store");
    }

    private static Future<HttpResponse> index(HttpRequest request) {
        JsonObjectBuilder body =
                new JsonObjectBuilder()
                        .put("name", "ashlar")
                        .put("version", Version.current())
                        .put("data", request.origin() + "/rest/v1")
                        .put("auth", request.origin() + "/auth/v1")
                        .put("health", request.origin() + "/healthz")
                        .put("ready", request.origin() + "/readyz");
        return Future.succeededFuture(HttpResponse.json(200, Json.write(body.build())));
    }
}
