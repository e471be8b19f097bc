package dev.ashlar.http;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.RequestProblem;
import java.time.Duration;
import java.util.Locale;

/// Words problems where no mount with a dialect of its own is concerned: `{"code": "path_invalid",
/// "message": "..."}`.
final class PlainProblems implements ProblemRenderer {
    static final ProblemRenderer RENDERER = new PlainProblems();

    private PlainProblems() {}

    @Override
    public HttpResponse render(Problem problem, HttpRequest request) {
        String code = problem.code().name().toLowerCase(Locale.ROOT);
        String body =
                Json.write(
                        new JsonObjectBuilder()
                                .put("code", code)
                                .put("message", message(problem, request))
                                .build());
        HttpResponse response = HttpResponse.json(problem.code().status(), body);
        return problem instanceof LimitProblem.Overloaded(Duration wait)
                ? response.withHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())))
                : response;
    }

    private static String message(Problem problem, HttpRequest request) {
        return switch (problem) {
            case RequestProblem.PathInvalid _ -> "There is nothing at this path";
            case RequestProblem.MethodUnsupported(String method) ->
                    method + " is not supported here";
            case RequestProblem.BodyMalformed(String reason) -> reason;
            case LimitProblem.UriTooLong(int limit) ->
                    "The request target is longer than " + limit + " bytes";
            case LimitProblem.HeadersTooLarge(int limit) ->
                    "The headers are larger than " + limit + " bytes";
            case LimitProblem.BodyTooLarge(long limit) ->
                    "The body is larger than " + limit + " bytes";
            case LimitProblem.TimedOut(Duration limit) ->
                    "The request took longer than " + limit.toMillis() + " ms";
            case LimitProblem.TooManyRequests _ -> "Too many requests";
            case LimitProblem.Overloaded _ -> "The server is busy; try again soon";
            case Problem other ->
                    other.code().status() >= 500
                            ? "Something went wrong; request id " + request.requestId()
                            : "The request was refused";
        };
    }
}
