package dev.ashlar.face.rest;

import dev.ashlar.backend.Result;
import dev.ashlar.engine.Engine;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.RowSet;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.ops.policy.ExplanationJson;
import dev.ashlar.policy.explanation.Explanation;
import dev.ashlar.policy.explanation.PolicyQuestionException;
import dev.ashlar.policy.explanation.Question;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `Prefer: explain=policy`: instead of doing what a request asks, says what policies make of each
/// of its rows. The rows are read as the service role reads them, by the request's own filters; a
/// write writes nothing.
final class ExplainPreference {
    static final String MEDIA_TYPE = "application/vnd.ashlar.policy+json";
    static final String AS = "Ashlar-Explain-As";
    private static final String PREFERENCE = "explain=policy";

    /// One more than is explained, so that it shows whether there are more.
    private static final long MOST_ROWS = 21;

    private static final Caller SERVICE =
            new Caller.Bearer(
                    Role.SERVICE,
                    new Claims(
                            "{\"role\":\"service_role\"}", object("{\"role\":\"service_role\"}")));

    private final RestParser parser;
    private final Engine engine;
    private final ExplainAccess access;
    private final Optional<PolicyExplanations> explanations;

    ExplainPreference(
            RestParser parser,
            Engine engine,
            ExplainAccess access,
            Optional<PolicyExplanations> explanations) {
        this.parser = parser;
        this.engine = engine;
        this.access = access;
        this.explanations = explanations;
    }

    static boolean isAsked(HttpRequest request) {
        for (String header : request.headers("Prefer")) {
            for (String part : header.split(",", -1)) {
                if (part.replace(" ", "").equals(PREFERENCE)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whoever asks in a place where it cannot be answered must not find it done instead.
    static void refuseIn(HttpRequest part) {
        if (isAsked(part)) {
            throw unusable("explain=policy is not for parts of a batch");
        }
    }

    /// Refuses before anything is read.
    Future<HttpResponse> handle(HttpRequest http, Caller caller) {
        PolicyExplanations answering = permitted(caller);
        Who who = who(http, caller);
        HttpRequest plain = http;
        if (http.subPath().indexOf('/', 1) > 0 && !RestParser.isFunction(http)) {
            plain =
                    RowAddress.find(http, engine.catalog(), parser.schema(http), caller.role())
                            .orElse(http);
        }
        RestRequest asked = parser.parse(withoutPreference(plain), engine.catalog());
        Asking asking = new Asking(asked, who);
        Future<Optional<Result>> rows =
                asking.reading()
                        .map(read ->
                                engine.run(read, SERVICE, asked.transaction()).map(Optional::of))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
        return rows.compose(read -> answering.explain(http, asking.question(read)))
                .recover(error -> Future.failedFuture(refusal(error)))
                .map(ExplainPreference::response);
    }

    /// On whose behalf, and what else the token would say.
    private record Who(String as, JsonObject claims) {}

    private PolicyExplanations permitted(Caller caller) {
        boolean service = isService(caller);
        switch (access) {
            case OFF -> throw refused("explain=policy is switched off (rest.explain-policy)");
            case SERVICE -> {
                if (!service) {
                    throw refused("explain=policy is for the service role alone");
                }
            }
            case DEVELOPMENT_ALL -> {}
        }
        return explanations.orElseThrow(
                () -> refused("explain=policy is not offered by this server"));
    }

    private static boolean isService(Caller caller) {
        return caller instanceof Caller.Bearer && caller.role().equals(Role.SERVICE);
    }

    private static Who who(HttpRequest http, Caller caller) {
        Optional<String> named = http.findHeader(AS).map(String::strip);
        if (!isService(caller)) {
            if (named.isPresent()) {
                throw refused(AS + " is for the service role alone");
            }
            return new Who(caller.role().name(), caller.claims().values());
        }
        String as =
                named.filter(text -> !text.isEmpty())
                        .orElseThrow(() ->
                                unusable(
                                        "explain=policy needs the header "
                                                + AS
                                                + ": a user's id, a role, or claims as JSON"));
        if (!as.startsWith("{")) {
            return new Who(as, JsonObject.EMPTY);
        }
        JsonObject claims = object(as);
        return new Who(claims.findText("role").orElse(Role.AUTHENTICATED.name()), claims);
    }

    private static HttpRequest withoutPreference(HttpRequest http) {
        List<HttpHeader> headers =
                http.headers().stream()
                        .filter(header -> !header.name().equalsIgnoreCase("Prefer"))
                        .filter(header -> !header.name().equalsIgnoreCase("Accept"))
                        .toList();
        return new RewrittenRequest(
                http, http.method(), http.subPath(), http.query(), headers, http.body());
    }

    /// A request under question.
    private record Asking(RestRequest asked, Who who) {
        /// What finds its rows; an insert brings them along.
        Optional<Intent> reading() {
            Query query = asked.intent().query();
            return verb() == Verb.INSERT
                    ? Optional.empty()
                    : Optional.of(
                            new Intent.Read(
                                    asked.intent().target(),
                                    new Query(
                                            List.of(new SelectItem.All()),
                                            query.filter(),
                                            Filter.NONE,
                                            Query.Distinct.NO,
                                            query.order(),
                                            query.page().atMost(MOST_ROWS)),
                                    new Answer(Returning.ROWS, Count.NONE, Format.json())));
        }

        private Verb verb() {
            return switch (asked.intent()) {
                case Intent.Read _ -> Verb.SELECT;
                case Intent.Insert insert -> {
                    if (insert.conflict() != null) {
                        throw unusable("explain=policy does not explain upserts: ask as POST");
                    }
                    yield Verb.INSERT;
                }
                case Intent.Update _ -> Verb.UPDATE;
                case Intent.Delete _ -> Verb.DELETE;
                case Intent.Upsert _ ->
                        throw unusable("explain=policy does not explain PUT: ask as POST or PATCH");
                case Intent.Call _ ->
                        throw unusable(
                                "explain=policy explains tables, and functions have no policies");
            };
        }

        Supplier<Question> question(Optional<Result> read) {
            return () ->
                    new Question(
                            asked.intent().target().schema(),
                            asked.intent().target().name(),
                            verb(),
                            who.as(),
                            who.claims(),
                            new Question.Rows.Given(read.map(Asking::rows).orElse(List.of())),
                            values());
        }

        private static List<JsonObject> rows(Result result) {
            return result instanceof Result.Body(Buffer body, _, _, _)
                    ? objects(body.toString())
                    : List.of();
        }

        private JsonObject values() {
            RowSet rows =
                    switch (asked.intent()) {
                        case Intent.Insert insert -> insert.rows();
                        case Intent.Update update -> update.rows();
                        case Intent.Read _, Intent.Delete _, Intent.Upsert _, Intent.Call _ -> null;
                    };
            if (rows == null) {
                return JsonObject.EMPTY;
            }
            List<JsonObject> all = objects(rows.json());
            if (all.size() != 1) {
                throw unusable("explain=policy explains writes of one row: send one");
            }
            return all.getFirst();
        }
    }

    private static List<JsonObject> objects(String json) {
        try {
            JsonValue value = Json.parse(json);
            List<JsonValue> all =
                    value instanceof JsonArray(List<JsonValue> elements)
                            ? elements
                            : List.of(value);
            return all.stream()
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .toList();
        } catch (MalformedJsonException _) {
            throw unusable("explain=policy takes rows as JSON");
        }
    }

    private static JsonObject object(String json) {
        return objects(json).stream()
                .findFirst()
                .orElseThrow(() -> unusable(AS + " is no JSON object"));
    }

    private static HttpResponse response(Explanation explanation) {
        return new HttpResponse(
                200,
                List.of(
                        new HttpHeader("Content-Type", MEDIA_TYPE + "; charset=utf-8"),
                        new HttpHeader("Preference-Applied", PREFERENCE),
                        new HttpHeader("Cache-Control", "no-store")),
                Buffer.buffer(Json.write(ExplanationJson.of(explanation))));
    }

    private static Throwable refusal(Throwable error) {
        return error instanceof PolicyQuestionException question
                ? unusable(String.valueOf(question.getMessage()))
                : error;
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(new RequestProblem.ExplainRefused(reason));
    }

    private static ProblemException unusable(String reason) {
        return new ProblemException(new RequestProblem.ExplainUnusable(reason));
    }
}
