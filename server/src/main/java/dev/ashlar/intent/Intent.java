package dev.ashlar.intent;

import dev.ashlar.catalog.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request for data. Each variant names its target as text; the planner finds what it stands
/// for.
public sealed interface Intent {

    QualifiedName target();

    /// Which rows, which columns, in which order.
    Query query();

    Answer answer();

    /// With a `cursor` the rows come in pages, each behind the one before whatever was written in
    /// between.
    record Read(QualifiedName target, Query query, Answer answer, @Nullable PageCursor cursor)
            implements Intent {
        public Read(QualifiedName target, Query query, Answer answer) {
            this(target, query, answer, null);
        }
    }

    record Insert(
            QualifiedName target,
            RowSet rows,
            @Nullable Conflict conflict,
            Query query,
            Answer answer)
            implements Intent {}

    /// `key` are the columns by which each of several rows finds its own, empty for the primary
    /// key. `maxAffected` refuses the whole write when it would touch more rows.
    record Update(
            QualifiedName target,
            RowSet rows,
            List<String> key,
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
            QualifiedName target,
            Arguments arguments,
            Access access,
            Query query,
            Answer answer,
            @Nullable Long maxAffected)
            implements Intent {}

    /// Whether a call may write.
    enum Access {
        READ_ONLY,
        BY_VOLATILITY
    }
}
