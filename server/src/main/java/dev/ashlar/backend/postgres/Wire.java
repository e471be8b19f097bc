package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.wire.Connection;
import dev.ashlar.backend.postgres.wire.Exchange;
import dev.ashlar.backend.postgres.wire.Prepared;
import dev.ashlar.backend.postgres.wire.Request;
import dev.ashlar.backend.postgres.wire.SimpleQuery;
import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Completable;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection to the server, used on its own event loop alone: statements as futures, each with
/// a limit of time.
final class Wire {
    /// Statements kept by [#queryKept].
    private static final int MOST_KEPT = 128;

    private final Connection connection;
    private final long replyLimitMs;
    private final Supplier<Future<Void>> canceller;
    private final StatementCache kept = new StatementCache(this, MOST_KEPT);
    private @Nullable SqlStatement settings;

    /// A server that says nothing for longer than `replyLimitMs` is given up: it cancels a
    /// statement by itself well before that. `canceller` does what [#cancel] says.
    Wire(Connection connection, long replyLimitMs, Supplier<Future<Void>> canceller) {
        this.connection = connection;
        this.replyLimitMs = replyLimitMs;
        this.canceller = canceller;
    }

    /// Asks the server to cancel whatever this connection runs at the moment that the request
    /// arrives: not for connections that callers share. After success nothing that is sent from now
    /// on can be hit; after a failure it can.
    Future<Void> cancel() {
        return canceller.get();
    }

    ContextInternal context() {
        return connection.context();
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /// Runs on the event loop of the connection; at once when it is already closed.
    void whenClosed(Runnable action) {
        connection.whenClosed(action);
    }

    void onNotification(Consumer<String> action) {
        connection.onNotification(action);
    }

    void send(Request request) {
        connection.send(request);
    }

    /// From now on statements are kept here, and these settings begin every transaction.
    Wire keep(SqlStatement transactionSettings) {
        settings = transactionSettings;
        return this;
    }

    /// Whether statements may be kept: the session is the same at the next transaction.
    boolean keepsStatements() {
        return settings != null;
    }

    /// A statement that the server keeps until it is closed; whoever asks keeps it.
    Prepared named(String sql) {
        return connection.named(sql);
    }

    Future<Void> run(SqlStatement statement) {
        PromiseInternal<Void> reply = context().promise();
        send(new SimpleQuery(statement.text(), reply));
        return limited(reply.future());
    }

    /// Executes it once, and keeps nothing.
    Future<LaneResult> query(SqlStatement statement) {
        return query(statement, statement.parameters());
    }

    Future<LaneResult> query(SqlStatement statement, List<@Nullable Object> values) {
        return query(statement, values, RowTaker.KEPT);
    }

    Future<LaneResult> query(SqlStatement statement, RowTaker rows) {
        return query(statement, statement.parameters(), rows);
    }

    private Future<LaneResult> query(
            SqlStatement statement, List<@Nullable Object> values, RowTaker rows) {
        PromiseInternal<LaneResult> reply = context().promise();
        send(rows.execute(new Exchange(), connection.unnamed(statement.text()), values, reply));
        return limited(reply.future());
    }

    /// A statement to be kept; the key tells apart what must not share a prepared one.
    record Kept(String key, SqlStatement statement) {}

    /// Parsed with the first execution, and only executed from then on.
    Future<LaneResult> queryKept(Kept wanted) {
        return queryAllKept(List.of(wanted), List.of()).map(List::getFirst);
    }

    /// Several of them in one flush, and then those without parameters. Fails with what failed
    /// first.
    Future<List<LaneResult>> queryAllKept(List<Kept> statements, List<SqlStatement> after) {
        Exchange exchange = new Exchange();
        List<Future<LaneResult>> replies = new ArrayList<>(statements.size());
        for (Kept wanted : statements) {
            replies.add(execute(exchange, wanted));
        }
        send(exchange);
        for (SqlStatement statement : after) {
            PromiseInternal<LaneResult> reply = context().promise();
            send(
                    new SimpleQuery(
                            statement.text(),
                            (_, error) -> reply.complete(LaneResult.EMPTY, error)));
            replies.add(reply.future());
        }
        limited(replies.getLast());
        return Future.all(replies).map(CompositeFuture::<LaneResult>list);
    }

    /// One of them between BEGIN with the settings and COMMIT, all in one flush.
    Future<LaneResult> onceKept(
            SqlStatement begin, List<@Nullable Object> values, Kept wanted, SqlStatement commit) {
        Exchange exchange = new Exchange();
        Future<LaneResult> begun = execute(exchange, new Kept(begin.text(), begin));
        Future<LaneResult> set = settings(exchange, values);
        Future<LaneResult> result = execute(exchange, wanted);
        send(exchange);
        return Future.all(begun, set, result, run(commit)).map(_ -> result.result());
    }

    /// BEGIN and the settings in one flush. The outer future fails when BEGIN did.
    Future<Future<LaneResult>> begin(SqlStatement begin, List<@Nullable Object> values) {
        Exchange exchange = new Exchange();
        Future<LaneResult> begun = execute(exchange, new Kept(begin.text(), begin));
        Future<LaneResult> set = limited(settings(exchange, values));
        send(exchange);
        return begun.map(_ -> set);
    }

    private Future<LaneResult> settings(Exchange exchange, List<@Nullable Object> values) {
        SqlStatement statement = settings;
        if (statement == null) {
            throw new IllegalStateException("the session has no settings statement");
        }
        PromiseInternal<LaneResult> reply = context().promise();
        execute(exchange, kept.find(statement.text(), statement.text()), values, reply);
        return reply.future();
    }

    private Future<LaneResult> execute(Exchange exchange, Kept wanted) {
        Prepared prepared = kept.find(wanted.key(), wanted.statement().text());
        PromiseInternal<LaneResult> reply = context().promise();
        execute(exchange, prepared, wanted.statement().parameters(), reply);
        return reply.future()
                .onFailure(error -> {
                    if (PostgresProblems.stalePlan(error)) {
                        kept.forget(wanted.key(), prepared);
                    }
                });
    }

    /// Adds an execution whose rows are collected.
    static Exchange execute(
            Exchange exchange,
            Prepared prepared,
            List<@Nullable Object> values,
            Completable<LaneResult> reply) {
        RowCollector rows = new RowCollector(prepared, reply);
        return exchange.execute(prepared, values, rows, rows);
    }

    void closeStatement(Prepared prepared) {
        if (isOpen()) {
            send(new Exchange().close(prepared));
        }
    }

    /// Safe to call twice and from any thread.
    void close() {
        connection.close();
    }

    /// Closes the socket without a word to a server that does not answer.
    void abort() {
        connection.abort();
    }

    private <T> Future<T> limited(Future<T> reply) {
        if (!reply.isComplete()) {
            long timer = context().owner().setTimer(replyLimitMs, _ -> abort());
            reply.onComplete((_, _) -> context().owner().cancelTimer(timer));
        }
        return reply;
    }
}
