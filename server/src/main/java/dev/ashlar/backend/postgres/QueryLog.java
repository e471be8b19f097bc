package dev.ashlar.backend.postgres;

import dev.ashlar.backend.Backend;
import dev.ashlar.backend.Result;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.identity.Caller;
import dev.ashlar.intent.Transaction;
import dev.ashlar.observe.Log;
import dev.ashlar.plan.Plan;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes the SQL of requests to the log. Values are parameters and never written.
public final class QueryLog implements Backend {
    private static final Log LOG = Log.of(QueryLog.class);

    private final Backend backend;
    private final Wanted wanted;

    /// Whose SQL is written.
    public enum Wanted {
        NOBODYS,
        /// Of requests that failed through no fault of their own.
        OF_FAILURES,
        OF_REFUSALS,
        EVERYBODYS;

        boolean includes(@Nullable Throwable error) {
            return switch (this) {
                case NOBODYS -> false;
                case OF_FAILURES ->
                        error != null
                                && !(error instanceof ProblemException refusal
                                        && refusal.problem() instanceof DataProblem.Rejected);
                case OF_REFUSALS -> error != null;
                case EVERYBODYS -> true;
            };
        }
    }

    private QueryLog(Backend backend, Wanted wanted) {
        this.backend = backend;
        this.wanted = wanted;
    }

    public static Backend of(Backend backend, Wanted wanted) {
        return wanted == Wanted.NOBODYS ? backend : new QueryLog(backend, wanted);
    }

    @Override
    public Catalog catalog() {
        return backend.catalog();
    }

    @Override
    public Future<Result> run(Plan plan, Caller caller, Transaction transaction) {
        return backend.run(plan, caller, transaction).onComplete((_, error) -> write(plan, error));
    }

    @Override
    public <T> Future<T> together(
            Caller caller, Transaction transaction, Function<Together, Future<T>> work) {
        return backend.together(
                caller,
                transaction,
                open ->
                        work.apply(plan ->
                                open.run(plan).onComplete((_, error) -> write(plan, error))));
    }

    private void write(Plan plan, @Nullable Throwable error) {
        if (wanted.includes(error)) {
            LOG.info(
                    "{}", PlanSql.of(plan, Telling.NOTHING).text().replaceAll("\\s+", " ").strip());
        }
    }
}
