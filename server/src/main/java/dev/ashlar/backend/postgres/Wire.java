package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.Connection;
import io.vertx.sqlclient.internal.PreparedStatement;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import io.vertx.sqlclient.internal.command.CloseStatementCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection to the server, used on its own event loop alone.
final class Wire {
    /// The driver's name for its codec (PgSocketConnection, 5.0.10).
    private static final String DRIVER = "codec";

    /// Flushed earlier when so many commands are waiting.
    private static final int MOST_UNFLUSHED = 64;

    /// Statements kept by [#queryKept].
    private static final int MOST_KEPT = 128;

    /// How long the server may take to close its end.
    private static final long GOODBYE_MS = 2_000;

    /// Holding it keeps the driver's NetClient reachable, which closes its sockets when collected.
    private final SqlConnection connection;

    private final Connection channel;
    private final ContextInternal context;
    private final long replyLimitMs;
    private volatile boolean open = true;
    private @Nullable Runnable whenClosed;
    private @Nullable PreparedStatement settings;
    private @Nullable StatementCache kept;

    /// What is put up with. A server that says nothing for longer than `replyMs` is given up: it
    /// cancels a statement by itself well before that.
    record WireLimits(long replyMs, long answerBytes) {}

    Wire(ContextInternal context, SqlConnection connection, WireLimits limits) {
        this.context = context;
        this.replyLimitMs = limits.replyMs();
        this.connection = connection;
        this.channel = ((SqlConnectionInternal) connection).unwrap();
        NetSocketInternal socket = ((SocketConnectionBase) channel).socket();
        flushOncePerTurn(socket);
        socket.channelHandlerContext()
                .pipeline()
                .addBefore(DRIVER, null, new AnswerLimit(limits.answerBytes()));
        connection.closeHandler(_ -> closed());
        // Asynchronous refusals (57P01) come here too; the close that follows is what counts.
        connection.exceptionHandler(_ -> {});
        if (connection instanceof PgConnection postgres) {
            // The driver would write each to the log, where any caller could make it say things.
            postgres.noticeHandler(_ -> {});
        }
    }

    /// The driver flushes after each command. What one turn of the event loop sends to a shared
    /// connection goes out at its end instead, in one system call, and wakes the server once: half
    /// of the database's work for a read by key is being woken and reading the socket.
    private static void flushOncePerTurn(NetSocketInternal socket) {
        socket.channelHandlerContext()
                .pipeline()
                .addFirst(new FlushConsolidationHandler(MOST_UNFLUSHED, true));
    }

    ContextInternal context() {
        return context;
    }

    SqlConnection connection() {
        return connection;
    }

    boolean isOpen() {
        return open;
    }

    /// Runs on the event loop of the connection; at once when it is already closed.
    void whenClosed(Runnable action) {
        whenClosed = action;
        if (!open) {
            action.run();
        }
    }

    void send(Flight flight) {
        flight.depart(channel);
    }

    boolean hasSettings() {
        return settings != null;
    }

    /// The statement that sets role and claims, prepared when the session was set up.
    PreparedStatement settings() {
        if (settings == null) {
            throw new IllegalStateException("the session has no settings statement");
        }
        return settings;
    }

    Future<Wire> prepareSettings(SqlStatement statement) {
        return prepare(statement)
                .map(prepared -> {
                    settings = prepared;
                    return this;
                });
    }

    Future<Void> run(SqlStatement statement) {
        PromiseInternal<Void> reply = context.promise();
        send(new Flight().run(statement, reply));
        return limited(reply);
    }

    Future<PreparedStatement> prepare(SqlStatement statement) {
        PromiseInternal<PreparedStatement> reply = context.promise();
        send(new Flight().prepare(statement, reply));
        return limited(reply);
    }

    Future<PreparedStatement> prepareOnce(SqlStatement statement) {
        PromiseInternal<PreparedStatement> reply = context.promise();
        send(new Flight().prepareOnce(statement, reply));
        return limited(reply);
    }

    Future<LaneResult> execute(PreparedStatement prepared, List<@Nullable Object> values) {
        PromiseInternal<LaneResult> reply = context.promise();
        try {
            send(new Flight().execute(prepared, Parameters.bind(prepared, values), reply));
        } catch (RuntimeException e) {
            reply.fail(e);
        }
        return limited(reply);
    }

    /// Prepares at the first time, and executes what is prepared from then on. The key tells apart
    /// what must not share a prepared statement.
    Future<LaneResult> queryKept(String key, SqlStatement statement) {
        Kept wanted = new Kept(key, statement);
        return prepared(wanted)
                .compose(prepared -> execute(prepared, statement.parameters()))
                .onFailure(error -> forgetStale(error, List.of(wanted)));
    }

    /// A statement to be kept; the key tells apart what must not share a prepared one.
    record Kept(String key, SqlStatement statement) {}

    /// Several of them and then those without parameters, in one flush once all are prepared. Fails
    /// with what failed first.
    Future<List<LaneResult>> queryAllKept(List<Kept> statements, List<SqlStatement> after) {
        List<Future<PreparedStatement>> ready = statements.stream().map(this::prepared).toList();
        return Future.all(ready)
                .compose(_ -> fly(statements, ready, after))
                .onFailure(error -> forgetStale(error, statements));
    }

    private Future<List<LaneResult>> fly(
            List<Kept> statements,
            List<Future<PreparedStatement>> ready,
            List<SqlStatement> after) {
        Flight flight = new Flight();
        List<Future<LaneResult>> replies = new ArrayList<>(statements.size());
        for (int i = 0; i < statements.size(); i++) {
            PreparedStatement prepared = ready.get(i).result();
            PromiseInternal<LaneResult> reply = context.promise();
            flight.execute(
                    prepared, Parameters.bind(prepared, statements.get(i).statement()), reply);
            replies.add(reply.future());
        }
        for (SqlStatement statement : after) {
            PromiseInternal<LaneResult> reply = context.promise();
            flight.run(statement, (_, error) -> reply.complete(LaneResult.EMPTY, error));
            replies.add(reply.future());
        }
        send(flight);
        limited(replies.getLast());
        return Future.all(replies).map(CompositeFuture::<LaneResult>list);
    }

    /// One of them between BEGIN with the settings and COMMIT, all in one flush once it is
    /// prepared.
    Future<LaneResult> onceKept(
            SqlStatement begin, List<@Nullable Object> values, Kept wanted, SqlStatement commit) {
        return prepared(wanted)
                .compose(prepared -> {
                    PromiseInternal<Void> begun = context.promise();
                    PromiseInternal<LaneResult> set = context.promise();
                    PromiseInternal<LaneResult> result = context.promise();
                    PromiseInternal<Void> ended = context.promise();
                    send(
                            new Flight()
                                    .run(begin, begun)
                                    .execute(settings(), Parameters.bind(settings(), values), set)
                                    .execute(
                                            prepared,
                                            Parameters.bind(prepared, wanted.statement()),
                                            result)
                                    .run(commit, ended));
                    limited(ended);
                    return Future.all(begun.future(), set.future(), result.future(), ended.future())
                            .map(_ -> result.future().result());
                })
                .onFailure(error -> forgetStale(error, List.of(wanted)));
    }

    private Future<PreparedStatement> prepared(Kept wanted) {
        StatementCache cache = cache();
        Future<PreparedStatement> known = cache.find(wanted.key());
        return known == null
                ? cache.prepare(wanted.key(), () -> prepare(wanted.statement()))
                : known;
    }

    private StatementCache cache() {
        StatementCache cache = kept == null ? new StatementCache(this, MOST_KEPT) : kept;
        kept = cache;
        return cache;
    }

    private void forgetStale(Throwable error, List<Kept> statements) {
        if (PostgresProblems.stalePlan(error)) {
            statements.forEach(statement -> cache().forget(this, statement.key()));
        }
    }

    /// Prepares and executes once.
    Future<LaneResult> query(SqlStatement statement) {
        return query(statement, statement.parameters());
    }

    Future<LaneResult> query(SqlStatement statement, List<@Nullable Object> values) {
        return prepareOnce(statement).compose(prepared -> execute(prepared, values));
    }

    /// BEGIN and the settings in one flush. The outer future fails when BEGIN did.
    Future<Future<LaneResult>> begin(SqlStatement begin, List<@Nullable Object> values) {
        PromiseInternal<Void> begun = context.promise();
        PromiseInternal<LaneResult> set = context.promise();
        send(
                new Flight()
                        .run(begin, begun)
                        .execute(settings(), Parameters.bind(settings(), values), set));
        return limited(begun).map(_ -> limited(set));
    }

    void closeStatement(PreparedStatement prepared) {
        if (open) {
            channel.schedule(new CloseStatementCommand(prepared), (_, _) -> {});
        }
    }

    /// Safe to call twice and from any thread.
    Future<Void> close() {
        if (!open) {
            return Future.succeededFuture();
        }
        long timer = context.owner().setTimer(GOODBYE_MS, _ -> abort());
        return connection.close().onComplete((_, _) -> context.owner().cancelTimer(timer));
    }

    /// Closes the socket without a word to a server that does not answer.
    void abort() {
        ChannelPipeline pipeline =
                ((SocketConnectionBase) channel).socket().channelHandlerContext().pipeline();
        // Past the driver's codec, whose close says good-bye and waits for the server's.
        pipeline.channel().eventLoop().execute(() -> close(pipeline.firstContext()));
    }

    private static void close(@Nullable ChannelHandlerContext first) {
        if (first != null) {
            first.close();
        }
    }

    private <T> Future<T> limited(PromiseInternal<T> reply) {
        return limited(reply.future());
    }

    private <T> Future<T> limited(Future<T> reply) {
        if (!reply.isComplete()) {
            long timer = context.owner().setTimer(replyLimitMs, _ -> abort());
            reply.onComplete((_, _) -> context.owner().cancelTimer(timer));
        }
        return reply;
    }

    private void closed() {
        if (open) {
            open = false;
            if (whenClosed != null) {
                whenClosed.run();
            }
        }
    }
}
