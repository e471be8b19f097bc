package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.PostgresProblems.Sender;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlTransaction;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/// Transactions of one domain over a small pool of its own, under the role that logs in.
///
/// A transaction within another takes a second connection and commits on its own. A caller that is
/// interrupted while it waits leaves its transaction rolled back.
public final class PostgresDatabase implements SqlDatabase {
    private final VertxInternal vertx;
    private final SessionSettings settings;
    private final Connector connector;
    private final Exclusive exclusive;

    private PostgresDatabase(Vertx vertx, PostgresAddress address, PostgresConfig config) {
        this.vertx = (VertxInternal) vertx;
        settings = new SessionSettings(config);
        connector = new Connector(vertx, address, config);
        exclusive =
                new Exclusive(
                        connector, config, config.domainConnections(), SessionSettings.OWN_ROLE);
    }

    /// Connects when the first transaction needs it.
    public static PostgresDatabase open(
            Vertx vertx, PostgresAddress address, PostgresConfig config) {
        return new PostgresDatabase(vertx, address, config);
    }

    @Override
    public <T> T transaction(Function<SqlTransaction, T> work) {
        return run(Access.READ_WRITE, work);
    }

    @Override
    public <T> T snapshot(Function<SqlTransaction, T> work) {
        return run(Access.READ_ONLY_REPEATABLE, work);
    }

    @Override
    public List<SqlRow> once(SqlStatement statement) {
        ContextInternal context = context();
        return OpenTransaction.rows(
                await(exclusive.once(context, settings.ownRoleValues(), statement)));
    }

    private ContextInternal context() {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("a transaction would block the event loop");
        }
        return vertx.createEventLoopContext();
    }

    private <T> T run(Access access, Function<SqlTransaction, T> work) {
        ContextInternal context = context();
        WireTransaction open = await(exclusive.begin(context, access, settings.ownRoleValues()));
        OpenTransaction transaction = new OpenTransaction(open);
        boolean ended = false;
        try {
            T result = work.apply(transaction);
            transaction.commit();
            ended = true;
            return result;
        } finally {
            transaction.over = true;
            abandon(open, ended);
        }
    }

    /// Ends all connections; transactions that are open fail.
    public Future<Void> close() {
        return exclusive.close().compose(_ -> connector.close());
    }

    /// Does not wait: the connection goes back to the pool when the rollback is through, and the
    /// exception that brought us here must not be replaced.
    private void abandon(WireTransaction open, boolean ended) {
        if (ended) {
            exclusive.giveBack(open);
        } else {
            exclusive.rollBack(open);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw PostgresProblems.from(cause, Sender.KNOWN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PostgresProblems.unexpected(e);
        }
    }

    private static final class OpenTransaction implements SqlTransaction {
        private final WireTransaction transaction;
        private final List<SqlStatement> posted = new ArrayList<>();
        private boolean over;

        OpenTransaction(WireTransaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public List<SqlRow> query(SqlStatement statement) {
            return rows(run(List.of(statement)).getFirst());
        }

        @Override
        public List<List<SqlRow>> queryAll(List<SqlStatement> statements) {
            return run(statements).stream().map(OpenTransaction::rows).toList();
        }

        @Override
        public long execute(SqlStatement statement) {
            return run(List.of(statement)).getFirst().affected();
        }

        @Override
        public void post(SqlStatement statement) {
            requireOpen();
            posted.add(statement);
        }

        private List<LaneResult> run(List<SqlStatement> statements) {
            requireOpen();
            List<SqlStatement> flight = new ArrayList<>(posted);
            flight.addAll(statements);
            posted.clear();
            if (flight.isEmpty()) {
                return List.of();
            }
            List<LaneResult> results =
                    await(Exclusive.on(transaction.wire(), () -> transaction.runAll(flight)));
            return results.subList(flight.size() - statements.size(), flight.size());
        }

        void commit() {
            List<SqlStatement> last = List.copyOf(posted);
            await(Exclusive.on(transaction.wire(), () -> transaction.endAfter(last)));
        }

        private void requireOpen() {
            if (over) {
                throw new IllegalStateException("the transaction has ended");
            }
        }

        private static List<SqlRow> rows(LaneResult result) {
            List<SqlRow> rows = new ArrayList<>(result.rows().size());
            for (LaneRow row : result.rows()) {
                rows.add(new PostgresRow(row));
            }
            return rows;
        }
    }
}
