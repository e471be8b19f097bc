package dev.ashlar.problem;

import org.jspecify.annotations.Nullable;

/// The database refused, or the rows are not what the caller insisted on.
public sealed interface DataProblem extends Problem {

    /// The database's own refusal: its SQLSTATE and words.
    record Rejected(
            String sqlState,
            String message,
            @Nullable String details,
            @Nullable String hint,
            boolean anonymous)
            implements DataProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.DATABASE_REJECTED;
        }
    }

    /// One row was insisted on and `rows` came.
    record NotSingular(long rows) implements DataProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.NOT_SINGULAR;
        }
    }

    /// No row has the key of the address.
    record RowNotFound() implements DataProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.ROW_NOT_FOUND;
        }
    }

    record MaxAffectedExceeded(long rows) implements DataProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.MAX_AFFECTED_EXCEEDED;
        }
    }

    /// The database's code set a status that is none.
    record ResponseStatusInvalid() implements DataProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.RESPONSE_STATUS_INVALID;
        }
    }

    /// The database's code set headers that are none.
    record ResponseHeadersInvalid() implements DataProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.RESPONSE_HEADERS_INVALID;
        }
    }

    /// The database could not be reached, or broke the connection.
    record Unreachable() implements DataProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.DATABASE_UNREACHABLE;
        }
    }

    /// No connection became free in time.
    record Busy() implements DataProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.DATABASE_BUSY;
        }
    }
}
