package dev.ashlar.intent;

import dev.ashlar.catalog.QualifiedName;
import org.jspecify.annotations.Nullable;

/// One request for data. Each variant names its target as text; the planner finds what it stands
/// for.
public sealed interface Intent {

    QualifiedName target();

    /// Which rows, which columns, in which order.
    Query query();

    Answer answer();

    record Read(QualifiedName target, Query query, Answer answer) implements Intent {}

    /// `maxAffected` refuses the whole write when it would touch more rows.
    record Insert(
            QualifiedName target,
            RowSet rows,
            @Nullable Conflict conflict,
            Query query,
            Answer answer,
            @Nullable Long maxAffected)
            implements Intent {}

    record Update(
            QualifiedName target,
            RowSet rows,
            Query query,
            Answer answer,
            @Nullable Long maxAffected)
            implements Intent {}

    /// One row, addressed by its whole primary key, put in place whether it was there or not.
    record Upsert(QualifiedName target, RowSet rows, Query query, Answer answer)
            implements Intent {}

    record Delete(QualifiedName target, Query query, Answer answer, @Nullable Long maxAffected)
            implements Intent {}

    /// A call of a routine; what it returns can be selected from and filtered like a table.
    record Call(
            QualifiedName target, Arguments arguments, Access access, Query query, Answer answer)
            implements Intent {}

    /// Whether a call may write.
    enum Access {
        READ_ONLY,
        BY_VOLATILITY
    }
}
