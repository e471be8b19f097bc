package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.intent.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Begins transactions on connections lent by a pool, and gives the connections back.
final class Exclusive {
    private final WirePool pool;
    private final SessionSettings session;
    private final SqlStatement settings;
    private final int size;

    /// `settings` is what every transaction sets before its first statement.
    Exclusive(Connector connector, PostgresConfig config, int size, SqlStatement settings) {
        this.settings = settings;
        this.size = size;
        session = new SessionSettings(config);
        pool =
                new WirePool(
                        connector,
                        new WirePool.Bounds(
                                size,
                                config.acquireTimeout(),
                                config.idleTimeout(),
                                config.connectionLifetime()),
                        wire -> setUp(wire, config.preparedStatements()));
    }

    /// An open transaction with its settings in force. Connections may turn out to have been lost
    /// while nobody used them, and then several at once: nothing has run, so another is tried until
    /// one must be new.
    Future<WireTransaction> begin(
            ContextInternal context, Access access, List<@Nullable Object> values) {
        return begin(context, access, values, RequestContext.NONE);
    }

    /// The same for a request: once nobody waits for its answer, it leaves the queue, or has what
    /// it runs cancelled.
    Future<WireTransaction> begin(
            ContextInternal context,
            Access access,
            List<@Nullable Object> values,
            RequestContext request) {
        return begin(context, new Opening(access, values, request), size);
    }

    private record Opening(Access access, List<@Nullable Object> values, RequestContext request) {}

    private Future<WireTransaction> begin(
            ContextInternal context, Opening opening, int furtherAttempts) {
        return beginOnce(context, opening)
                .recover(error ->
                        furtherAttempts > 0 && PostgresProblems.breaksConnection(error)
                                ? begin(context, opening, furtherAttempts - 1)
                                : Future.failedFuture(error));
    }

    /// One statement that may write, as a transaction of its own.
    Future<LaneResult> once(
            ContextInternal context, List<@Nullable Object> values, SqlStatement statement) {
        return pool.acquire(context, RequestContext.NONE)
                .compose(wire -> {
                    WireTransaction transaction = new WireTransaction(wire, settings, values);
                    return on(wire, () -> transaction.once(statement))
                            .onComplete((_, _) -> giveBack(transaction));
                });
    }

    /// Call it once after the transaction has ended.
    void giveBack(WireTransaction transaction) {
        if (transaction.stateUnknown()) {
            pool.discard(transaction.wire());
        } else {
            pool.release(transaction.wire());
        }
    }

    /// Ends the transaction and gives its connection back.
    void rollBack(WireTransaction transaction) {
        on(transaction.wire(), transaction::rollBack).onComplete((_, _) -> giveBack(transaction));
    }

    /// Closes connections that nobody uses and that have been there for too long.
    void retireOld() {
        pool.retireOld(System.nanoTime());
    }

    PoolFigures figures() {
        return pool.figures();
    }

    Future<Void> close() {
        return pool.close();
    }

    /// Runs the action on the connection's own event loop.
    static <T> Future<T> on(Wire wire, Supplier<Future<T>> action) {
        if (wire.context().inThread()) {
            return action.get();
        }
        Promise<T> promise = Promise.promise();
        wire.context().runOnContext(_ -> action.get().onComplete(promise));
        return promise.future();
    }

    private Future<WireTransaction> beginOnce(ContextInternal context, Opening opening) {
        return pool.acquire(context, opening.request())
                .compose(wire -> {
                    if (opening.request().abandoned()) {
                        pool.release(wire);
                        return Future.failedFuture(PostgresProblems.abandoned());
                    }
                    WireTransaction transaction =
                            new WireTransaction(wire, settings, opening.values());
                    opening.request()
                            .whenAbandoned(
                                    () -> wire.context().runOnContext(_ -> transaction.abandon()));
                    return on(wire, () -> transaction.begin(opening.access()))
                            .map(transaction)
                            .onFailure(_ -> giveBack(transaction));
                });
    }

    private Future<Wire> setUp(Wire wire, boolean keepsSession) {
        return keepsSession
                ? wire.query(session.anySession()).map(_ -> wire.keep(settings))
                : Future.succeededFuture(wire);
    }
}
