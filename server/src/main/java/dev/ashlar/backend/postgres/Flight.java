package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Completable;
import io.vertx.core.VertxException;
import io.vertx.sqlclient.PropertyKind;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.internal.Connection;
import io.vertx.sqlclient.internal.PreparedStatement;
import io.vertx.sqlclient.internal.QueryResultHandler;
import io.vertx.sqlclient.internal.RowDesc;
import io.vertx.sqlclient.internal.TupleInternal;
import io.vertx.sqlclient.internal.command.CommandBase;
import io.vertx.sqlclient.internal.command.CompositeCommand;
import io.vertx.sqlclient.internal.command.ExtendedQueryCommand;
import io.vertx.sqlclient.internal.command.PrepareStatementCommand;
import io.vertx.sqlclient.internal.command.SimpleQueryCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/// Commands that go to the server one after the other in one flush, each answered in that order.
///
/// Every command ends with a Sync of its own, so that a failing one does not keep the next from
/// running: a transaction around them does. Statements are prepared beforehand, never within a
/// flight: the driver (SocketConnectionBase, 5.0.10) prepares an unknown statement by holding back
/// what follows, but lets the rest go first when it prepares a second time after 42804, 42P08 or
/// 42P18; a statement would then run behind its COMMIT, in the transaction of another request.
final class Flight {
    private static final Collector<Row, List<LaneRow>, List<LaneRow>> ROWS =
            Collector.of(
                    () -> new ArrayList<>(1),
                    (rows, row) -> rows.add(new LaneRow(row)),
                    (rows, _) -> rows);

    private final CompositeCommand commands = new CompositeCommand();

    /// A statement without parameters, as text.
    Flight run(SqlStatement statement, Completable<Void> reply) {
        commands.add(
                new SimpleQueryCommand<>(
                        statement.text(), false, false, NoRows.COLLECTOR, NoRows.INSTANCE),
                (_, error) -> complete(reply, null, error));
        return this;
    }

    /// A prepared statement. The values have been checked against its parameters by
    /// [Parameters#bind].
    Flight execute(
            PreparedStatement prepared, TupleInternal values, Completable<LaneResult> reply) {
        Rows rows = new Rows();
        commands.add(
                ExtendedQueryCommand.createQuery(
                        prepared.sql(), null, prepared, values, 0, null, false, false, ROWS, rows),
                (_, error) -> complete(reply, rows.result, error == null ? rows.failure : error));
        return this;
    }

    /// Keeps the statement on the server under a name until it is closed.
    Flight prepare(SqlStatement statement, Completable<PreparedStatement> reply) {
        commands.add(new PrepareStatementCommand(statement.text(), null, true), reply);
        return this;
    }

    /// Prepares for one execution.
    Flight prepareOnce(SqlStatement statement, Completable<PreparedStatement> reply) {
        commands.add(new PrepareStatementCommand(statement.text(), null, false), reply);
        return this;
    }

    /// Sends all commands. Must be called on the event loop of the connection.
    void depart(Connection connection) {
        connection.schedule(commands, (_, error) -> failAll(error));
    }

    /// A connection that is already closed fails the group but not its members.
    private void failAll(@Nullable Throwable error) {
        if (error == null) {
            return;
        }
        for (CommandBase<?> command : commands.commands()) {
            command.fail(error);
        }
    }

    private static <T> void complete(
            Completable<T> reply, @Nullable T value, @Nullable Throwable error) {
        if (error == null) {
            reply.succeed(value);
        } else {
            reply.fail(error);
        }
    }

    private static final class Rows implements QueryResultHandler<List<LaneRow>> {
        private LaneResult result = LaneResult.EMPTY;
        private @Nullable Throwable failure;

        @Override
        public <V> void addProperty(PropertyKind<V> property, V value) {}

        @Override
        public void handleResult(
                int updatedCount,
                int size,
                RowDesc description,
                List<LaneRow> rows,
                @Nullable Throwable failed) {
            if (failed == null) {
                result = new LaneResult(rows, updatedCount);
            } else {
                failure = failed instanceof Exception ? failed : new VertxException(failed);
            }
        }
    }

    private static final class NoRows implements QueryResultHandler<List<LaneRow>> {
        static final NoRows INSTANCE = new NoRows();
        static final Collector<Row, List<LaneRow>, List<LaneRow>> COLLECTOR =
                Collector.of(List::of, (_, _) -> {}, (rows, _) -> rows);

        @Override
        public <V> void addProperty(PropertyKind<V> property, V value) {}

        @Override
        public void handleResult(
                int updatedCount,
                int size,
                RowDesc description,
                List<LaneRow> rows,
                @Nullable Throwable failed) {}
    }
}
