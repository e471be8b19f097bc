package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.wire.Exchange;
import dev.ashlar.backend.postgres.wire.Prepared;
import dev.ashlar.backend.postgres.wire.SimpleQuery;
import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Completable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings and one statement as a transaction in one flush, on a connection that others share.
///
/// Why a request never runs or answers under another's settings: the settings are local to the
/// transaction, and the statement follows them before the same Sync. When they fail, the server
/// skips it. An answer needs the good reply to the statement, and an acknowledged write the one to
/// the Sync, which commits. A transaction that has to be rolled back begins with BEGIN before the
/// same Sync, and its end follows in the same flush, before anything of the next request.
final class TransactionFlight {
    private final Ended ended;
    private final Exchange exchange = new Exchange((_, error) -> synced(error));
    private boolean endsBySync = true;
    private @Nullable Throwable failure;
    private @Nullable Throwable end;
    private @Nullable LaneResult result;
    private boolean leavesDoubt;

    /// Told as the replies come, in this order.
    interface Ended {
        /// The reply to the statement; for a read, the answer.
        void statementReplied(TransactionFlight flight);

        /// The last reply of the flight.
        void endReplied(TransactionFlight flight);
    }

    /// What to execute with what.
    record Part(Prepared prepared, List<@Nullable Object> values, RowTaker rows) {
        Part(Prepared prepared, List<@Nullable Object> values) {
            this(prepared, values, RowTaker.KEPT);
        }

        void addTo(Exchange exchange, Completable<LaneResult> reply) {
            rows.execute(exchange, prepared, values, reply);
        }
    }

    TransactionFlight(Ended ended) {
        this.ended = ended;
    }

    /// Commits.
    void depart(Wire wire, Part settings, Part statement) {
        add(settings, statement);
        wire.send(exchange);
    }

    /// Begins with a statement without parameters, and ends with another.
    void depart(Wire wire, Prepared beginning, Part settings, Part statement, SqlStatement ending) {
        endsBySync = false;
        Wire.execute(exchange, beginning, List.of(), (_, error) -> failed(error));
        add(settings, statement);
        wire.send(exchange);
        wire.send(new SimpleQuery(ending.text(), (_, error) -> ended(error)));
    }

    private void add(Part settings, Part statement) {
        settings.addTo(exchange, (_, error) -> failed(error));
        statement.addTo(
                exchange,
                (rows, error) -> {
                    result = rows;
                    failed(error);
                    ended.statementReplied(this);
                });
    }

    private void failed(@Nullable Throwable error) {
        failure = failure == null ? error : failure;
    }

    private void synced(@Nullable Throwable error) {
        if (endsBySync) {
            end = failure == null ? error : null;
            leavesDoubt = !exchange.leftNoTransaction();
            ended.endReplied(this);
        }
    }

    private void ended(@Nullable Throwable error) {
        end = error;
        leavesDoubt = error != null;
        ended.endReplied(this);
    }

    /// The first thing that went wrong up to the statement.
    @Nullable Throwable failure() {
        return failure;
    }

    /// A refusal at the end alone: by a deferred constraint, for serialization or by a trigger.
    @Nullable Throwable endFailure() {
        return end;
    }

    /// Whether the next transaction on this connection may find itself inside this one.
    boolean leavesDoubt() {
        return leavesDoubt;
    }

    LaneResult result() {
        return result == null ? LaneResult.EMPTY : result;
    }
}
