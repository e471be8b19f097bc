package dev.ashlar.backend.postgres;

import dev.ashlar.backend.Result;
import dev.ashlar.backend.Result.Effects;
import dev.ashlar.backend.postgres.wire.ServerError;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.intent.Page;
import dev.ashlar.plan.Plan;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs flat reads on the read lanes. `otherwise` is the same read as [PlanSql] writes it: for the
/// few that turn out not to be answered by rows alone.
final class FlatReads {
    private static final String UNDEFINED_COLUMN = "42703";

    private final PostgresLanes lanes;
    private final long largestAnswer;
    private final ReadStatements statements = new ReadStatements();

    FlatReads(PostgresLanes lanes, long largestAnswer) {
        this.lanes = lanes;
        this.largestAnswer = largestAnswer;
    }

    /// Empty as [RowsRead#find].
    Optional<RowsRead> find(Plan.Read read) {
        return statements.find(read);
    }

    void catalogChanged() {
        statements.forget();
    }

    /// A column may be gone since the catalog was read: then what the database shows for `*`
    /// counts.
    Future<Result> run(
            Plan.Read read, RowsRead flat, LaneCaller caller, Supplier<Future<Result>> otherwise) {
        BodyRows rows = flat.rows(statements, largestAnswer);
        return lanes.read(flat.statement(), caller, ReadMode.ROWS, rows)
                .compose(_ -> answer(read, rows, caller, otherwise))
                .recover(error ->
                        isUndefinedColumn(error) ? otherwise.get() : Future.failedFuture(error));
    }

    /// The number of rows is that of the command's tag where none are returned.
    Future<Result> write(FlatWrite write, LaneCaller caller) {
        FlatRead returned = write.returned();
        if (returned == null) {
            return lanes.write(write.statement(), caller, RowTaker.KEPT)
                    .map(done -> new Result.Done(done.affected(), null, Effects.NONE));
        }
        FlatRows rows = new FlatRows(returned, statements, largestAnswer);
        return lanes.write(write.statement(), caller, rows).compose(_ -> answered(rows, null));
    }

    private Future<Result> answer(
            Plan.Read read, BodyRows rows, LaneCaller caller, Supplier<Future<Result>> otherwise) {
        if (rows.isTooLarge()) {
            throw PostgresProblems.from(
                    ServerError.tooLarge(largestAnswer), PostgresProblems.Sender.KNOWN);
        }
        if (read.answer().rows() == Rows.ONE && rows.rows() != 1) {
            throw new ProblemException(new DataProblem.NotSingular(rows.rows()));
        }
        return switch (read.answer().count()) {
            case NONE -> answered(rows, null);
            case PLANNED -> planned(read, rows, rows.rows(), caller);
            case EXACT, ESTIMATED -> {
                Long counted = counted(read, rows);
                if (counted == null) {
                    yield otherwise.get();
                }
                boolean few = read.answer().count() == Count.EXACT || counted <= read.exactUpTo();
                yield few ? answered(rows, counted) : planned(read, rows, counted, caller);
            }
        };
    }

    private static Future<Result> answered(BodyRows rows, @Nullable Long total) {
        return Future.succeededFuture(
                new Result.Body(rows.body(), rows.rows(), total, Effects.NONE));
    }

    /// What the database's planner expects, but not less than is known.
    private Future<Result> planned(Plan.Read read, BodyRows rows, long known, LaneCaller caller) {
        return lanes.read(PlanSql.explainCount(read.node()), caller, ReadMode.ROWS)
                .compose(explained ->
                        answered(rows, Math.max(PostgresBackend.plannedRows(explained), known)));
    }

    /// Null when no row came to tell.
    private static @Nullable Long counted(Plan.Read read, BodyRows rows) {
        if (rows.findTotal().isPresent()) {
            return rows.findTotal().getAsLong();
        }
        Page page = read.node().page();
        boolean none = page.limit() == null || page.limit() > 0;
        return page.isAll() || (page.offset() == 0 && none) ? rows.rows() : null;
    }

    private static boolean isUndefinedColumn(Throwable error) {
        return error instanceof ProblemException refused
                && refused.problem() instanceof DataProblem.Rejected rejected
                && UNDEFINED_COLUMN.equals(rejected.sqlState());
    }
}
