package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.LoopLanes.LaneSupplies;
import dev.ashlar.backend.postgres.PostgresProblems.Sender;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.identity.Caller;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs statements on behalf of callers: every one under the caller's role and claims, and none
/// under another's.
///
/// Fails with [dev.ashlar.problem.ProblemException] only. Futures complete on the context that
/// called; work of an event loop stays on it where a connection of that loop is free.
final class PostgresLanes {
    private static final SqlStatement PROBE = SqlText.of("select 1");
    private static final long WATCH_MS = 1_000;
    private static final long INSPECT_PAUSE_MS = 250;

    /// How old an answer to [#ready] may be.
    private static final long PROBE_NANOS = 200_000_000;

    private final VertxInternal vertx;
    private final LaneSupplies supplies;
    private final Map<EventLoop, LoopLanes> loops = new ConcurrentHashMap<>();
    private final AtomicInteger guardRound = new AtomicInteger();
    private final long watch;

    private final AtomicReference<@Nullable Probe> lastProbe = new AtomicReference<>();

    /// The round of [#guardRound] in which the database's code was found to leave sessions alone.
    private volatile int harmlessRound = -1;

    private record Probe(Future<Boolean> answer, long askedAt) {
        boolean serves(long now) {
            return !answer.isComplete() || now - askedAt < PROBE_NANOS;
        }
    }

    private PostgresLanes(Vertx vertx, PostgresAddress address, PostgresConfig config) {
        this.vertx = (VertxInternal) vertx;
        SessionSettings settings = new SessionSettings(config);
        Connector connector = new Connector(vertx, address, config);
        supplies =
                new LaneSupplies(
                        connector,
                        settings,
                        config,
                        new Exclusive(
                                connector,
                                config,
                                config.exclusiveConnections(),
                                SessionSettings.ALL),
                        new WriteLanes(connector, settings, config),
                        new AtomicInteger());
        watch = vertx.setPeriodic(WATCH_MS, _ -> abortSilent());
    }

    /// Connects when the first request needs it.
    static PostgresLanes open(Vertx vertx, PostgresAddress address, PostgresConfig config) {
        PostgresLanes lanes = new PostgresLanes(vertx, address, config);
        lanes.schemaChanged();
        return lanes;
    }

    /// Runs a statement that changes nothing, for a caller but for no request.
    Future<LaneResult> read(SqlStatement statement, Caller caller, ReadMode mode) {
        return read(statement, LaneCaller.outsideRequests(caller), mode);
    }

    /// The same of one that may write.
    Future<LaneResult> write(SqlStatement statement, Caller caller) {
        return write(statement, LaneCaller.outsideRequests(caller));
    }

    /// The same of several.
    <T> Future<T> interactive(
            Caller caller, Access access, Function<LaneTransaction, Future<T>> work) {
        return interactive(LaneCaller.outsideRequests(caller), access, work);
    }

    /// Runs a statement that changes nothing.
    Future<LaneResult> read(SqlStatement statement, LaneCaller caller, ReadMode mode) {
        return read(statement, caller, mode, RowTaker.KEPT);
    }

    Future<LaneResult> read(
            SqlStatement statement, LaneCaller caller, ReadMode mode, RowTaker rows) {
        LaneKey key =
                mayRunAlone()
                                && mode == ReadMode.ROWS
                                && caller.settings() == null
                                && caller.caller() instanceof Caller.Anonymous anonymous
                        ? LaneKey.alone(anonymous, caller.schema())
                        : LaneKey.inTransaction(caller);
        return onLoop(
                caller.caller(),
                (loop, promise) ->
                        loop.read(new LoopLanes.Read(statement, caller, key, mode, rows), promise));
    }

    /// Runs one statement as a transaction; the result comes after it was committed. Never runs it
    /// twice: a connection that breaks before the reply leaves `Unreachable` and the outcome open.
    Future<LaneResult> write(SqlStatement statement, LaneCaller caller) {
        return write(statement, caller, RowTaker.KEPT);
    }

    Future<LaneResult> write(SqlStatement statement, LaneCaller caller, RowTaker rows) {
        return onLoop(
                caller.caller(),
                (loop, promise) ->
                        loop.write(new LoopLanes.Write(statement, caller, rows), promise));
    }

    /// Runs several statements as a transaction on a connection of its own: committed when the work
    /// succeeds, rolled back when it fails or asks for it. The work runs on an event loop.
    <T> Future<T> interactive(
            LaneCaller caller, Access access, Function<LaneTransaction, Future<T>> work) {
        Exclusive exclusive = supplies.exclusive();
        return onLoop(
                caller.caller(),
                (loop, promise) ->
                        exclusive
                                .begin(
                                        loop.context(),
                                        access,
                                        supplies.settings().all(caller),
                                        caller.request())
                                .compose(transaction ->
                                        Exclusive.on(
                                                        transaction.wire(),
                                                        () -> transaction.finish(work))
                                                .onComplete(
                                                        (_, _) -> exclusive.giveBack(transaction)))
                                .onComplete(promise));
    }

    /// To be called when the schema has changed: looks again at whether reads may be sent without a
    /// transaction, and does not do so until it knows.
    void schemaChanged() {
        supplies.settings().use(CodeTraits.UNKNOWN);
        inspect(guardRound.incrementAndGet());
    }

    /// False from a change of the schema until its code was looked at.
    private boolean mayRunAlone() {
        return harmlessRound == guardRound.get();
    }

    /// What the database's code does, as far as it is known by now.
    CodeTraits traits() {
        return supplies.settings().traits();
    }

    /// Whether the database answers now. All who ask at once share one new connection: anybody may
    /// ask, and must not be able to use up those that the server has.
    Future<Boolean> ready() {
        Probe last = lastProbe.get();
        if (last != null && last.serves(System.nanoTime())) {
            return last.answer();
        }
        Promise<Boolean> answer = vertx.getOrCreateContext().promise();
        if (!lastProbe.compareAndSet(last, new Probe(answer.future(), System.nanoTime()))) {
            return ready();
        }
        probe().onComplete(answer);
        return answer.future();
    }

    private Future<Boolean> probe() {
        return supplies.connector()
                .connect(vertx.createEventLoopContext())
                .compose(wire -> wire.run(PROBE).map(true).onComplete((_, _) -> wire.close()))
                .otherwise(false);
    }

    /// How many shared connections for reads are open.
    int readConnections() {
        return supplies.readConnections().get();
    }

    PoolFigures figures() {
        return supplies.exclusive().figures();
    }

    /// Ends all connections; what is in flight fails.
    Future<Void> close() {
        guardRound.incrementAndGet();
        vertx.cancelTimer(watch);
        supplies.writes().close();
        loops.values().forEach(loop -> loop.context().runOnContext(_ -> loop.close()));
        return supplies.exclusive().close().compose(_ -> supplies.connector().close());
    }

    private void abortSilent() {
        supplies.exclusive().retireOld();
        supplies.writes().abortSilent();
        loops.values().forEach(loop -> loop.context().runOnContext(_ -> loop.abortSilent()));
    }

    private void inspect(int round) {
        Connector connector = supplies.connector();
        connector
                .connect(vertx.createEventLoopContext())
                .compose(wire -> changesSession(wire).onComplete((_, _) -> wire.close()))
                .onSuccess(result -> inspected(round, traits(result.row())))
                .onFailure(_ ->
                        vertx.setTimer(
                                Math.max(connector.pauseMs(), INSPECT_PAUSE_MS),
                                _ -> {
                                    if (round == guardRound.get()) {
                                        inspect(round);
                                    }
                                }));
    }

    /// In a transaction, since a pooler may give each statement outside of one, even the two steps
    /// of a prepared one, another session.
    private static Future<LaneResult> changesSession(Wire wire) {
        return wire.run(SessionSettings.BEGIN_READ_ONLY)
                .compose(_ -> wire.query(SessionGuard.CHANGES_SESSION))
                .compose(result -> wire.run(SessionSettings.ROLLBACK).map(result));
    }

    private static CodeTraits traits(LaneRow row) {
        return new CodeTraits(row.flag(0), row.flag(1), row.flag(2));
    }

    private void inspected(int round, CodeTraits found) {
        if (round != guardRound.get()) {
            return;
        }
        supplies.settings().use(found);
        if (found.changesSession() || found.readsRequest()) {
            loops.values().forEach(loop -> loop.context().runOnContext(_ -> loop.retireAlone()));
        } else {
            harmlessRound = round;
        }
    }

    private <T> Future<T> onLoop(Caller caller, BiConsumer<LoopLanes, Promise<T>> action) {
        ContextInternal current = ContextInternal.current();
        if (current != null && current.isEventLoopContext() && current.inThread()) {
            Promise<T> promise = current.promise();
            action.accept(loop(current), promise);
            return problems(promise.future(), caller);
        }
        ContextInternal other = current == null ? vertx.getOrCreateContext() : current;
        Promise<T> promise = other.promise();
        LoopLanes loop = loop(other);
        loop.context().runOnContext(_ -> action.accept(loop, promise));
        return problems(promise.future(), caller);
    }

    private LoopLanes loop(ContextInternal context) {
        EventLoop eventLoop = context.nettyEventLoop();
        LoopLanes known = loops.get(eventLoop);
        return known != null ? known : loops.computeIfAbsent(eventLoop, this::newLoop);
    }

    private LoopLanes newLoop(EventLoop eventLoop) {
        return new LoopLanes(
                vertx.contextBuilder()
                        .withThreadingModel(ThreadingModel.EVENT_LOOP)
                        .withEventLoop(eventLoop)
                        .build(),
                supplies);
    }

    private static <T> Future<T> problems(Future<T> future, @Nullable Caller caller) {
        return future.recover(error ->
                Future.failedFuture(
                        PostgresProblems.from(
                                error,
                                caller instanceof Caller.Anonymous
                                        ? Sender.ANONYMOUS
                                        : Sender.KNOWN)));
    }
}
