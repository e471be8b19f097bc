package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.ComputedField;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Table;
import java.util.List;
import java.util.Map;

/// A relation of an exposed schema with its columns by number. `bare` is the table before keys and
/// computed fields are known; not `settled` when something could not be found out for a lock.
record RelationRow(long oid, Table bare, Columns columns, boolean settled) {
    QualifiedName name() {
        return bare.name();
    }

    Table table(List<Key> keys, Map<String, ComputedField> computed) {
        return new Table(
                bare.name(),
                bare.kind(),
                bare.columns(),
                computed,
                keys,
                bare.writes(),
                bare.readers(),
                bare.fullReaders(),
                bare.users(),
                bare.comment());
    }
}
