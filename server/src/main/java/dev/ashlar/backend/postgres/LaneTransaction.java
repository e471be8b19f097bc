package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.Future;

/// An open transaction under the caller's role and claims, one statement after the other.
interface LaneTransaction {
    /// Await one statement before the next.
    Future<LaneResult> run(SqlStatement statement);

    /// The same for one that may give other columns the next time, such as the call of a function
    /// that can be replaced: it is not kept.
    Future<LaneResult> runOnce(SqlStatement statement);

    /// Lets the transaction end with a rollback although the work succeeds.
    void rollBackAtEnd();
}
