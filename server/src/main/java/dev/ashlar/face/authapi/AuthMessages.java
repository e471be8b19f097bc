package dev.ashlar.face.authapi;

import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.InternalProblem;
import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.RequestProblem;
import java.time.Duration;

/// The sentence of each problem, for people to read; programs go by the code.
final class AuthMessages {
    private AuthMessages() {}

    static String of(Problem problem, int status, String requestId) {
        return switch (problem) {
            case AuthProblem auth -> auth(auth);
            case RequestProblem request -> request(request);
            case LimitProblem limit -> limit(limit);
            case DataProblem _, CatalogProblem _, InternalProblem _ ->
                    status == 503 || status == 504
                            ? "The database cannot be reached at the moment, please retry"
                            : "Unexpected failure, please check server logs for request id "
                                    + requestId;
        };
    }

    private static String auth(AuthProblem problem) {
        return switch (problem) {
            case AuthProblem.TokenInvalid(var fault, _) -> token(fault);
            case AuthProblem.AnonymousDisabled _, AuthProblem.TokenMissing _ ->
                    "This endpoint requires a valid Bearer token";
            case AuthProblem.SecretMissing _ -> "Server lacks JWT secret";
            case AuthProblem.AdminRequired _ -> "User not allowed";
            case AuthProblem.SessionNotFound _ ->
                    "Session from session_id claim in JWT does not exist";
            case AuthProblem.SessionExpired _ -> "Invalid Refresh Token: Session Expired";
            case AuthProblem.UserOfTokenGone _ -> "User from sub claim in JWT does not exist";
            case AuthProblem.UserNotFound _ -> "User not found";
            case AuthProblem.UserBanned _ -> "User is banned";
            case AuthProblem.ValidationFailed(String message) -> message;
            case AuthProblem.GrantUnsupported _ -> "unsupported_grant_type";
            case AuthProblem.CredentialsInvalid _ -> "Invalid login credentials";
            case AuthProblem.EmailNotConfirmed _ -> "Email not confirmed";
            case AuthProblem.RefreshTokenNotFound _ ->
                    "Invalid Refresh Token: Refresh Token Not Found";
            case AuthProblem.RefreshTokenAlreadyUsed _ -> "Invalid Refresh Token: Already Used";
            case AuthProblem.UserAlreadyExists _ -> "User already registered";
            case AuthProblem.EmailExists _ ->
                    "A user with this email address has already been registered";
            case AuthProblem.WeakPassword(String message, _) -> message;
            case AuthProblem.SamePassword _ ->
                    "New password should be different from the old password.";
            case AuthProblem.SignupDisabled _ -> "Signups not allowed for this instance";
            case AuthProblem.AnonymousProviderDisabled _ -> "Anonymous sign-ins are disabled";
            case AuthProblem.PhoneProviderDisabled _ -> "Phone signups are disabled";
            case AuthProblem.HookRefused(_, String message) -> message;
            case AuthProblem.CaptchaFailed(String reason) ->
                    "captcha protection: request disallowed (" + reason + ")";
            case AuthProblem.OAuthRefused(_, String description) -> description;
            case AuthProblem.SentTooOften(_, Duration wait) ->
                    "For security purposes, you can only request this after "
                            + Math.max(1, wait.toSeconds())
                            + " seconds.";
            case AuthProblem.Refused(ErrorCode code) -> RefusalMessages.of(code);
        };
    }

    private static String token(AuthProblem.TokenFault fault) {
        return "invalid JWT: "
                + switch (fault) {
                    case EMPTY, WRONG_PARTS, MALFORMED -> "token is malformed";
                    case BAD_SIGNATURE -> "signature is invalid";
                    case ALGORITHM_NOT_ALLOWED -> "signing method is not allowed";
                    case UNKNOWN_KEY -> "signing key is unknown";
                    case EXPIRED -> "token is expired";
                    case NOT_YET_VALID -> "token is not valid yet";
                    case ISSUED_IN_FUTURE -> "token was issued in the future";
                    case WRONG_AUDIENCE -> "token is for another audience";
                    case NOT_A_NUMBER, BAD_AUDIENCE, BAD_CLAIMS ->
                            "claims are missing or of the wrong kind";
                };
    }

    private static String request(RequestProblem problem) {
        return switch (problem) {
            case RequestProblem.BodyMalformed(String reason) -> reason;
            case RequestProblem.PathInvalid _ -> "Nothing is served at this path";
            case RequestProblem.MethodUnsupported(String method) ->
                    method + " is not supported here";
            case RequestProblem _ -> "The request is not understood";
        };
    }

    private static String limit(LimitProblem problem) {
        return switch (problem) {
            case LimitProblem.TooManyRequests _ -> "Request rate limit reached";
            case LimitProblem.Overloaded _ -> "The server is busy, please retry";
            case LimitProblem.BodyTooLarge(long limit) ->
                    "The request body is larger than " + limit + " bytes";
            case LimitProblem.UriTooLong _ -> "The request target is too long";
            case LimitProblem.HeadersTooLarge _ -> "The request headers are too large";
            case LimitProblem.TimedOut _ -> "The request took too long";
        };
    }
}
