package dev.ashlar.backend;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.identity.Caller;
import dev.ashlar.intent.Transaction;
import dev.ashlar.plan.Plan;
import io.vertx.core.Future;
import java.util.function.Function;

/// A database that plans can be run on, under the caller's own rights.
public interface Backend {

    /// What it holds; throws [dev.ashlar.problem.CatalogProblem.NotLoaded] before the first load.
    Catalog catalog();

    /// All or nothing. The future fails with a [dev.ashlar.problem.ProblemException].
    Future<Result> run(Plan plan, Caller caller, Transaction transaction);

    /// Several plans in one transaction, each after the one before: kept when the work succeeds,
    /// undone when it fails.
    <T> Future<T> together(
            Caller caller, Transaction transaction, Function<Together, Future<T>> work);

    /// An open transaction. Await one plan before the next.
    interface Together {
        Future<Result> run(Plan plan);
    }
}
