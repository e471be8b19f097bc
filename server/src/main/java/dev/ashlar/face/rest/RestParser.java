package dev.ashlar.face.rest;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.face.rest.Negotiation.Plans;
import dev.ashlar.face.rest.Parameters.Use;
import dev.ashlar.face.rest.RestConfig.TargetNames;
import dev.ashlar.face.rest.RestConfig.TxEnd;
import dev.ashlar.face.rest.RestRequest.MediaType;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Arguments;
import dev.ashlar.intent.Conflict;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.RowSet;
import dev.ashlar.intent.RowSet.Missing;
import dev.ashlar.intent.Transaction;
import dev.ashlar.intent.Transaction.End;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns an HTTP request of the data API into an intent.
final class RestParser {
    private static final String FUNCTIONS = "/rpc/";
    private static final Set<String> WRITING = Set.of("POST", "PATCH", "PUT", "DELETE");

    private final List<String> schemas;
    private final TxEnd txEnd;
    private final Plans plans;
    private final TargetNames targetNames;

    RestParser(RestConfig config) {
        schemas = config.schemas();
        plans = config.plan() ? Plans.SHOWN : Plans.HIDDEN;
        txEnd = config.txEnd();
        targetNames = config.targetNames();
    }

    static boolean isFunction(HttpRequest request) {
        return request.subPath().startsWith(FUNCTIONS);
    }

    /// What the path and the profile header name.
    QualifiedName target(HttpRequest request) {
        String path = request.subPath();
        int start = isFunction(request) ? FUNCTIONS.length() : 1;
        String name = QueryString.decode(path.substring(start).replace("+", "%2B"));
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new ProblemException(new RequestProblem.PathInvalid(path));
        }
        return new QualifiedName(schema(request), name);
    }

    /// `catalog` tells what the database's code can make of the target, nothing else.
    RestRequest parse(HttpRequest request, Catalog catalog) {
        QualifiedName target = target(request);
        Preferences preferences = Preferences.parse(request.headers("Prefer"), txEnd);
        boolean function = isFunction(request);
        Offer own = function ? Offer.ofRoutine(catalog, target) : Offer.ofTable(catalog, target);
        Offer offer =
                own.addsNothing() || Parameters.selectsAll(request.query()) ? own : own.ofAnyRows();
        MediaType mediaType = Negotiation.choose(request.headers("Accept"), plans, offer);
        Parameters parameters = parameters(request);
        Parsing parsing = new Parsing(request, preferences, mediaType, target, parameters);
        Intent intent = function ? call(parsing) : table(parsing);
        String schema = intent.target().schema();
        return new RestRequest(
                intent,
                preferences,
                mediaType,
                schemas.size() > 1 ? schema : "",
                transaction(request, preferences, schema),
                parameters.legacyNames());
    }

    private Parameters parameters(HttpRequest request) {
        boolean arguments = isFunction(request) && !request.method().equals("POST");
        Parameters parameters =
                Parameters.parse(request.query(), arguments ? Use.FUNCTION : Use.TABLE);
        if (targetNames == TargetNames.ALIAS && !parameters.legacyNames().isEmpty()) {
            throw new ProblemException(
                    new RequestProblem.EmbedNotSelected(
                            parameters.legacyNames().keySet().iterator().next()));
        }
        return parameters;
    }

    /// The transaction of a request that names no table of its own.
    Transaction transaction(HttpRequest request) {
        Preferences preferences = Preferences.parse(request.headers("Prefer"), txEnd);
        return transaction(request, preferences, schema(request));
    }

    private Transaction transaction(HttpRequest request, Preferences preferences, String schema) {
        return new Transaction(
                schema,
                preferences.end().orElseGet(this::usualEnd),
                preferences.timezone(),
                new HttpRequestContext(request));
    }

    private End usualEnd() {
        return switch (txEnd) {
            case COMMIT, COMMIT_ALLOW_OVERRIDE -> End.COMMIT;
            case ROLLBACK, ROLLBACK_ALLOW_OVERRIDE -> End.ROLLBACK;
        };
    }

    private record Parsing(
            HttpRequest request,
            Preferences preferences,
            MediaType mediaType,
            QualifiedName target,
            Parameters parameters) {
        Answer answer(Returning otherwise) {
            return new Answer(
                    otherwise == Returning.ROWS
                            ? otherwise
                            : preferences.returning().orElse(otherwise),
                    preferences.count().orElse(Count.NONE),
                    format());
        }

        /// Who asks for the headers alone still sees what a plan is.
        private Format format() {
            Format format = mediaType.format();
            return request.method().equals("HEAD") && !(format instanceof Format.Explained)
                    ? new Format.Omitted(format)
                    : format;
        }

        boolean reads() {
            return isRead(request.method());
        }

        RowSet rows(Missing missing) {
            return BodyReader.rows(request, parameters.columns(), missing);
        }

        @Nullable Long maxAffected() {
            return preferences.maxAffected().orElse(null);
        }
    }

    /// The exposed schema that the request is about.
    String schema(HttpRequest request) {
        String header = WRITING.contains(request.method()) ? "Content-Profile" : "Accept-Profile";
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
        Parameters parameters = parsing.parameters();
        Query query = parameters.query();
        QualifiedName target = parsing.target();
        return switch (parsing.request().method()) {
            case "GET", "HEAD" ->
                    new Intent.Read(target, ranged(parsing, query), parsing.answer(Returning.ROWS));
            case "POST" ->
                    new Intent.Insert(
                            target,
                            parsing.rows(parsing.preferences().missing()),
                            conflict(parsing.preferences(), parameters.onConflict()),
                            query,
                            parsing.answer(Returning.NOTHING));
            case "PATCH" ->
                    new Intent.Update(
                            target,
                            parsing.rows(parsing.preferences().missing()),
                            parameters.onConflict(),
                            query,
                            parsing.answer(Returning.NOTHING),
                            parsing.maxAffected());
            case "PUT" ->
                    new Intent.Upsert(
                            target,
                            one(parsing.rows(Missing.NULL)),
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
        Parameters parameters = parsing.parameters();
        Arguments arguments =
                parsing.reads()
                        ? new Arguments.Texts(parameters.arguments())
                        : CallParser.arguments(request, parameters.columns());
        return new Intent.Call(
                parsing.target(),
                arguments,
                parsing.reads() ? Intent.Access.READ_ONLY : Intent.Access.BY_VOLATILITY,
                parsing.reads() ? ranged(parsing, parameters.query()) : parameters.query(),
                parsing.answer(Returning.ROWS),
                parsing.maxAffected());
    }

    private static @Nullable Conflict conflict(Preferences preferences, List<String> columns) {
        return preferences
                .resolution()
                .map(resolution -> new Conflict(resolution, columns))
                .orElse(null);
    }

    private static RowSet one(RowSet rows) {
        if (rows.count() != 1) {
            throw new ProblemException(new RequestProblem.PutKeyMismatch());
        }
        return rows;
    }
}
