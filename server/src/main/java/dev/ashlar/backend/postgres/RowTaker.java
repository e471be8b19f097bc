package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.wire.Exchange;
import dev.ashlar.backend.postgres.wire.Prepared;
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
}
