package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.wire.Exchange;
import dev.ashlar.backend.postgres.wire.Prepared;
import dev.ashlar.backend.postgres.wire.RowSink;
import io.vertx.core.Completable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of the rows of a statement as they come.
@FunctionalInterface
interface RowTaker {
    /// They are kept as they are, for the result.
    RowTaker KEPT = Wire::execute;

    /// Adds an execution to what is sent. A statement may be tried again elsewhere: each time
    /// begins anew.
    Exchange execute(
            Exchange exchange,
            Prepared prepared,
            List<@Nullable Object> values,
            Completable<LaneResult> reply);

    /// An execution whose rows go elsewhere as they come: the result is only that it ended.
    static Exchange executeInto(
            RowSink sink,
            Exchange exchange,
            Prepared prepared,
            List<@Nullable Object> values,
            Completable<LaneResult> reply) {
        return exchange.execute(
                prepared,
                values,
                sink,
                (_, error) -> reply.complete(error == null ? LaneResult.EMPTY : null, error));
    }
}
