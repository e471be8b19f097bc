package dev.ashlar.problem;

import org.jspecify.annotations.Nullable;

/// Carries a [Problem] to the HTTP edge, the one place that catches it.
///
/// The message and cause are for the log alone; what the caller reads is rendered from the problem.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    /// A cause makes the exception carry a stack trace; without one it is an expected refusal and
    /// costs none.
    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.toString(), cause, false, cause != null);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
