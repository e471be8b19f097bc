package dev.ashlar.face.rest;

import dev.ashlar.face.rest.RestProblems.Words;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.TokenFault;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.CatalogProblem.Candidate;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.InternalProblem;
import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Code, message, details and hint of each problem, as PostgREST's documentation gives them.
final class RestWords {
    private RestWords() {}

    static Words of(Problem problem, String requestId) {
        return switch (problem) {
            case RequestProblem request -> RequestWords.of(request);
            case CatalogProblem catalog -> catalog(catalog);
            case AuthProblem auth -> auth(auth);
            case DataProblem data -> data(data);
            case LimitProblem limit -> limit(limit);
            case InternalProblem internal ->
                    Words.of(
                            internal.code(),
                            null,
                            "Give this id to whoever runs the server: " + requestId,
                            "The server could not answer this request");
        };
    }

    private static Words catalog(CatalogProblem problem) {
        return switch (problem) {
            case CatalogProblem.TableUnknown(var schema, var table, String suggestion) ->
                    Words.of(
                            problem.code(),
                            null,
                            suggestion == null
                                    ? null
                                    : "Perhaps you meant the table '"
                                            + schema
                                            + "."
                                            + suggestion
                                            + "'",
                            "Could not find the table '"
                                    + schema
                                    + "."
                                    + table
                                    + "' in the schema cache");
            case CatalogProblem.ColumnUnknown(var table, var column) ->
                    Words.of(
                            problem.code(),
                            "Could not find the '"
                                    + column
                                    + "' column of '"
                                    + table
                                    + "' in the schema cache");
            case CatalogProblem.ColumnMissing(var table, var column, String suggestion) ->
                    new Words(
                            "42703",
                            JsonNull.NULL,
                            suggestion == null
                                    ? null
                                    : "Perhaps you meant to reference the column \""
                                            + table
                                            + "."
                                            + suggestion
                                            + "\".",
                            "column " + table + "." + column + " does not exist");
            case CatalogProblem.RelationshipUnknown unknown -> relationshipUnknown(unknown);
            case CatalogProblem.RelationshipAmbiguous ambiguous -> relationshipAmbiguous(ambiguous);
            case CatalogProblem.RoutineUnknown unknown -> routineUnknown(unknown);
            case CatalogProblem.RoutineAmbiguous(var signatures) ->
                    Words.of(
                            problem.code(),
                            null,
                            "Try renaming the parameters or the function itself in the database so function overloading"
                                    + " can be resolved",
                            "Could not choose the best candidate function between: "
                                    + String.join(", ", signatures));
            case CatalogProblem.SchemaNotExposed(var schema, var exposed) ->
                    Words.of(
                            problem.code(),
                            null,
                            "Only the following schemas are exposed: " + String.join(", ", exposed),
                            "Invalid schema: " + schema);
            case CatalogProblem.NotLoaded _ ->
                    Words.of(
                            problem.code(),
                            "Could not query the database for the schema cache. Retrying.");
        };
    }

    private static Words relationshipUnknown(CatalogProblem.RelationshipUnknown unknown) {
        String pair = "'" + unknown.origin() + "' and '" + unknown.target() + "'";
        String byHint = unknown.hint() == null ? "" : " using the hint '" + unknown.hint() + "'";
        return Words.of(
                unknown.code(),
                "Searched for a foreign key relationship between "
                        + pair
                        + byHint
                        + " in the schema '"
                        + unknown.schema()
                        + "', but no matches were found.",
                unknown.suggestion() == null
                        ? null
                        : "Perhaps you meant '"
                                + unknown.suggestion()
                                + "' instead of '"
                                + unknown.target()
                                + "'.",
                "Could not find a relationship between " + pair + " in the schema cache");
    }

    private static Words relationshipAmbiguous(CatalogProblem.RelationshipAmbiguous ambiguous) {
        List<JsonValue> details = new ArrayList<>();
        List<String> choices = new ArrayList<>();
        for (Candidate candidate : ambiguous.candidates()) {
            choices.add("'" + candidate.disambiguation() + "'");
            details.add(
                    new JsonObjectBuilder()
                            .put("cardinality", candidate.cardinality())
                            .put("embedding", candidate.embedding())
                            .put("relationship", candidate.relationship())
                            .build());
        }
        return new Words(
                "PGRST201",
                new JsonArray(details),
                "Try changing '"
                        + ambiguous.target()
                        + "' to one of the following: "
                        + String.join(", ", choices)
                        + ". Find the desired relationship in the 'details' key.",
                "Could not embed because more than one relationship was found for '"
                        + ambiguous.origin()
                        + "' and '"
                        + ambiguous.target()
                        + "'");
    }

    private static Words routineUnknown(CatalogProblem.RoutineUnknown unknown) {
        String function = unknown.schema() + "." + unknown.routine();
        String list = String.join(", ", unknown.arguments());
        boolean none = unknown.arguments().isEmpty();
        String with =
                none
                        ? "without parameters"
                        : "with parameter" + (unknown.arguments().size() > 1 ? "s " : " ") + list;
        return Words.of(
                unknown.code(),
                "Searched for the function "
                        + function
                        + " "
                        + with
                        + " or with a single unnamed json/jsonb parameter, but no matches were found in the schema"
                        + " cache.",
                unknown.suggestion() == null
                        ? null
                        : "Perhaps you meant to call the function "
                                + unknown.schema()
                                + "."
                                + unknown.suggestion(),
                "Could not find the function "
                        + function
                        + (none ? " without parameters" : "(" + list + ")")
                        + " in the schema cache");
    }

    private static Words auth(AuthProblem problem) {
        return switch (problem) {
            case AuthProblem.TokenInvalid(var fault) -> Words.of(problem.code(), token(fault));
            case AuthProblem.AnonymousDisabled _ ->
                    Words.of(problem.code(), "Anonymous access is disabled");
            default -> Words.of(problem.code(), "Sign-in was refused");
        };
    }

    private static String token(TokenFault fault) {
        return switch (fault) {
            case MALFORMED -> "JWT could not be decoded";
            case BAD_SIGNATURE -> "JWT cryptographic operation failed";
            case ALGORITHM_NOT_ALLOWED -> "Wrong or unsupported encoding algorithm";
            case UNKNOWN_KEY -> "No suitable key or wrong key type";
            case EXPIRED -> "JWT expired";
            case NOT_YET_VALID -> "JWT not yet valid";
            case ISSUED_IN_FUTURE -> "JWT issued at future";
            case WRONG_AUDIENCE -> "JWT not in audience";
            case BAD_CLAIMS -> "Parsing claims failed";
        };
    }

    private static Words data(DataProblem problem) {
        return switch (problem) {
            case DataProblem.Rejected rejected ->
                    new Words(
                            rejected.sqlState(),
                            text(rejected.details()),
                            rejected.hint(),
                            rejected.message());
            case DataProblem.NotSingular(long rows) ->
                    Words.of(
                            problem.code(),
                            "The result contains " + rows + " rows",
                            null,
                            "Cannot coerce the result to a single JSON object");
            case DataProblem.MaxAffectedExceeded(long rows) ->
                    Words.of(
                            problem.code(),
                            "The query affects " + rows + " rows",
                            null,
                            "Query result exceeds max-affected preference constraint");
            case DataProblem.Unreachable _ ->
                    Words.of(problem.code(), "Database connection error. Retrying the connection.");
            case DataProblem.Busy _ ->
                    Words.of(
                            problem.code(), "Timed out acquiring connection from connection pool.");
        };
    }

    private static JsonValue text(@Nullable String text) {
        return text == null ? JsonNull.NULL : new JsonString(text);
    }

    private static Words limit(LimitProblem problem) {
        return switch (problem) {
            case LimitProblem.UriTooLong(int limit) ->
                    Words.of(
                            problem.code(),
                            null,
                            "Send long lists in the body of a function call instead.",
                            "The address of the request is longer than " + limit + " bytes");
            case LimitProblem.HeadersTooLarge(int limit) ->
                    Words.of(
                            problem.code(),
                            "The headers of the request are larger than " + limit + " bytes");
            case LimitProblem.BodyTooLarge(long limit) ->
                    Words.of(
                            problem.code(),
                            "The body of the request is larger than " + limit + " bytes");
            case LimitProblem.TimedOut(var limit) ->
                    Words.of(
                            problem.code(),
                            "The request took longer than " + limit.toMillis() + " ms");
            case LimitProblem.TooManyRequests _ ->
                    Words.of(problem.code(), "Too many requests; slow down");
            case LimitProblem.Overloaded _ ->
                    Words.of(problem.code(), "The server is busy; try again shortly");
        };
    }
}
