package dev.ashlar.problem;

/// Who is calling could not be established, or sign-in was refused.
public sealed interface AuthProblem extends Problem {

    /// Why a token was not accepted; the data API words these in its own way.
    enum TokenFault {
        MALFORMED,
        BAD_SIGNATURE,
        ALGORITHM_NOT_ALLOWED,
        UNKNOWN_KEY,
        EXPIRED,
        NOT_YET_VALID,
        ISSUED_IN_FUTURE,
        WRONG_AUDIENCE,
        BAD_CLAIMS
    }

    record TokenInvalid(TokenFault fault) implements AuthProblem {
        @Override
        public ErrorCode code() {
            return switch (fault) {
                case MALFORMED, BAD_SIGNATURE, ALGORITHM_NOT_ALLOWED, UNKNOWN_KEY ->
                        ErrorCode.TOKEN_INVALID;
                case EXPIRED, NOT_YET_VALID, ISSUED_IN_FUTURE, WRONG_AUDIENCE, BAD_CLAIMS ->
                        ErrorCode.TOKEN_CLAIMS_INVALID;
            };
        }
    }

    record AnonymousDisabled() implements AuthProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.ANONYMOUS_DISABLED;
        }
    }
}
