package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Key;
import java.util.List;

/// A key of a table of any schema, its columns by number. `declared` when it is a constraint, not
/// just an index.
record KeyRow(String name, Key.Kind kind, List<Integer> columns, boolean declared) {}
