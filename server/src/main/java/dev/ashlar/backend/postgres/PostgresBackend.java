package dev.ashlar.backend.postgres;

import dev.ashlar.backend.Backend;
import dev.ashlar.backend.Result;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.identity.Caller;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Answer.Rows;
import dev.ashlar.plan.Plan;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// PostgreSQL 14 and newer: one statement a plan, under the caller's role and claims.
public final class PostgresBackend implements Backend {
    /// Up to this many rows an estimated count is counted.
    private static final long ESTIMATE_FROM = 1_000;

    private static final Pattern PLANNED_ROWS = Pattern.compile("rows=(\\d+)");

    private final PostgresLanes lanes;
    private final AtomicReference<@Nullable Catalog> catalog = new AtomicReference<>();

    private PostgresBackend(PostgresLanes lanes) {
        this.lanes = lanes;
    }

    public static PostgresBackend open(
            Vertx vertx, PostgresAddress address, PostgresConfig config) {
        return new PostgresBackend(PostgresLanes.open(vertx, address, config));
    }

    /// Swaps the catalog; requests under way keep the one that they were planned on.
    public void use(Catalog loaded) {
        catalog.set(loaded);
        lanes.schemaChanged();
    }

    /// Whether requests can be answered: there is a catalog and the database replies.
    public Future<Boolean> ready() {
        return catalog.get() == null ? Future.succeededFuture(false) : lanes.ready();
    }

    public Future<Void> close() {
        return lanes.close();
    }

    @Override
    public Catalog catalog() {
        Catalog present = catalog.get();
        if (present == null) {
            throw new ProblemException(new CatalogProblem.NotLoaded());
        }
        return present;
    }

    @Override
    public Future<Result> run(Plan plan, Caller caller) {
        SqlStatement statement = PlanSql.of(plan);
        return switch (plan) {
            case Plan.Read read -> read(read, statement, caller);
            case Plan.Call call when call.readOnly() ->
                    lanes.read(statement, caller, ReadMode.CALL).map(row -> checked(plan, row));
            case Plan.Insert _, Plan.Update _, Plan.Put _, Plan.Delete _, Plan.Call _ ->
                    hasCondition(plan)
                            ? conditional(plan, statement, caller)
                            : write(plan, statement, caller);
        };
    }

    private Future<Result> write(Plan plan, SqlStatement statement, Caller caller) {
        return lanes.write(statement, caller).map(result -> result(plan, result.row(), null));
    }

    /// A write that must be undone when it touched another number of rows than was insisted on.
    private Future<Result> conditional(Plan plan, SqlStatement statement, Caller caller) {
        return lanes.interactive(
                caller,
                Access.READ_WRITE,
                transaction -> transaction.run(statement).map(result -> checked(plan, result)));
    }

    private static boolean hasCondition(Plan plan) {
        return plan.answer().rows() == Rows.ONE
                || plan instanceof Plan.Put
                || maxAffected(plan) != null;
    }

    private static @Nullable Long maxAffected(Plan plan) {
        return switch (plan) {
            case Plan.Insert insert -> insert.maxAffected();
            case Plan.Update update -> update.maxAffected();
            case Plan.Delete delete -> delete.maxAffected();
            case Plan.Read _, Plan.Put _, Plan.Call _ -> null;
        };
    }

    private static Result checked(Plan plan, LaneResult lane) {
        return checked(plan, lane, null);
    }

    private static Result checked(Plan plan, LaneResult lane, @Nullable Long planned) {
        long rows = lane.row().number(PlanSql.ROWS);
        if (plan instanceof Plan.Put && rows != 1) {
            throw new ProblemException(new RequestProblem.PutKeyMismatch());
        }
        Long most = maxAffected(plan);
        if (most != null && rows > most) {
            throw new ProblemException(new DataProblem.MaxAffectedExceeded(rows));
        }
        if (plan.answer().rows() == Rows.ONE && rows != 1 && !returnsOne(plan)) {
            throw new ProblemException(new DataProblem.NotSingular(rows));
        }
        return result(plan, lane.row(), planned);
    }

    /// A function that returns one value, or nothing, is singular by itself.
    private static boolean returnsOne(Plan plan) {
        return plan instanceof Plan.Call call && !call.routine().returns().set();
    }

    private Future<Result> read(Plan.Read read, SqlStatement statement, Caller caller) {
        Count count = read.answer().count();
        if (count == Count.NONE || count == Count.EXACT) {
            return lanes.read(statement, caller, ReadMode.ROWS).map(lane -> checked(read, lane));
        }
        return lanes.read(PlanSql.explainCount(read.node()), caller, ReadMode.ROWS)
                .compose(explained -> estimated(read, statement, plannedRows(explained), caller));
    }

    private Future<Result> estimated(
            Plan.Read read, SqlStatement statement, long planned, Caller caller) {
        if (read.answer().count() == Count.ESTIMATED && planned <= ESTIMATE_FROM) {
            Answer exact = new Answer(Returning.ROWS, Count.EXACT, read.answer().rows());
            return run(new Plan.Read(read.node(), exact), caller);
        }
        return lanes.read(statement, caller, ReadMode.ROWS)
                .map(lane ->
                        checked(read, lane, Math.max(planned, lane.row().number(PlanSql.ROWS))));
    }

    /// From the first line of a plan, such as `Seq Scan on t (cost=0.00..1.05 rows=5 width=4)`.
    private static long plannedRows(LaneResult explained) {
        String line = explained.rows().getFirst().text(0);
        Matcher matcher = PLANNED_ROWS.matcher(line == null ? "" : line);
        if (!matcher.find()) {
            throw new IllegalStateException("EXPLAIN gave no number of rows");
        }
        return Long.parseLong(matcher.group(1));
    }

    private static Result result(Plan plan, LaneRow row, @Nullable Long planned) {
        long rows = row.number(PlanSql.ROWS);
        String body = row.text(PlanSql.BODY);
        if (isVoid(plan) || plan.answer().returning() != Returning.ROWS) {
            return new Result.Done(rows, row.text(PlanSql.LOCATION));
        }
        Long total = row.isNull(PlanSql.TOTAL) ? planned : Long.valueOf(row.number(PlanSql.TOTAL));
        return new Result.Json(Buffer.buffer(body == null ? "null" : body), rows, total);
    }

    private static boolean isVoid(Plan plan) {
        return plan instanceof Plan.Call call && call.routine().returns().isVoid();
    }
}
