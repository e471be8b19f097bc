package dev.ashlar.face.authapi;

import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.ProblemRenderer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.OAuthError;
import dev.ashlar.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Words problems in the sign-in dialect.
///
/// A client that names API version 2024-01-01 or later gets `{code, message}` and the version back;
/// any other the older form `{code: status, error_code, msg}`.
final class AuthProblemRenderer implements ProblemRenderer {
    private static final String VERSION_HEADER = "X-Supabase-Api-Version";
    private static final String VERSION = "2024-01-01";
    private static final int FORBIDDEN = 403;

    @Override
    public HttpResponse render(Problem problem, HttpRequest request) {
        if (problem instanceof AuthProblem.OAuthRefused(OAuthError error, String description)) {
            return oauth(error, description);
        }
        int status = status(problem);
        String word = word(problem, status);
        String message = AuthMessages.of(problem, status, request.requestId());
        // ISO dates compare as text.
        boolean current =
                request.findHeader(VERSION_HEADER)
                        .filter(version -> version.compareTo(VERSION) >= 0)
                        .isPresent();
        JsonObjectBuilder body = new JsonObjectBuilder();
        if (current) {
            body.put("code", word).put("message", message);
        } else {
            body.put("code", status).put("error_code", word).put("msg", message);
        }
        if (problem instanceof AuthProblem.WeakPassword(_, List<String> reasons)) {
            JsonArray words =
                    new JsonArray(List.copyOf(reasons.stream().map(JsonString::new).toList()));
            body.put("weak_password", new JsonObjectBuilder().put("reasons", words).build());
        }
        HttpResponse response =
                HttpResponse.json(status, Json.write(body.build()))
                        .withHeader("x-sb-error-code", word)
                        .withHeader("Cache-Control", "no-store");
        if (current) {
            response = response.withHeader(VERSION_HEADER, VERSION);
        }
        Optional<Duration> wait = findWait(problem);
        return wait.isPresent()
                ? response.withHeader(
                        "Retry-After", Long.toString(Math.max(1, wait.get().toSeconds())))
                : response;
    }

    /// RFC 6749, 5.2; the challenge is that of whichever credential was not good (RFC 6750, 3).
    private static HttpResponse oauth(OAuthError error, String description) {
        JsonObjectBuilder body =
                new JsonObjectBuilder()
                        .put("error", error.word())
                        .put("error_description", description);
        HttpResponse response =
                HttpResponse.json(error.status(), Json.write(body.build()))
                        .withHeader("Cache-Control", "no-store");
        return switch (error) {
            case INVALID_CLIENT -> response.withHeader("WWW-Authenticate", "Basic realm=\"oauth\"");
            case INVALID_TOKEN, INSUFFICIENT_SCOPE ->
                    response.withHeader("WWW-Authenticate", "Bearer error=\"" + error.word() + '"');
            default -> response;
        };
    }

    /// This dialect says 403 to a bad token, and 500 when the database refuses our own statements:
    /// unlike those of the data API they are no wish of the caller's.
    private static int status(Problem problem) {
        return switch (problem) {
            case AuthProblem.TokenInvalid _ -> FORBIDDEN;
            case AuthProblem.HookRefused(int asked, _) -> asked;
            case DataProblem.Rejected _ -> ErrorCode.INTERNAL.status();
            case Problem other -> other.code().status();
        };
    }

    private static String word(Problem problem, int status) {
        String word = problem.code().word();
        if (word != null) {
            return word;
        }
        return status >= ErrorCode.INTERNAL.status() ? "unexpected_failure" : "validation_failed";
    }

    private static Optional<Duration> findWait(Problem problem) {
        return switch (problem) {
            case LimitProblem.TooManyRequests(Duration wait) -> Optional.of(wait);
            case LimitProblem.Overloaded(Duration wait) -> Optional.of(wait);
            case AuthProblem.SentTooOften(_, Duration wait) -> Optional.of(wait);
            case Problem _ -> Optional.empty();
        };
    }
}
