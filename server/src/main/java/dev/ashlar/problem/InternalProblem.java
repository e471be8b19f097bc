package dev.ashlar.problem;

/// A bug or a broken part of ours: the caller learns only the request id, the log has the cause.
public sealed interface InternalProblem extends Problem {

    record Unexpected() implements InternalProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.INTERNAL;
        }
    }
}
