package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.PostgresProblems.Sender;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.identity.Caller;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Function;

/// Runs statements on behalf of callers: every one under the caller's role and claims, and none
/// under another's.
///
/// Fails with [dev.ashlar.problem.ProblemException] only. Futures complete on the context that
/// called.
final class PostgresLanes {
    private static final SqlStatement PROBE = SqlText.of("select 1");

    private final VertxInternal vertx;
    private final SessionSettings settings;
    private final Connector connector;
    private final Exclusive exclusive;

    private PostgresLanes(Vertx vertx, PostgresAddress address, PostgresConfig config) {
        this.vertx = (VertxInternal) vertx;
        settings = new SessionSettings(config);
        connector = new Connector(vertx, address, config);
        exclusive =
                new Exclusive(
                        connector, config, config.exclusiveConnections(), SessionSettings.ALL);
    }

    /// Connects when the first request needs it.
    static PostgresLanes open(Vertx vertx, PostgresAddress address, PostgresConfig config) {
        return new PostgresLanes(vertx, address, config);
    }

    /// Runs a statement that changes nothing.
    Future<LaneResult> read(SqlStatement statement, Caller caller, ReadMode mode) {
        return interactive(
                caller,
                Access.READ_ONLY,
                transaction -> {
                    transaction.rollBackAtEnd();
                    return transaction.run(statement);
                });
    }

    /// Runs one statement as a transaction; the result comes after it was committed.
    Future<LaneResult> write(SqlStatement statement, Caller caller) {
        return interactive(caller, Access.READ_WRITE, transaction -> transaction.run(statement));
    }

    /// Runs several statements as a transaction on a connection of its own: committed when the work
    /// succeeds, rolled back when it fails or asks for it.
    <T> Future<T> interactive(
            Caller caller, Access access, Function<LaneTransaction, Future<T>> work) {
        ContextInternal context = vertx.getOrCreateContext();
        PromiseInternal<T> promise = context.promise();
        exclusive
                .begin(context, access, settings.all(caller))
                .compose(transaction ->
                        Exclusive.on(transaction.wire(), () -> transaction.finish(work))
                                .onComplete((_, _) -> exclusive.giveBack(transaction)))
                .onComplete((result, error) -> {
                    if (error == null) {
                        promise.complete(result);
                    } else {
                        promise.fail(problem(error, caller));
                    }
                });
        return promise.future();
    }

    /// Whether the database answers now.
    Future<Boolean> ready() {
        return connector
                .connect(vertx.createEventLoopContext())
                .compose(wire -> wire.query(PROBE).map(true).onComplete((_, _) -> wire.close()))
                .otherwise(false);
    }

    /// Ends all connections; what is in flight fails.
    Future<Void> close() {
        return exclusive.close().compose(_ -> connector.close());
    }

    private static Throwable problem(Throwable error, Caller caller) {
        return PostgresProblems.from(
                error, caller instanceof Caller.Anonymous ? Sender.ANONYMOUS : Sender.KNOWN);
    }
}
