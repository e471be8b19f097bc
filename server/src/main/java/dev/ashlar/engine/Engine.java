package dev.ashlar.engine;

import dev.ashlar.backend.Backend;
import dev.ashlar.backend.Result;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.identity.Caller;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Transaction;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.PlanRules;
import dev.ashlar.plan.Planner;
import io.vertx.core.Future;
import java.util.function.Function;

/// Runs intents on a backend for a caller.
public final class Engine {
    private final Backend backend;
    private final PlanRules rules;

    public Engine(Backend backend, PlanRules rules) {
        this.backend = backend;
        this.rules = rules;
    }

    /// The whole journey: what was asked becomes a plan on the present catalog, which the database
    /// runs as the caller.
    public Future<Result> run(Intent intent, Caller caller, Transaction transaction) {
        Plan plan = new Planner(catalog(), caller.role(), rules).plan(intent);
        return backend.run(plan, caller, transaction);
    }

    /// Several intents in one transaction, in the order in which the work asks for them; all of
    /// them or none.
    public <T> Future<T> together(
            Caller caller, Transaction transaction, Function<Step, Future<T>> work) {
        Planner planner = new Planner(catalog(), caller.role(), rules);
        return backend.together(
                caller, transaction, open -> work.apply(intent -> open.run(planner.plan(intent))));
    }

    /// Runs the next intent of several.
    @FunctionalInterface
    public interface Step {
        Future<Result> run(Intent intent);
    }

    /// Runs nothing, and throws what keeps it from running.
    public void check(Intent intent, Caller caller) {
        new Planner(catalog(), caller.role(), rules).plan(intent);
    }

    public Catalog catalog() {
        return backend.catalog();
    }
}
