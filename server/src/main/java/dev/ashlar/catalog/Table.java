package dev.ashlar.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Anything that can be read like a table. `columns` keeps the order of definition, `computed` are
/// functions of its row that read like columns; `keys` has the primary key first; `readers` are the
/// roles that may select from at least one column, `fullReaders` those that may from all: hints
/// name nothing else. `users` are those that may do anything with it.
public record Table(
        QualifiedName name,
        Kind kind,
        Map<String, Column> columns,
        Map<String, ComputedField> computed,
        List<Key> keys,
        Set<Write> writes,
        Set<String> readers,
        Set<String> fullReaders,
        Set<String> users,
        @Nullable String comment) {

    public enum Kind {
        TABLE,
        PARTITIONED_TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN_TABLE
    }

    /// What the database can do with it at all; what a caller may do is a matter of grants and
    /// policies.
    public enum Write {
        INSERT,
        UPDATE,
        DELETE
    }

    public Optional<Column> findColumn(String column) {
        return Optional.ofNullable(columns.get(column));
    }

    public Optional<Key> findPrimaryKey() {
        return keys.stream().filter(key -> key.kind() == Key.Kind.PRIMARY).findFirst();
    }
}
