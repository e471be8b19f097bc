package dev.ashlar.face.rest;

import dev.ashlar.face.rest.RestConfig.Verbosity;
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
import dev.ashlar.problem.RequestProblem;
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

    private final Verbosity verbosity;

    public RestProblems() {
        this(Verbosity.VERBOSE);
    }

    public RestProblems(Verbosity verbosity) {
        this.verbosity = verbosity;
    }

    @Override
    public HttpResponse render(Problem problem, HttpRequest request) {
        if (problem instanceof RequestProblem.PartRefused(int part, Problem refused)) {
            return render(refused, request).withHeader("Batch-Part", Integer.toString(part));
        }
        if (problem instanceof DataProblem.Rejected rejected && RaisedAnswer.isOne(rejected)) {
            return raised(RaisedAnswer.of(rejected));
        }
        Words words = RestWords.of(problem, request.requestId());
        HttpResponse response = HttpResponse.json(status(problem), body(words));
        if (problem instanceof RequestProblem.RangeUnsatisfiable(_, Long total, _)
                && total != null) {
            return response.withHeader("Content-Range", "*/" + total);
        }
        return advised(blamed(response, words), problem, words);
    }

    private HttpResponse raised(RaisedAnswer answer) {
        HttpResponse response =
                HttpResponse.json(answer.status(), body(answer.words()))
                        .withReason(answer.reason());
        return AnswerControl.withHeaders(blamed(response, answer.words()), answer.headers());
    }

    private String body(Words words) {
        JsonObjectBuilder object = new JsonObjectBuilder().put("code", words.code());
        if (verbosity == Verbosity.VERBOSE) {
            object.put("details", words.details()).put("hint", words.hint());
        }
        return Json.write(object.put("message", words.message()).build());
    }

    /// Tells also callers that see no body, as of HEAD, what went wrong (RFC 9209).
    private static HttpResponse blamed(HttpResponse response, Words words) {
        return words.code().matches("[A-Za-z0-9_.-]{1,64}")
                ? response.withHeader("Proxy-Status", "Ashlar; error=" + words.code())
                : response;
    }

    private static HttpResponse advised(HttpResponse response, Problem problem, Words words) {
        return switch (problem) {
            case AuthProblem _ when response.status() == 401 ->
                    response.withHeader("WWW-Authenticate", challenge(problem, words));
            case DataProblem.Rejected rejected -> rejected(response, rejected);
            case LimitProblem.TooManyRequests(Duration retryAfter) -> retry(response, retryAfter);
            case LimitProblem.Overloaded(Duration retryAfter) -> retry(response, retryAfter);
            case DataProblem.Busy _, DataProblem.Unreachable _ ->
                    response.withHeader("Retry-After", "1");
            default -> response;
        };
    }

    private static HttpResponse rejected(HttpResponse response, DataProblem.Rejected rejected) {
        HttpResponse worded =
                SqlStates.isOwnStatus(rejected.sqlState())
                        ? response.withReason(rejected.message())
                        : response;
        return response.status() == 401 ? worded.withHeader("WWW-Authenticate", "Bearer") : worded;
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
