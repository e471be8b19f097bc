package dev.ashlar.catalog;

import java.util.List;

/// A way from the rows of `origin` to rows of `target`, seen from `origin`: one foreign key, in
/// either direction, two through a junction table, or a function.
public sealed interface Relationship {

    QualifiedName origin();

    QualifiedName target();

    Cardinality cardinality();

    enum Cardinality {
        MANY_TO_ONE,
        ONE_TO_MANY,
        ONE_TO_ONE,
        MANY_TO_MANY;

        /// At most one target row for an origin row.
        public boolean toOne() {
            return this == MANY_TO_ONE || this == ONE_TO_ONE;
        }
    }

    /// Columns that must be equal.
    record Pair(String originColumn, String targetColumn) {}

    /// One foreign key `constraint`.
    record Direct(
            QualifiedName origin,
            QualifiedName target,
            Cardinality cardinality,
            String constraint,
            List<Pair> pairs)
            implements Relationship {}

    /// A function of the origin's row that returns rows of the target (PostgREST's reference,
    /// "Computed Relationships"); it goes by the function's name.
    record Computed(
            QualifiedName origin,
            QualifiedName target,
            Cardinality cardinality,
            QualifiedName function)
            implements Relationship {}

    /// Two foreign keys of `junction`: `originPairs` from origin to junction columns, `targetPairs`
    /// from junction columns to the target's.
    record ThroughJunction(
            QualifiedName origin,
            QualifiedName target,
            QualifiedName junction,
            String originConstraint,
            String targetConstraint,
            List<Pair> originPairs,
            List<Pair> targetPairs)
            implements Relationship {
        @Override
        public Cardinality cardinality() {
            return Cardinality.MANY_TO_MANY;
        }
    }
}
