package dev.ashlar.problem;

import java.time.Duration;

/// A limit on size, count or time was reached.
public sealed interface LimitProblem extends Problem {

    record UriTooLong(int limitBytes) implements LimitProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.URI_TOO_LONG;
        }
    }

    record BodyTooLarge(long limitBytes) implements LimitProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.BODY_TOO_LARGE;
        }
    }

    record HeadersTooLarge(int limitBytes) implements LimitProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.HEADERS_TOO_LARGE;
        }
    }

    record TimedOut(Duration limit) implements LimitProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.REQUEST_TIMEOUT;
        }
    }

    record TooManyRequests(Duration retryAfter) implements LimitProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.TOO_MANY_REQUESTS;
        }
    }

    /// As much is being done as may be done at once.
    record Overloaded(Duration retryAfter) implements LimitProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.OVERLOADED;
        }
    }
}
