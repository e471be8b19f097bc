package dev.ashlar.face.rest;

import dev.ashlar.backend.Result;
import dev.ashlar.engine.Engine;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.identity.Caller;
import dev.ashlar.intent.Intent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Function;

/// The data API, mounted at `/rest/v1`: parse, run, render. Beyond PostgREST, where the operator
/// allows it: batches, addresses of single rows, and entity tags.
public final class RestFace implements HttpHandler {
    /// Bodies beyond this are read on a worker thread; those below take at most 2 ms.
    private static final int LARGE_BODY = 256 * 1024;

    private final RestParser parser;
    private final RestRenderer renderer = new RestRenderer();
    private final Engine engine;
    private final Batch batch;
    private final RootResource root;
    private final MethodsResource methods;
    private final GuardedWrite guarded;
    private final ExplainPreference explain;
    private final RestConfig config;
    private final Function<HttpRequest, Caller> callers;

    /// `callers` tells on whose behalf a request comes, or throws.
    public RestFace(RestConfig config, Engine engine, Function<HttpRequest, Caller> callers) {
        this(config, engine, callers, Optional.empty());
    }

    /// With answers to `Prefer: explain=policy`.
    public RestFace(
            RestConfig config,
            Engine engine,
            Function<HttpRequest, Caller> callers,
            Optional<PolicyExplanations> explanations) {
        this.parser = new RestParser(config);
        this.engine = engine;
        this.batch = new Batch(parser, renderer, engine);
        this.root = new RootResource(config, engine);
        this.methods = new MethodsResource(parser, engine);
        this.guarded = new GuardedWrite(parser, renderer, engine);
        this.explain = new ExplainPreference(parser, engine, config.explainPolicy(), explanations);
        this.config = config;
        this.callers = callers;
    }

    @Override
    public Future<HttpResponse> handle(HttpRequest asked) {
        ServerTiming timing = ServerTiming.started(config);
        Caller caller = callers.apply(asked);
        timing.over("jwt");
        asked.runsAs(caller.role());
        HttpRequest http = root.resolved(asked);
        if (http.method().equals("OPTIONS")) {
            return Future.succeededFuture(methods.answer(http, caller, config.extensions()));
        }
        if (RootResource.isAsked(http)) {
            return root.answer(http, caller, parser.schema(http));
        }
        return config.extensions()
                ? extended(http, caller, timing)
                : parsed(http, request -> answer(http, request, caller, timing));
    }

    private Future<HttpResponse> extended(HttpRequest http, Caller caller, ServerTiming timing) {
        if (Batch.isAsked(http)) {
            return batch.handle(http, caller);
        }
        if (ExplainPreference.isAsked(http)) {
            return explain.handle(http, caller);
        }
        Optional<HttpRequest> row =
                http.subPath().indexOf('/', 1) < 0
                        ? Optional.empty()
                        : RowAddress.find(
                                http, engine.catalog(), parser.schema(http), caller.role());
        if (row.isEmpty()) {
            Optional<RewrittenRequest> page = CursorPages.find(http);
            return page.isPresent()
                    ? page(http, page.get(), caller, timing)
                    : tagged(EntityTag.reading(http), caller, timing);
        }
        return tagged(row.get(), caller, timing)
                .recover(error -> Future.failedFuture(RowAddress.refusal(error)))
                .map(RowAddress::answered);
    }

    private Future<HttpResponse> page(
            HttpRequest http, HttpRequest withoutCursor, Caller caller, ServerTiming timing) {
        RestRequest request = parser.parse(withoutCursor, engine.catalog());
        timing.over("parse");
        Intent paged = CursorPages.paged(http, request.intent());
        Future<Result> running = engine.run(paged, caller, request.transaction());
        timing.over("plan");
        return running.map(result -> {
            HttpResponse response = rendered(http, request, result, timing);
            HttpHeader next = CursorPages.next(http, result);
            return EntityTag.tagged(
                    http, next == null ? response : response.withHeader(next.name(), next.value()));
        });
    }

    private Future<HttpResponse> tagged(HttpRequest http, Caller caller, ServerTiming timing) {
        return parsed(
                http,
                request ->
                        GuardedWrite.isAsked(http)
                                ? guarded.handle(http, request, caller)
                                : answer(http, request, caller, timing)
                                        .map(response -> EntityTag.tagged(http, response)));
    }

    private Future<HttpResponse> answer(
            HttpRequest http, RestRequest request, Caller caller, ServerTiming timing) {
        timing.over("parse");
        Future<Result> running = engine.run(request.intent(), caller, request.transaction());
        timing.over("plan");
        return running.map(result -> rendered(http, request, result, timing));
    }

    private HttpResponse rendered(
            HttpRequest http, RestRequest request, Result result, ServerTiming timing) {
        timing.over("transaction");
        HttpResponse response =
                CacheHeaders.add(renderer.render(http, request, result), http, request.intent());
        timing.over("response");
        return timing.told(response);
    }

    /// Reading 10 MB of JSON takes 150 ms, in which no other request of the event loop would get
    /// on.
    private Future<HttpResponse> parsed(
            HttpRequest http, Function<RestRequest, Future<HttpResponse>> next) {
        Context loop = http.body().length() > LARGE_BODY ? Vertx.currentContext() : null;
        if (loop == null) {
            return next.apply(parser.parse(http, engine.catalog()));
        }
        return loop.executeBlocking(() -> parser.parse(http, engine.catalog()), false)
                .compose(next);
    }
}
