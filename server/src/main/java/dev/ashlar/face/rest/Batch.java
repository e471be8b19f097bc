package dev.ashlar.face.rest;

import dev.ashlar.engine.Engine;
import dev.ashlar.engine.Engine.Step;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `POST /$batch`: several requests as one transaction, later ones with what earlier ones answered;
/// all of them happen or none. The first that is refused refuses the whole.
final class Batch {
    static final String NAME = "$batch";
    private static final int MAX_PARTS = 100;

    /// All bodies together are read on the event loop, 15 ms for a megabyte, and held until the
    /// end.
    private static final int MAX_ANSWERS_MB = 2;

    private final RestParser parser;
    private final RestRenderer renderer;
    private final Engine engine;

    Batch(RestParser parser, RestRenderer renderer, Engine engine) {
        this.parser = parser;
        this.renderer = renderer;
        this.engine = engine;
    }

    static boolean isAsked(HttpRequest request) {
        return request.subPath().equals("/" + NAME);
    }

    Future<HttpResponse> handle(HttpRequest request, Caller caller) {
        if (!request.method().equals("POST")) {
            throw new ProblemException(new RequestProblem.MethodUnsupported(request.method()));
        }
        List<JsonObject> parts = parts(request);
        return engine.together(
                        caller,
                        parser.transaction(request),
                        step -> new Run(request, step).from(parts, 0))
                .map(answers -> HttpResponse.json(200, Json.write(new JsonArray(answers))));
    }

    private static List<JsonObject> parts(HttpRequest request) {
        List<JsonObject> parts = new ArrayList<>();
        try {
            if (Json.parse(request.body().toString()) instanceof JsonArray(var elements)) {
                for (JsonValue element : elements) {
                    if (!(element instanceof JsonObject part)) {
                        throw refused("Every part of a batch is an object");
                    }
                    parts.add(part);
                }
            } else {
                throw refused("A batch is an array of requests");
            }
        } catch (MalformedJsonException _) {
            throw refused("Empty or invalid json");
        }
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw refused("A batch has 1 to " + MAX_PARTS + " parts");
        }
        return parts;
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(new RequestProblem.BodyMalformed(reason));
    }

    private final class Run {
        private final HttpRequest request;
        private final Step step;
        private final BatchReferences references = new BatchReferences();
        private final List<JsonValue> answers = new ArrayList<>();
        private long bytes;

        Run(HttpRequest request, Step step) {
            this.request = request;
            this.step = step;
        }

        Future<List<JsonValue>> from(List<JsonObject> parts, int index) {
            if (index == parts.size()) {
                return Future.succeededFuture(answers);
            }
            if (request.abandoned()) {
                return Future.failedFuture(refused("Nobody waits for the answer any more"));
            }
            return part(parts.get(index), index)
                    .recover(error -> Future.failedFuture(at(index, error)))
                    .compose(_ -> from(parts, index + 1));
        }

        private Future<Void> part(JsonObject given, int index) {
            try {
                HttpRequest part = BatchPart.of(request, references.resolve(given));
                ExplainPreference.refuseIn(part);
                RestRequest asked = parser.parse(part, engine.catalog());
                return step.run(asked.intent())
                        .map(result -> renderer.render(part, asked, result))
                        .map(response -> {
                            answered(given.findText("id"), index, response);
                            return null;
                        });
            } catch (ProblemException refusal) {
                return Future.failedFuture(refusal);
            }
        }

        private void answered(Optional<String> id, int index, HttpResponse response) {
            bytes += response.body().length();
            if (bytes > MAX_ANSWERS_MB * 1_048_576L) {
                throw refused(
                        "The answers of a batch hold at most "
                                + MAX_ANSWERS_MB
                                + " MB; ask for less, or for return=minimal");
            }
            JsonValue body = body(response);
            references.add(Integer.toString(index), body);
            id.ifPresent(name -> references.add(name, body));
            JsonObjectBuilder headers = new JsonObjectBuilder();
            for (HttpHeader header : response.headers()) {
                headers.put(header.name(), header.value());
            }
            JsonObjectBuilder answer = new JsonObjectBuilder();
            id.ifPresent(name -> answer.put("id", name));
            answers.add(
                    answer.put("status", response.status())
                            .put("headers", headers.build())
                            .put("body", body)
                            .build());
        }

        /// What is no JSON, such as CSV, is a text.
        private static JsonValue body(HttpResponse response) {
            String text = response.body().toString();
            if (text.isEmpty()) {
                return JsonNull.NULL;
            }
            try {
                return Json.parse(text);
            } catch (MalformedJsonException _) {
                return new JsonString(text);
            }
        }

        private static Throwable at(int index, Throwable error) {
            return error instanceof ProblemException refusal
                    ? new ProblemException(
                            new RequestProblem.PartRefused(index, refusal.problem()),
                            refusal.getCause())
                    : error;
        }
    }
}
