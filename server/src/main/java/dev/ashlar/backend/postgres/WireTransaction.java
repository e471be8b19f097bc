package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Future;
import io.vertx.core.internal.PromiseInternal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One transaction on a connection of its own, each step after the reply to the one before.
///
/// Nothing runs before the reply to BEGIN and to the settings says that they hold.
final class WireTransaction implements LaneTransaction {
    private final Wire wire;
    private final SqlStatement settings;
    private final List<@Nullable Object> values;
    private boolean rollBackAtEnd;
    private boolean stateUnknown;

    WireTransaction(Wire wire, SqlStatement settings, List<@Nullable Object> values) {
        this.wire = wire;
        this.settings = settings;
        this.values = values;
    }

    /// Runs the work and ends the transaction before the future completes. Call it on the event
    /// loop of the connection.
    <T> Future<T> run(Access access, Function<LaneTransaction, Future<T>> work) {
        return begin(access)
                .compose(_ -> guarded(work))
                .transform((result, error) ->
                        error == null
                                ? end().map(_ -> result)
                                : rollBack().transform((_, _) -> Future.failedFuture(error)));
    }

    /// Whether the connection must not be used again.
    boolean stateUnknown() {
        return stateUnknown || !wire.isOpen();
    }

    @Override
    public Future<LaneResult> run(SqlStatement statement) {
        return wire.query(statement);
    }

    @Override
    public void rollBackAtEnd() {
        rollBackAtEnd = true;
    }

    Future<Void> begin(Access access) {
        SqlStatement begin = SessionSettings.begin(access);
        if (!wire.hasSettings()) {
            return begun(wire.run(begin)).compose(_ -> wire.query(settings, values)).mapEmpty();
        }
        PromiseInternal<Void> begun = wire.context().promise();
        PromiseInternal<LaneResult> set = wire.context().promise();
        wire.send(
                new Flight()
                        .run(begin, begun)
                        .execute(wire.settings(), Parameters.bind(wire.settings(), values), set));
        return begun(begun.future()).compose(_ -> set.future()).mapEmpty();
    }

    /// Commits, or rolls back when that was asked for.
    Future<Void> end() {
        if (rollBackAtEnd) {
            return rollBack();
        }
        return wire.run(SessionSettings.COMMIT)
                .recover(error -> rollBack().transform((_, _) -> Future.failedFuture(error)));
    }

    Future<Void> rollBack() {
        return wire.run(SessionSettings.ROLLBACK).onFailure(_ -> stateUnknown = true);
    }

    private Future<Void> begun(Future<Void> begin) {
        return begin.onFailure(_ -> stateUnknown = true);
    }

    private <T> Future<T> guarded(Function<LaneTransaction, Future<T>> work) {
        try {
            return work.apply(this);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
