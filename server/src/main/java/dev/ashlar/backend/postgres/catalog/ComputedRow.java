package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship.Cardinality;

/// A function of one row of the relation `origin`. `target` is the relation whose rows it returns,
/// 0 when it returns none's; `set` when there may be any number of them.
record ComputedRow(
        QualifiedName function,
        long origin,
        long target,
        boolean set,
        Cardinality cardinality,
        Column column) {}
