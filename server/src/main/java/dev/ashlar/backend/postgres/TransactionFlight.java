package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.sqlclient.internal.PreparedStatement;
import io.vertx.sqlclient.internal.TupleInternal;
import org.jspecify.annotations.Nullable;

/// BEGIN, settings, one statement and the end of the transaction in one flush, on a connection that
/// others share.
///
/// Why a request never runs or answers under another's settings: the settings are local to the
/// transaction. When they fail, the transaction is aborted and the statement refused (25P02). When
/// BEGIN itself fails, the settings end with their own statement, so the statement runs with the
/// session's role, read-only, and its result is dropped: an answer needs the good replies to BEGIN,
/// settings and statement, and an acknowledged write the one to COMMIT. Whatever happens, the end
/// of the transaction follows in the same flush, before anything of the next request.
final class TransactionFlight {
    private final Ended ended;
    private @Nullable Throwable begin;
    private @Nullable Throwable settings;
    private @Nullable Throwable statement;
    private @Nullable Throwable end;
    private @Nullable LaneResult result;

    /// Told as the replies come, in this order.
    interface Ended {
        /// The reply to the statement; for a read, the answer.
        void statementReplied(TransactionFlight flight);

        /// The last reply of the flight.
        void endReplied(TransactionFlight flight);
    }

    TransactionFlight(Ended ended) {
        this.ended = ended;
    }

    void depart(
            Wire wire,
            SqlStatement beginning,
            TupleInternal settingValues,
            PreparedStatement prepared,
            TupleInternal values,
            SqlStatement ending) {
        wire.send(
                new Flight()
                        .run(beginning, (_, error) -> begin = error)
                        .execute(wire.settings(), settingValues, (_, error) -> settings = error)
                        .execute(
                                prepared,
                                values,
                                (rows, error) -> {
                                    result = rows;
                                    statement = error;
                                    ended.statementReplied(this);
                                })
                        .run(
                                ending,
                                (_, error) -> {
                                    end = error;
                                    ended.endReplied(this);
                                }));
    }

    /// The first thing that went wrong up to the statement.
    @Nullable Throwable failure() {
        return begin != null ? begin : settings != null ? settings : statement;
    }

    @Nullable Throwable endFailure() {
        return end;
    }

    boolean beginFailed() {
        return begin != null;
    }

    /// BEGIN was refused, and the statement too: nothing has run.
    boolean neverRan() {
        return begin != null && statement != null;
    }

    /// Whether the next transaction on this connection may find itself inside this one.
    boolean leavesDoubt() {
        return begin != null || (end != null && !isOrdinaryRefusal(end));
    }

    LaneResult result() {
        return result == null ? LaneResult.EMPTY : result;
    }

    /// A COMMIT refused by a deferred constraint (23), for serialization (40) or by a trigger (P0)
    /// has ended its transaction.
    private static boolean isOrdinaryRefusal(Throwable error) {
        String state = PostgresProblems.sqlState(error);
        return state.startsWith("23") || state.startsWith("40") || state.startsWith("P0");
    }
}
