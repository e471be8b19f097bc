package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One transaction on a connection of its own, each step after the reply to the one before. To be
/// used on the event loop of the connection.
///
/// Nothing runs before the replies to BEGIN and to the settings say that they hold. A caller that
/// leaves has what runs cancelled and all of it rolled back, unless the COMMIT is under way.
final class WireTransaction implements LaneTransaction {
    /// A cancel request that comes before its statement, or that the statement's own code catches,
    /// has no effect.
    private static final int CANCEL_ATTEMPTS = 5;

    private static final long CANCEL_AGAIN_MS = 1_000;

    private final Wire wire;
    private final SqlStatement settings;
    private final List<@Nullable Object> values;
    private boolean rollBackAtEnd;
    private int running;
    private boolean ending;
    private boolean abandoned;
    private int cancels;
    private @Nullable Future<Void> cancelling;
    private @Nullable Throwable failure;
    private volatile boolean stateUnknown;

    WireTransaction(Wire wire, SqlStatement settings, List<@Nullable Object> values) {
        this.wire = wire;
        this.settings = settings;
        this.values = values;
    }

    Wire wire() {
        return wire;
    }

    /// Whether the connection must not be used again.
    boolean stateUnknown() {
        return stateUnknown || !wire.isOpen();
    }

    /// The caller has left.
    void abandon() {
        if (!ending) {
            abandoned = true;
            cancelRunning();
        }
    }

    private void cancelRunning() {
        if (ending || running == 0 || cancels == CANCEL_ATTEMPTS) {
            return;
        }
        cancels++;
        // A pooler hangs up before the server has heard of it.
        stateUnknown |= !keepsStatements();
        cancelling =
                wire.cancel()
                        .onFailure(_ -> stateUnknown = true)
                        .onComplete((_, _) ->
                                wire.context()
                                        .owner()
                                        .setTimer(CANCEL_AGAIN_MS, _ -> cancelRunning()));
    }

    /// A statement that a caller may wait for.
    private <T> Future<T> executing(Supplier<Future<T>> statement) {
        if (abandoned) {
            return Future.failedFuture(PostgresProblems.abandoned());
        }
        running++;
        return statement
                .get()
                .onComplete((_, error) -> {
                    running--;
                    failure = error == null ? failure : error;
                });
    }

    /// A failure has already rolled back.
    Future<Void> begin(Access access) {
        SqlStatement begin = access.begin();
        Future<LaneResult> set =
                wire.keepsStatements()
                        ? wire.begin(begin, values)
                                .onFailure(_ -> stateUnknown = true)
                                .compose(reply -> reply)
                        : wire.run(begin)
                                .onFailure(_ -> stateUnknown = true)
                                .compose(_ -> wire.query(settings, values));
        return set.<Void>mapEmpty().recover(this::rollBackAfter);
    }

    /// One statement, from BEGIN to COMMIT in one flush where statements are kept. Should BEGIN
    /// fail, what follows it finds a session that only reads.
    Future<LaneResult> once(SqlStatement statement) {
        return keepsStatements()
                ? wire.onceKept(
                                Access.READ_WRITE.begin(),
                                values,
                                new Wire.Kept(key(statement), statement),
                                SessionSettings.COMMIT)
                        .onFailure(_ -> stateUnknown = true)
                : begin(Access.READ_WRITE).compose(_ -> finish(open -> open.run(statement)));
    }

    /// Runs the work and ends the transaction before the future completes.
    <T> Future<T> finish(Function<LaneTransaction, Future<T>> work) {
        return guarded(work)
                .transform((result, error) ->
                        error == null ? end().map(_ -> result) : this.<T>rollBackAfter(error));
    }

    @Override
    public Future<LaneResult> run(SqlStatement statement) {
        return executing(() ->
                keepsStatements()
                        ? wire.queryKept(new Wire.Kept(key(statement), statement))
                        : wire.query(statement));
    }

    /// In this order and, once they are prepared, in one flush. What fails first counts: it is why
    /// those after it fail.
    Future<List<LaneResult>> runAll(List<SqlStatement> statements) {
        if (statements.size() == 1) {
            return run(statements.getFirst()).map(List::of);
        }
        return keepsStatements()
                ? executing(() -> wire.queryAllKept(kept(statements), List.of()))
                : oneByOne(statements);
    }

    /// Only one statement can be prepared without a name.
    private Future<List<LaneResult>> oneByOne(List<SqlStatement> statements) {
        List<LaneResult> results = new ArrayList<>(statements.size());
        Future<?> last = Future.succeededFuture();
        for (SqlStatement statement : statements) {
            last = last.compose(_ -> run(statement)).onSuccess(results::add);
        }
        return last.map(results);
    }

    private List<Wire.Kept> kept(List<SqlStatement> statements) {
        return statements.stream()
                .map(statement -> new Wire.Kept(key(statement), statement))
                .toList();
    }

    @Override
    public Future<LaneResult> runOnce(SqlStatement statement) {
        return executing(() -> wire.query(statement));
    }

    /// Statements of plans and of the domains come again and again, and give the same columns
    /// whatever the schema does. A connection that may be another session at the next transaction
    /// keeps none.
    private boolean keepsStatements() {
        return wire.keepsStatements();
    }

    /// By search path and role, which parsing depends on, where they differ.
    private String key(SqlStatement statement) {
        return settings.equals(SessionSettings.ALL)
                ? values.getFirst()
                        + "\0"
                        + values.get(SessionSettings.ROLE)
                        + "\0"
                        + statement.text()
                : statement.text();
    }

    /// A result with the time that executing it took.
    record Timed(LaneResult result, long nanos) {}

    Future<Timed> timed(SqlStatement statement) {
        return timed(statement, RowTaker.KEPT);
    }

    Future<Timed> timed(SqlStatement statement, RowTaker rows) {
        long start = System.nanoTime();
        return executing(() -> wire.query(statement, rows))
                .map(result -> new Timed(result, System.nanoTime() - start));
    }

    @Override
    public void rollBackAtEnd() {
        rollBackAtEnd = true;
    }

    /// Commits, or rolls back when that was asked for. PostgreSQL answers the COMMIT of a
    /// transaction in which a statement failed with ROLLBACK and no error: work that swallowed the
    /// failure must not believe that it was kept.
    Future<Void> end() {
        if (failure != null) {
            return rollBackAfter(failure);
        }
        if (abandoned) {
            return rollBackAfter(PostgresProblems.abandoned());
        }
        if (rollBackAtEnd) {
            return rollBack();
        }
        ending = true;
        return wire.run(SessionSettings.COMMIT).recover(this::rollBackAfter);
    }

    /// Commits behind these, in the same flush: when one of them fails, PostgreSQL makes a rollback
    /// of the COMMIT.
    Future<Void> endAfter(List<SqlStatement> statements) {
        if (statements.isEmpty() || failure != null || abandoned) {
            return end();
        }
        if (rollBackAtEnd || !keepsStatements()) {
            return runAll(statements).compose(_ -> end(), this::rollBackAfter);
        }
        ending = true;
        return wire.queryAllKept(kept(statements), List.of(SessionSettings.COMMIT))
                .<Void>mapEmpty()
                .recover(this::rollBackAfter);
    }

    Future<Void> rollBack() {
        ending = true;
        Future<Void> cancel = cancelling;
        // What is sent while the cancel request is under way may be hit by it, and so may the next
        // user of the connection.
        Future<Void> end =
                cancel == null || cancel.isComplete()
                        ? wire.run(SessionSettings.ROLLBACK)
                        : cancel.transform((_, _) -> wire.run(SessionSettings.ROLLBACK));
        return end.onFailure(_ -> stateUnknown = true);
    }

    private <T> Future<T> rollBackAfter(Throwable error) {
        return rollBack().transform((_, _) -> Future.failedFuture(error));
    }

    private <T> Future<T> guarded(Function<LaneTransaction, Future<T>> work) {
        try {
            return work.apply(this);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
