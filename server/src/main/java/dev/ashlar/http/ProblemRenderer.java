package dev.ashlar.http;

import dev.ashlar.problem.Problem;

/// Words a problem in one dialect. One per mount.
@FunctionalInterface
public interface ProblemRenderer {
    HttpResponse render(Problem problem, HttpRequest request);

    /// For a mount without a dialect of its own, such as pages.
    static ProblemRenderer plain() {
        return PlainProblems.RENDERER;
    }
}
