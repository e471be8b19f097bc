package dev.ashlar.problem;

/// What went wrong with a request, as facts; each face turns it into its dialect's words.
///
/// Grouped by the stage that found it. Leaves are records; none carries a stack trace, a driver's
/// exception or text that the caller may not see.
public sealed interface Problem
        permits RequestProblem,
                CatalogProblem,
                AuthProblem,
                DataProblem,
                LimitProblem,
                InternalProblem {

    ErrorCode code();
}
