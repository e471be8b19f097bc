package dev.ashlar.engine;

import dev.ashlar.backend.Backend;
import dev.ashlar.backend.Result;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.identity.Caller;
import dev.ashlar.intent.Intent;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.Planner;
import io.vertx.core.Future;

/// Runs intents on a backend for a caller.
public final class Engine {
    private final Backend backend;
    private final long maxRows;

    /// `maxRows` bounds the rows of one answer, and of each level in it.
    public Engine(Backend backend, long maxRows) {
        this.backend = backend;
        this.maxRows = maxRows;
    }

    /// The whole journey: what was asked becomes a plan on the present catalog, which the database
    /// runs as the caller.
    public Future<Result> run(Intent intent, Caller caller) {
        Plan plan = new Planner(catalog(), caller.role(), maxRows).plan(intent);
        return backend.run(plan, caller);
    }

    public Catalog catalog() {
        return backend.catalog();
    }
}
