package dev.ashlar.backend.sql;

import java.util.List;
import java.util.function.Function;

/// Transactions for the domains' own tables (accounts, sessions, objects), under a role of their
/// own.
///
/// Blocks: call it from virtual threads only.
public interface SqlDatabase {
    /// Commits when the work returns, rolls back when it throws.
    <T> T transaction(Function<SqlTransaction, T> work);

    /// The same for work that only reads, all of it as the database was at the first statement.
    <T> T snapshot(Function<SqlTransaction, T> work);

    /// One statement as a transaction of its own, in one round trip.
    List<SqlRow> once(SqlStatement statement);
}
