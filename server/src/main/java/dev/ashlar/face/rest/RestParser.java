package dev.ashlar.face.rest;

import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.face.rest.RestRequest.MediaType;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Arguments;
import dev.ashlar.intent.Conflict;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.RowSet;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonRows;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns an HTTP request of the data API into an intent.
final class RestParser {
    private static final String FUNCTIONS = "/rpc/";

    private final List<String> schemas;

    RestParser(RestConfig config) {
        schemas = config.schemas();
    }

    RestRequest parse(HttpRequest request) {
        String path = request.subPath();
        boolean function = path.startsWith(FUNCTIONS);
        String name =
                QueryString.decode(
                        path.substring(function ? FUNCTIONS.length() : 1).replace("+", "%2B"));
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new ProblemException(new RequestProblem.PathInvalid(path));
        }
        Preferences preferences = Preferences.parse(request.headers("Prefer"));
        MediaType mediaType = Negotiation.mediaType(request.headers("Accept"));
        Parsing parsing =
                new Parsing(
                        request, preferences, mediaType, new QualifiedName(schema(request), name));
        Intent intent = function ? call(parsing) : table(parsing);
        return new RestRequest(
                intent, preferences, mediaType, schemas.size() > 1 ? intent.target().schema() : "");
    }

    private record Parsing(
            HttpRequest request,
            Preferences preferences,
            MediaType mediaType,
            QualifiedName target) {
        Answer answer(Returning otherwise) {
            return new Answer(
                    otherwise == Returning.ROWS
                            ? otherwise
                            : preferences.returning().orElse(otherwise),
                    preferences.count().orElse(Count.NONE),
                    mediaType.rows());
        }

        boolean reads() {
            return isRead(request.method());
        }

        @Nullable Long maxAffected() {
            return preferences.maxAffected().orElse(null);
        }
    }

    private String schema(HttpRequest request) {
        String header = isRead(request.method()) ? "Accept-Profile" : "Content-Profile";
        Optional<String> asked = request.findHeader(header);
        if (asked.isPresent() && !schemas.contains(asked.get())) {
            throw new ProblemException(new CatalogProblem.SchemaNotExposed(asked.get(), schemas));
        }
        return asked.orElse(schemas.getFirst());
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static Intent table(Parsing parsing) {
        Parameters parameters = Parameters.parse(parsing.request().query(), Parameters.Use.TABLE);
        Query query = parameters.query();
        QualifiedName target = parsing.target();
        return switch (parsing.request().method()) {
            case "GET", "HEAD" ->
                    new Intent.Read(target, ranged(parsing, query), parsing.answer(Returning.ROWS));
            case "POST" ->
                    new Intent.Insert(
                            target,
                            rows(parsing.request(), parameters.columns()),
                            conflict(parsing.preferences(), parameters.onConflict()),
                            query,
                            parsing.answer(Returning.NOTHING),
                            parsing.maxAffected());
            case "PATCH" ->
                    new Intent.Update(
                            target,
                            rows(parsing.request(), parameters.columns()),
                            query,
                            parsing.answer(Returning.NOTHING),
                            parsing.maxAffected());
            case "PUT" ->
                    new Intent.Upsert(
                            target,
                            one(rows(parsing.request(), parameters.columns())),
                            query,
                            parsing.answer(Returning.NOTHING));
            case "DELETE" ->
                    new Intent.Delete(
                            target,
                            query,
                            parsing.answer(Returning.NOTHING),
                            parsing.maxAffected());
            default ->
                    throw new ProblemException(
                            new RequestProblem.MethodUnsupported(parsing.request().method()));
        };
    }

    private static Query ranged(Parsing parsing, Query query) {
        return parsing.request()
                .findHeader("Range")
                .map(header -> RangeHeader.apply(query, header))
                .orElse(query);
    }

    private static Intent call(Parsing parsing) {
        HttpRequest request = parsing.request();
        if (!parsing.reads() && !request.method().equals("POST")) {
            throw new ProblemException(new RequestProblem.RoutineMethod(request.method()));
        }
        Parameters.Use use = parsing.reads() ? Parameters.Use.FUNCTION : Parameters.Use.TABLE;
        Parameters parameters = Parameters.parse(request.query(), use);
        Arguments arguments =
                parsing.reads()
                        ? new Arguments.Texts(parameters.arguments())
                        : jsonArguments(request, parameters);
        return new Intent.Call(
                parsing.target(),
                arguments,
                parsing.reads() ? Intent.Access.READ_ONLY : Intent.Access.BY_VOLATILITY,
                ranged(parsing, parameters.query()),
                parsing.answer(Returning.ROWS));
    }

    private static Arguments jsonArguments(HttpRequest request, Parameters parameters) {
        String body = text(request);
        if (body.isBlank()) {
            return new Arguments.Json("{}", List.of());
        }
        JsonRows outline;
        try {
            outline = JsonRows.scan(body);
        } catch (MalformedJsonException _) {
            // Any other JSON is for a routine that takes the body whole.
            requireJson(body);
            return new Arguments.Json(body, List.of());
        }
        List<String> names = parameters.columns().isEmpty() ? outline.keys() : parameters.columns();
        return new Arguments.Json(body, outline.array() ? List.of() : names);
    }

    private static void requireJson(String body) {
        try {
            Json.parse(body);
        } catch (MalformedJsonException _) {
            throw notJson();
        }
    }

    private static @Nullable Conflict conflict(Preferences preferences, List<String> columns) {
        return preferences
                .resolution()
                .map(resolution -> new Conflict(resolution, columns))
                .orElse(null);
    }

    private static RowSet rows(HttpRequest request, List<String> columns) {
        String body = text(request);
        JsonRows outline = outline(body);
        if (columns.isEmpty() && !outline.uniform()) {
            throw new ProblemException(
                    new RequestProblem.BodyMalformed("All object keys must match"));
        }
        RowSet.Form form = outline.array() ? RowSet.Form.MANY : RowSet.Form.ONE;
        return new RowSet(
                body, form, columns.isEmpty() ? outline.keys() : columns, outline.count());
    }

    private static RowSet one(RowSet rows) {
        if (rows.count() != 1) {
            throw new ProblemException(new RequestProblem.PutKeyMismatch());
        }
        return rows;
    }

    private static String text(HttpRequest request) {
        Negotiation.requireJson(request.findHeader("Content-Type").orElse(""));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(request.body().getBytes()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new ProblemException(new RequestProblem.BodyMalformed("The body is not UTF-8"));
        }
    }

    private static JsonRows outline(String body) {
        try {
            return JsonRows.scan(body);
        } catch (MalformedJsonException _) {
            throw notJson();
        }
    }

    private static ProblemException notJson() {
        return new ProblemException(new RequestProblem.BodyMalformed("Empty or invalid json"));
    }
}
