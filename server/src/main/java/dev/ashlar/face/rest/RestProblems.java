package dev.ashlar.face.rest;

import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.ProblemRenderer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.InternalProblem;
import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Words problems as PostgREST does: `{"code":…,"details":…,"hint":…,"message":…}`.
public final class RestProblems implements ProblemRenderer {

    /// The four members of an error, before they are JSON.
    record Words(String code, JsonValue details, @Nullable String hint, String message) {
        static Words of(
                ErrorCode code, @Nullable String details, @Nullable String hint, String message) {
            String text = code.pgrst() == null ? "PGRSTX00" : code.pgrst();
            return new Words(
                    text, details == null ? JsonNull.NULL : new JsonString(details), hint, message);
        }

        static Words of(ErrorCode code, String message) {
            return of(code, null, null, message);
        }
    }

    @Override
    public HttpResponse render(Problem problem, HttpRequest request) {
        Words words = RestWords.of(problem, request.requestId());
        String body =
                Json.write(
                        new JsonObjectBuilder()
                                .put("code", words.code())
                                .put("details", words.details())
                                .put("hint", words.hint())
                                .put("message", words.message())
                                .build());
        HttpResponse response = HttpResponse.json(status(problem), body);
        return switch (problem) {
            case AuthProblem _ when response.status() == 401 ->
                    response.withHeader("WWW-Authenticate", challenge(problem, words));
            case DataProblem.Rejected _ when response.status() == 401 ->
                    response.withHeader("WWW-Authenticate", "Bearer");
            case LimitProblem.TooManyRequests(Duration retryAfter) -> retry(response, retryAfter);
            case LimitProblem.Overloaded(Duration retryAfter) -> retry(response, retryAfter);
            case DataProblem.Busy _, DataProblem.Unreachable _ ->
                    response.withHeader("Retry-After", "1");
            default -> response;
        };
    }

    private static String challenge(Problem problem, Words words) {
        return problem instanceof AuthProblem.TokenInvalid
                ? "Bearer error=\"invalid_token\", error_description=\"" + words.message() + "\""
                : "Bearer";
    }

    private static HttpResponse retry(HttpResponse response, Duration after) {
        return response.withHeader("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
    }

    private static int status(Problem problem) {
        return switch (problem) {
            case DataProblem.Rejected rejected -> SqlStates.status(rejected);
            case InternalProblem _ -> 500;
            default -> problem.code().status();
        };
    }
}
