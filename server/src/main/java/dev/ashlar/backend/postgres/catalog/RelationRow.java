package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Table;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A relation of an exposed schema with its columns by number.
record RelationRow(
        long oid,
        QualifiedName name,
        Table.Kind kind,
        Set<Table.Write> writes,
        Set<String> readers,
        Set<String> fullReaders,
        @Nullable String comment,
        NavigableMap<Integer, Column> columns) {}
