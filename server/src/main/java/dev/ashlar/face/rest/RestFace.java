package dev.ashlar.face.rest;

import dev.ashlar.engine.Engine;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.identity.Caller;
import io.vertx.core.Future;
import java.util.function.Function;

/// The data API, mounted at `/rest/v1`: parse, run, render.
public final class RestFace implements HttpHandler {
    private final RestParser parser;
    private final RestRenderer renderer = new RestRenderer();
    private final Engine engine;
    private final Function<HttpRequest, Caller> callers;

    /// `callers` tells on whose behalf a request comes, or throws.
    public RestFace(RestConfig config, Engine engine, Function<HttpRequest, Caller> callers) {
        this.parser = new RestParser(config);
        this.engine = engine;
        this.callers = callers;
    }

    @Override
    public Future<HttpResponse> handle(HttpRequest http) {
        Caller caller = callers.apply(http);
        http.runsAs(caller.role());
        RestRequest request = parser.parse(http);
        return engine.run(request.intent(), caller)
                .map(result -> renderer.render(http, request, result));
    }
}
