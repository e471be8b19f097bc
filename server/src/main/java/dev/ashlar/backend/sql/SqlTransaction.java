package dev.ashlar.backend.sql;

import java.util.List;
import java.util.Optional;

/// An open transaction, for code that runs step by step on a virtual thread.
///
/// Parameters have the Java type of the column: String (text, varchar; write `$1::text::jsonb` for
/// jsonb), UUID, Instant (timestamptz), Integer, Long, Boolean, `String[]`, byte[]. A refusal by
/// the database is a [dev.ashlar.problem.DataProblem.Rejected].
public interface SqlTransaction {
    List<SqlRow> query(SqlStatement statement);

    /// Several in one round trip, one after the other: each sees what those before it did, and, as
    /// they do when they are sent alone, what others have committed by then. None at all sends what
    /// was posted.
    List<List<SqlRow>> queryAll(List<SqlStatement> statements);

    /// A change of which nobody needs to know how many rows it met. It leaves with the next
    /// statement, or with the commit, which saves its round trip. When it is refused the next one
    /// throws what it should have thrown, and nothing is kept.
    void post(SqlStatement statement);

    /// The only row, or none.
    default Optional<SqlRow> find(SqlStatement statement) {
        List<SqlRow> rows = query(statement);
        if (rows.size() > 1) {
            throw new IllegalStateException("at most one row expected, got " + rows.size());
        }
        return rows.stream().findFirst();
    }

    /// Rows inserted, updated or deleted.
    long execute(SqlStatement statement);
}
