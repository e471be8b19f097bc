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
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("a transaction would block the event loop");
        }
        ContextInternal context = vertx.createEventLoopContext();
        WireTransaction open =
                await(exclusive.begin(context, Access.READ_WRITE, settings.ownRoleValues()));
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
        private boolean over;

        OpenTransaction(WireTransaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public List<SqlRow> query(SqlStatement statement) {
            List<LaneRow> rows = run(statement).rows();
            List<SqlRow> result = new ArrayList<>(rows.size());
            for (LaneRow row : rows) {
                result.add(new PostgresRow(row.unwrap()));
            }
            return result;
        }

        @Override
        public long execute(SqlStatement statement) {
            return run(statement).affected();
        }

        private LaneResult run(SqlStatement statement) {
            if (over) {
                throw new IllegalStateException("the transaction has ended");
            }
            return await(Exclusive.on(transaction.wire(), () -> transaction.run(statement)));
        }

        void commit() {
            await(Exclusive.on(transaction.wire(), transaction::end));
        }
    }
}
