package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Key;
import java.util.List;

/// A key of a table of any schema, its columns by number.
record KeyRow(String name, Key.Kind kind, List<Integer> columns) {}
