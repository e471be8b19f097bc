package dev.ashlar.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is calling could not be established, or sign-in was refused.
public sealed interface AuthProblem extends Problem {

    /// Why a token was not accepted; the data API words these in its own way.
    enum TokenFault {
        /// A bearer token of no characters.
        EMPTY,
        /// Not three parts; the subject is how many.
        WRONG_PARTS,
        MALFORMED,
        BAD_SIGNATURE,
        ALGORITHM_NOT_ALLOWED,
        UNKNOWN_KEY,
        EXPIRED,
        NOT_YET_VALID,
        ISSUED_IN_FUTURE,
        WRONG_AUDIENCE,
        /// The subject is the claim that is no number.
        NOT_A_NUMBER,
        /// `aud` is neither a text nor a list of texts.
        BAD_AUDIENCE,
        BAD_CLAIMS
    }

    /// `subject` is what the fault is about, where there is more to say.
    record TokenInvalid(TokenFault fault, @Nullable String subject) implements AuthProblem {
        public TokenInvalid(TokenFault fault) {
            this(fault, null);
        }

        @Override
        public ErrorCode code() {
            return switch (fault) {
                case EMPTY,
                        WRONG_PARTS,
                        MALFORMED,
                        BAD_SIGNATURE,
                        ALGORITHM_NOT_ALLOWED,
                        UNKNOWN_KEY ->
                        ErrorCode.TOKEN_INVALID;
                case EXPIRED,
                        NOT_YET_VALID,
                        ISSUED_IN_FUTURE,
                        WRONG_AUDIENCE,
                        NOT_A_NUMBER,
                        BAD_AUDIENCE,
                        BAD_CLAIMS ->
                        ErrorCode.TOKEN_CLAIMS_INVALID;
            };
        }
    }

    /// A token was sent and there is no key to judge it by.
    record SecretMissing() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.TOKEN_SECRET_MISSING;
        }
    }

    record AnonymousDisabled() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.ANONYMOUS_DISABLED;
        }
    }

    /// The endpoint needs a bearer token and none came.
    record TokenMissing() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.TOKEN_MISSING;
        }
    }

    record AdminRequired() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.ADMIN_REQUIRED;
        }
    }

    /// The token is good, but its session was ended.
    record SessionNotFound() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.SESSION_NOT_FOUND;
        }
    }

    /// The session reached the end of its time.
    record SessionExpired() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.SESSION_EXPIRED;
        }
    }

    /// The token is good, but its account is gone.
    record UserOfTokenGone() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.USER_OF_TOKEN_GONE;
        }
    }

    record UserNotFound() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.USER_NOT_FOUND;
        }
    }

    record UserBanned() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.USER_BANNED;
        }
    }

    /// A field is missing or out of its bounds; `message` is meant for the caller.
    record ValidationFailed(String message) implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.VALIDATION_FAILED;
        }
    }

    record GrantUnsupported() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.GRANT_UNSUPPORTED;
        }
    }

    /// Unknown account or wrong password: which of them is not told.
    record CredentialsInvalid() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.CREDENTIALS_INVALID;
        }
    }

    record EmailNotConfirmed() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.EMAIL_NOT_CONFIRMED;
        }
    }

    record RefreshTokenNotFound() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.REFRESH_TOKEN_NOT_FOUND;
        }
    }

    /// A refresh token came back after its time: the session was ended.
    record RefreshTokenAlreadyUsed() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.REFRESH_TOKEN_ALREADY_USED;
        }
    }

    record UserAlreadyExists() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.USER_ALREADY_EXISTS;
        }
    }

    record EmailExists() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.EMAIL_EXISTS;
        }
    }

    /// `reasons` are words of the dialect: `length`, `characters`, `pwned`.
    record WeakPassword(String message, List<String> reasons) implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.WEAK_PASSWORD;
        }
    }

    record SamePassword() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.SAME_PASSWORD;
        }
    }

    record SignupDisabled() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.SIGNUP_DISABLED;
        }
    }

    record AnonymousProviderDisabled() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.ANONYMOUS_PROVIDER_DISABLED;
        }
    }

    record PhoneProviderDisabled() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.PHONE_PROVIDER_DISABLED;
        }
    }

    /// A hook of the owner's said no, with a status of 400 to 499 and words for the caller.
    record HookRefused(int status, String message) implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.VALIDATION_FAILED;
        }
    }

    /// No solved captcha; `reason` is meant for the caller.
    record CaptchaFailed(String reason) implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.CAPTCHA_FAILED;
        }
    }

    /// A refusal that its code says in full: there are no further facts.
    record Refused(ErrorCode code) implements AuthProblem {}

    /// A message to somebody was sent a moment ago, and the next one has to wait.
    record SentTooOften(ErrorCode code, Duration retryAfter) implements AuthProblem {}

    /// A refusal in the words of OAuth 2.0; `description` is meant for the client's developer.
    record OAuthRefused(OAuthError error, String description) implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.VALIDATION_FAILED;
        }
    }
}
