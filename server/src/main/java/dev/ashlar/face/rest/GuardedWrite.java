package dev.ashlar.face.rest;

import dev.ashlar.engine.Engine;
import dev.ashlar.engine.Engine.Step;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.identity.Caller;
import dev.ashlar.intent.Transaction.Isolation;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// A write that happens only if what a GET of the same address would answer still has the tag that
/// the caller names (`If-Match`), or only if there is nothing yet (`If-None-Match: *`).
///
/// Both happen on one snapshot. When somebody else changes the rows in between, the database
/// refuses the write (40001), which is the same as another tag: no change is lost.
final class GuardedWrite {
    private static final String CHANGED_SINCE = "40001";
    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";

    private final RestParser parser;
    private final RestRenderer renderer;
    private final Engine engine;

    GuardedWrite(RestParser parser, RestRenderer renderer, Engine engine) {
        this.parser = parser;
        this.renderer = renderer;
        this.engine = engine;
    }

    static boolean isAsked(HttpRequest request) {
        return switch (request.method()) {
            case "PATCH", "PUT", "DELETE" ->
                    request.findHeader(IF_MATCH).isPresent()
                            || request.findHeader(IF_NONE_MATCH).isPresent();
            default -> false;
        };
    }

    Future<HttpResponse> handle(HttpRequest http, RestRequest write, Caller caller) {
        HttpRequest read = asRead(http);
        RestRequest before = parser.parse(read, engine.catalog());
        return engine.together(
                        caller,
                        write.transaction().at(Isolation.SNAPSHOT),
                        step ->
                                present(step, read, before)
                                        .compose(present -> {
                                            require(http, present);
                                            return step.run(write.intent());
                                        }))
                .recover(error -> Future.failedFuture(refusal(error)))
                .map(result ->
                        CacheHeaders.add(
                                renderer.render(http, write, result), http, write.intent()));
    }

    private static HttpRequest asRead(HttpRequest http) {
        List<HttpHeader> headers = new ArrayList<>();
        for (HttpHeader header : http.headers()) {
            String name = header.name();
            if (name.equalsIgnoreCase("Content-Profile")) {
                headers.add(new HttpHeader("Accept-Profile", header.value()));
            } else if (!name.equalsIgnoreCase("Prefer")) {
                headers.add(header);
            }
        }
        return new RewrittenRequest(
                http, "GET", http.subPath(), http.query(), headers, Buffer.buffer());
    }

    /// The tag of what is there, empty for nothing.
    private Future<String> present(Step step, HttpRequest read, RestRequest before) {
        return step.run(before.intent())
                .map(result ->
                        result.rows() == 0
                                ? ""
                                : EntityTag.of(renderer.render(read, before, result).body()))
                .recover(error ->
                        error instanceof ProblemException refused
                                        && refused.problem()
                                                instanceof DataProblem.NotSingular(long rows)
                                        && rows == 0
                                ? Future.succeededFuture("")
                                : Future.failedFuture(error));
    }

    private static void require(HttpRequest http, String present) {
        List<String> match = http.headers(IF_MATCH);
        List<String> none = http.headers(IF_NONE_MATCH);
        boolean holds =
                (match.isEmpty() || (!present.isEmpty() && EntityTag.names(match, present)))
                        && (none.isEmpty() || present.isEmpty() || !EntityTag.names(none, present));
        if (!holds) {
            throw new ProblemException(new RequestProblem.PreconditionFailed());
        }
    }

    private static Throwable refusal(Throwable error) {
        return error instanceof ProblemException refused
                        && refused.problem() instanceof DataProblem.Rejected rejected
                        && rejected.sqlState().equals(CHANGED_SINCE)
                ? new ProblemException(new RequestProblem.PreconditionFailed())
                : error;
    }
}
