package dev.ashlar.backend.postgres;

import dev.ashlar.backend.Backend;
import dev.ashlar.backend.Result;
import dev.ashlar.backend.Result.Effects;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.identity.Caller;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Answer.Returning;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.intent.Transaction;
import dev.ashlar.plan.Plan;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// PostgreSQL 14 and newer: one statement a plan, under the caller's role and claims.
public final class PostgresBackend implements Backend {
    /// Of the transaction, so that it is part of its BEGIN.
    private static final String ISOLATION = "default_transaction_isolation";

    private static final SqlStatement CHECK_DEFERRED = SqlText.of("set constraints all immediate");
    private static final Pattern PLANNED_ROWS = Pattern.compile("rows=(\\d+)");

    private final PostgresLanes lanes;
    private final FlatReads flatReads;
    private final TransactionSteps steps;
    private final AtomicReference<@Nullable Catalog> catalog = new AtomicReference<>();

    private PostgresBackend(PostgresLanes lanes, FlatReads flatReads, TransactionSteps steps) {
        this.lanes = lanes;
        this.flatReads = flatReads;
        this.steps = steps;
    }

    public static PostgresBackend open(
            Vertx vertx, PostgresAddress address, PostgresConfig config) {
        return open(vertx, address, config, TransactionSteps.NONE);
    }

    /// `steps` is what every transaction does before its statement.
    public static PostgresBackend open(
            Vertx vertx, PostgresAddress address, PostgresConfig config, TransactionSteps steps) {
        PostgresLanes lanes = PostgresLanes.open(vertx, address, config);
        FlatReads flatReads = new FlatReads(lanes, config.maxAnswerSize().bytes());
        return new PostgresBackend(lanes, flatReads, steps);
    }

    /// Swaps the catalog; requests under way keep the one that they were planned on.
    public void use(Catalog loaded) {
        catalog.set(loaded);
        flatReads.catalogChanged();
        lanes.schemaChanged();
    }

    /// Whether requests can be answered: there is a catalog and the database replies.
    public Future<Boolean> ready() {
        return catalog.get() == null ? Future.succeededFuture(false) : lanes.ready();
    }

    public PoolFigures figures() {
        return lanes.figures();
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
    public Future<Result> run(Plan plan, Caller caller, Transaction transaction) {
        Map<String, String> settings = settings(caller, transaction);
        if (plan instanceof Plan.Call call) {
            settings = steps.calling(call.routine(), settings, transaction);
        }
        String isolation = settings.isEmpty() ? null : settings.remove(ISOLATION);
        LaneCaller visit = LaneCaller.of(caller, transaction, settings);
        return GroupingRefusals.reworded(plan.node(), run(plan, visit, isolation));
    }

    private Future<Result> run(Plan plan, LaneCaller visit, @Nullable String isolation) {
        boolean undone = visit.transaction().end() == Transaction.End.ROLLBACK;
        boolean looks = !isRead(plan) && (undone || hasCondition(plan));
        if (looks || isolation != null || steps.preRequest().isPresent()) {
            Access access = isRead(plan) ? Access.READ_ONLY : Access.READ_WRITE;
            return inSteps(plan, visit, isolation == null ? access : access.at(isolation));
        }
        Telling telling = telling();
        return switch (plan) {
            case Plan.Read read -> read(read, visit, telling);
            case Plan.Call call when call.readOnly() ->
                    lanes.read(PlanSql.of(plan, telling), visit, ReadMode.CALL)
                            .map(row -> checked(plan, row, null, telling));
            case Plan.Insert _, Plan.Update _, Plan.Put _, Plan.Delete _, Plan.Call _ ->
                    write(plan, visit, telling);
        };
    }

    private Future<Result> write(Plan plan, LaneCaller caller, Telling telling) {
        // What the database's code sets for the answer comes beside a body.
        Optional<FlatWrite> flat =
                telling == Telling.NOTHING && !caller.bringsDateStyle()
                        ? FlatWrite.find(plan)
                        : Optional.empty();
        return flat.map(write -> flatReads.write(write, caller))
                .orElseGet(() ->
                        lanes.write(PlanSql.of(plan, telling), caller)
                                .map(row -> checked(plan, row, null, telling)));
    }

    private Telling telling() {
        boolean possible = lanes.traits().answersItself() || steps.preRequest().isPresent();
        return possible ? Telling.ANSWER : Telling.NOTHING;
    }

    private Map<String, String> settings(Caller caller, Transaction transaction) {
        Map<String, String> ofRole =
                catalog()
                        .surroundings()
                        .roleSettings()
                        .getOrDefault(caller.role().name(), Map.of());
        return steps.settings(ofRole, transaction, telling());
    }

    private static boolean isRead(Plan plan) {
        return plan instanceof Plan.Read || (plan instanceof Plan.Call call && call.readOnly());
    }

    /// A transaction with a step before the statement, at a level of its own, or that has to look
    /// at what it did before it is kept.
    private Future<Result> inSteps(Plan plan, LaneCaller caller, Access access) {
        return lanes.interactive(
                caller,
                access,
                transaction -> {
                    if (caller.transaction().end() == Transaction.End.ROLLBACK) {
                        transaction.rollBackAtEnd();
                    }
                    Future<Result> run =
                            prepared(transaction).compose(_ -> step(plan, transaction));
                    return isRead(plan) ? run : judged(run, caller.transaction(), transaction);
                });
    }

    /// What is undone at its end would never see the constraints that are checked there.
    private static <T> Future<T> judged(
            Future<T> work, Transaction transaction, LaneTransaction open) {
        return transaction.end() == Transaction.End.ROLLBACK
                ? work.compose(result -> open.run(CHECK_DEFERRED).map(result))
                : work;
    }

    @Override
    public <T> Future<T> together(
            Caller caller, Transaction transaction, Function<Together, Future<T>> work) {
        Map<String, String> settings = new LinkedHashMap<>(settings(caller, transaction));
        String usual = settings.remove(ISOLATION);
        String isolation =
                transaction.isolation() == Transaction.Isolation.SNAPSHOT
                        ? "repeatable read"
                        : usual;
        return lanes.interactive(
                LaneCaller.of(caller, transaction, settings),
                isolation == null ? Access.READ_WRITE : Access.READ_WRITE.at(isolation),
                open -> {
                    if (transaction.end() == Transaction.End.ROLLBACK) {
                        open.rollBackAtEnd();
                    }
                    Future<T> parts =
                            prepared(open).compose(_ -> work.apply(plan -> step(plan, open)));
                    return judged(parts, transaction, open);
                });
    }

    private Future<LaneResult> prepared(LaneTransaction open) {
        return steps.findCall()
                .map(open::runOnce)
                .orElseGet(() -> Future.succeededFuture(LaneResult.EMPTY));
    }

    private Future<Result> step(Plan plan, LaneTransaction open) {
        Telling telling = telling();
        return open.run(PlanSql.of(plan, telling))
                .compose(lane ->
                        planned(plan, lane, open::run)
                                .map(planned -> checked(plan, lane, planned, telling)));
    }

    /// How many rows the database's planner expects, when that is to be told: as asked, or since
    /// there are more than an estimated count counts.
    private static Future<@Nullable Long> planned(
            Plan plan, LaneResult lane, Function<SqlStatement, Future<LaneResult>> run) {
        if (!(plan instanceof Plan.Read read)
                || !isPlanned(read.answer())
                || isCounted(read, lane.row())) {
            return Future.succeededFuture();
        }
        long rows = lane.row().number(PlanSql.ROWS);
        return run.apply(PlanSql.explainCount(read.node()))
                .map(explained -> Math.max(plannedRows(explained), rows));
    }

    private static boolean isPlanned(Answer answer) {
        return (answer.count() == Count.PLANNED || answer.count() == Count.ESTIMATED)
                && !(answer.format() instanceof Format.Explained);
    }

    private static boolean isCounted(Plan.Read read, LaneRow row) {
        return read.answer().count() == Count.ESTIMATED
                && !row.isNull(PlanSql.TOTAL)
                && row.number(PlanSql.TOTAL) <= read.exactUpTo();
    }

    private static boolean hasCondition(Plan plan) {
        return plan.answer().rows() == Rows.ONE
                || plan instanceof Plan.Put
                || maxAffected(plan) != null;
    }

    private static @Nullable Long maxAffected(Plan plan) {
        return switch (plan) {
            case Plan.Update update -> update.maxAffected();
            case Plan.Delete delete -> delete.maxAffected();
            case Plan.Call call -> call.maxAffected();
            case Plan.Read _, Plan.Insert _, Plan.Put _ -> null;
        };
    }

    private static Result checked(
            Plan plan, LaneResult lane, @Nullable Long planned, Telling telling) {
        if (plan.answer().format() instanceof Format.Explained) {
            Buffer text = Buffer.buffer(ExplainText.of(lane));
            return new Result.Body(text, 0, null, Effects.NONE);
        }
        long rows = lane.row().number(PlanSql.ROWS);
        if (plan instanceof Plan.Put && rows != 1) {
            throw new ProblemException(new RequestProblem.PutKeyMismatch());
        }
        Long most = maxAffected(plan);
        if (most != null && rows > most) {
            throw new ProblemException(new DataProblem.MaxAffectedExceeded(rows));
        }
        if (plan.answer().rows() == Rows.ONE && rows != 1 && !isVoid(plan)) {
            throw new ProblemException(new DataProblem.NotSingular(rows));
        }
        return result(plan, lane.row(), planned, effects(plan, lane.row(), telling));
    }

    private static Effects effects(Plan plan, LaneRow row, Telling telling) {
        boolean upsert =
                plan instanceof Plan.Put
                        || (plan instanceof Plan.Insert insert && insert.upsertion() != null);
        if (!upsert && telling == Telling.NOTHING) {
            return Effects.NONE;
        }
        return new Effects(
                upsert ? row.number(PlanSql.INSERTED) : null,
                telling == Telling.ANSWER ? row.text(PlanSql.STATUS) : null,
                telling == Telling.ANSWER ? row.text(PlanSql.HEADERS) : null);
    }

    private Future<Result> read(Plan.Read read, LaneCaller caller, Telling telling) {
        // What the database's code sets for the answer comes beside a body.
        boolean mayBeFlat = telling == Telling.NOTHING && !caller.bringsDateStyle();
        return (mayBeFlat ? flatReads.find(read) : Optional.<RowsRead>empty())
                .map(flat ->
                        flatReads.run(read, flat, caller, () -> aggregated(read, caller, telling)))
                .orElseGet(() -> aggregated(read, caller, telling));
    }

    private Future<Result> aggregated(Plan.Read read, LaneCaller caller, Telling telling) {
        SqlStatement statement = PlanSql.of(read, telling);
        Future<LaneResult> running = lanes.read(statement, caller, ReadMode.ROWS);
        if (!isPlanned(read.answer())) {
            return running.map(lane -> checked(read, lane, null, telling));
        }
        return running.compose(lane ->
                planned(read, lane, explain -> lanes.read(explain, caller, ReadMode.ROWS))
                        .map(planned -> checked(read, lane, planned, telling)));
    }

    /// From the first line of a plan, such as `Seq Scan on t (cost=0.00..1.05 rows=5 width=4)`.
    static long plannedRows(LaneResult explained) {
        String line = explained.rows().getFirst().text(0);
        Matcher matcher = PLANNED_ROWS.matcher(line == null ? "" : line);
        if (!matcher.find()) {
            throw new IllegalStateException("EXPLAIN gave no number of rows");
        }
        return Long.parseLong(matcher.group(1));
    }

    private static Result result(Plan plan, LaneRow row, @Nullable Long planned, Effects effects) {
        long rows = row.number(PlanSql.ROWS);
        if (isVoid(plan) || plan.answer().returning() != Returning.ROWS) {
            return new Result.Done(rows, row.text(PlanSql.LOCATION), effects);
        }
        Long counted = row.isNull(PlanSql.TOTAL) ? null : Long.valueOf(row.number(PlanSql.TOTAL));
        Long total =
                counted == null || planned == null
                        ? (counted == null ? planned : counted)
                        : Long.valueOf(Math.max(counted, planned));
        Result.Body answer =
                new Result.Body(BodySql.sent(plan.answer().format(), row), rows, total, effects);
        return plan instanceof Plan.Read read && read.seek() != null
                ? page(read, answer, row.text(PlanSql.LOCATION))
                : answer;
    }

    /// A page that is not full is the last.
    private static Result page(Plan.Read read, Result.Body answer, @Nullable String next) {
        Long limit = read.node().page().limit();
        return next == null || limit == null || answer.rows() < limit
                ? answer
                : new Result.BodyPage(answer, next);
    }

    private static boolean isVoid(Plan plan) {
        return plan instanceof Plan.Call call && call.routine().returns().isVoid();
    }
}
