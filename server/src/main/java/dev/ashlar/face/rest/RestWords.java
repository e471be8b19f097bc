package dev.ashlar.face.rest;

import static java.util.stream.Collectors.joining;

import dev.ashlar.face.rest.RestProblems.Words;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.CatalogProblem.Candidate;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ErrorCode;
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
            case CatalogProblem.ColumnMissing(var table, var column, var suggestions) ->
                    new Words(
                            "42703",
                            JsonNull.NULL,
                            columns(table, suggestions),
                            "column " + table + "." + column + " does not exist");
            case CatalogProblem.ConflictColumnMissing(var table, var column, var suggestions) ->
                    new Words(
                            "42703",
                            JsonNull.NULL,
                            columns(table, suggestions),
                            "column \"" + column + "\" does not exist");
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

    private static @Nullable String columns(String table, List<String> suggestions) {
        return suggestions.isEmpty()
                ? null
                : suggestions.stream()
                        .map(column -> "the column \"" + table + "." + column + "\"")
                        .collect(joining(" or ", "Perhaps you meant to reference ", "."));
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
                                + unknown.mistaken()
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
        return Words.of(
                unknown.code(),
                "Searched for the function "
                        + function
                        + sought(unknown)
                        + ", but no matches were found in the schema cache.",
                unknown.suggestion() == null
                        ? null
                        : "Perhaps you meant to call the function "
                                + unknown.schema()
                                + "."
                                + unknown.suggestion(),
                "Could not find the function "
                        + function
                        + signature(unknown)
                        + " in the schema cache");
    }

    private static String sought(CatalogProblem.RoutineUnknown unknown) {
        return switch (unknown.sought()) {
            case NAMED -> parameters(unknown.arguments());
            case NAMED_OR_JSON ->
                    parameters(unknown.arguments())
                            + " or with a single unnamed json/jsonb parameter";
            case TEXT -> " with a single unnamed text parameter";
            case XML -> " with a single unnamed xml parameter";
            case BYTES -> " with a single unnamed bytea parameter";
        };
    }

    private static String parameters(List<String> names) {
        if (names.isEmpty()) {
            return " without parameters";
        }
        return " with parameter" + (names.size() > 1 ? "s " : " ") + String.join(", ", names);
    }

    private static String signature(CatalogProblem.RoutineUnknown unknown) {
        return switch (unknown.sought()) {
            case NAMED, NAMED_OR_JSON ->
                    unknown.arguments().isEmpty()
                            ? " without parameters"
                            : "(" + String.join(", ", unknown.arguments()) + ")";
            case TEXT, XML, BYTES -> "";
        };
    }

    private static Words auth(AuthProblem problem) {
        return switch (problem) {
            case AuthProblem.TokenInvalid invalid -> TokenWords.of(invalid);
            case AuthProblem.SecretMissing _ -> Words.of(problem.code(), "Server lacks JWT secret");
            case AuthProblem.AnonymousDisabled _ ->
                    Words.of(problem.code(), "Anonymous access is disabled");
            case AuthProblem.Refused(ErrorCode code) -> Words.of(code, refused(code));
            default -> Words.of(problem.code(), "Sign-in was refused");
        };
    }

    private static String refused(ErrorCode code) {
        return switch (code) {
            case SESSION_COOKIE_OVER -> "The session of the cookie has ended";
            case CSRF_TOKEN_INVALID -> "The CSRF token is missing or wrong";
            case ORIGIN_NOT_ALLOWED -> "Cookies are not taken from pages of this origin";
            default -> "Sign-in was refused";
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
            case DataProblem.RowNotFound _ -> Words.of(problem.code(), "No row has this key");
            case DataProblem.ResponseHeadersInvalid _ ->
                    Words.of(
                            problem.code(),
                            "response.headers guc must be a JSON array composed of objects with a"
                                    + " single key and a string value");
            case DataProblem.ResponseStatusInvalid _ ->
                    Words.of(problem.code(), "response.status guc must be a valid status code");
            case DataProblem.Unreachable _ -> Words.of(problem.code(), "Database connection error");
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
