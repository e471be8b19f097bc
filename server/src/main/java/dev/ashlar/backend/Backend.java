package dev.ashlar.backend;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.identity.Caller;
import dev.ashlar.plan.Plan;
import io.vertx.core.Future;

/// A database that plans can be run on, under the caller's own rights.
public interface Backend {

    /// What it holds; throws [dev.ashlar.problem.CatalogProblem.NotLoaded] before the first load.
    Catalog catalog();

    /// All or nothing. The future fails with a [dev.ashlar.problem.ProblemException].
    Future<Result> run(Plan plan, Caller caller);
}
